"""Clients of the provider's other team, for whoever signs in as its keyworker or its lead."""

from deploy.local.demo.story import Commitment, Dated, Session, Story

BUNTING = Story(
    key="bunting",
    name="Bo Bunting",
    birth_date="1990-01-27",
    nhs_number="9991007016",
    keyworker="sam",
    opened=4,
    steps=(
        Session(
            day=0,
            stage=1,
            how="in-person",
            experience=[("aa", "none"), ("smart-recovery", "none")],
            handouts=[(1, "talked-through"), (2, "talked-through")],
            also={"needs": {"readingTogether": True, "onwardReferral": "offered-declined"}},
        ),
    ),
)
"""Hand-outs are gone through together, and help with reading was declined (scene 6)."""

WAGTAIL = Story(
    key="wagtail",
    name="Win Wagtail",
    birth_date="1975-05-05",
    nhs_number="9991007024",
    keyworker="sam",
    for_what=("drug",),
    opened=10,
    steps=(
        Session(day=0, stage=1, handouts=[(number, "given") for number in range(1, 7)]),
        Session(day=9, stage=2, concerns=["not-like-me"], goals=[("keep-journal", 28)]),
        Commitment(to=Dated(meeting="na-stennick-sunday", after=9)),
    ),
)

SOUTH = (BUNTING, WAGTAIL)
