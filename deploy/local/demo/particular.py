"""More of the fictional people: those whom a rule of their own is about."""

from deploy.local.demo.story import (
    Circumstances,
    Commitment,
    Contact,
    Dated,
    Ending,
    GoalEnded,
    HandoutState,
    Reopening,
    Session,
    Story,
    WentTogether,
    Word,
)

_FIRST_SIX: list[tuple[int, HandoutState]] = [(number, "given") for number in range(1, 7)]

BRAMBLING = Story(
    key="brambling",
    name="Billie Brambling",
    birth_date="1986-09-13",
    nhs_number="9991000097",
    opened=13,
    treatment_return=True,
    steps=(
        Session(day=0, stage=1, handouts=_FIRST_SIX),
        Session(day=2, stage=2, also={"preferredOrganisation": "aa"}),
        Commitment(to=Dated(meeting="aa-harrowmere-monday", after=2)),
        Word(of=Dated(meeting="aa-harrowmere-monday", after=2), by="client"),
        Word(of=Dated(meeting="aa-harrowmere-monday", after=2), outcome="not-attended"),
    ),
)
"""Says that they went, and a system says that they did not: both are shown, and their own word stands (scene 3)."""

DUNNOCK = Story(
    key="dunnock",
    name="Dee Dunnock",
    birth_date="1979-06-02",
    nhs_number="9991000119",
    for_what=("alcohol", "drug"),
    opened=50,
    steps=(
        Session(day=0, stage=1, concerns=["pressure-to-conform"], goals=[("choose-meeting", 14)]),
        Ending(kind="not-at-this-time", day=10),
        Reopening(day=38),
        Session(day=45, stage=2, barriers=[("childcare", "Harrowmere Family Hub")], goals=[("compare-two-kinds", 70)]),
    ),
)
"""Not at this time, and a month later they ask again: what was paused goes on."""

GOLDCREST = Story(
    key="goldcrest",
    name="Gray Goldcrest",
    birth_date="1971-12-19",
    nhs_number="9991000127",
    opened=750,
    steps=(
        Session(day=0, stage=1, experience=[("aa", "none")]),
        Session(day=7, stage=2, goals=[("attend-meeting", 14)]),
        GoalEnded(kind="attend-meeting", outcome="achieved", day=14),
        Session(
            day=35,
            stage=3,
            experience=[("aa", "regular")],
            also={
                "takingPart": [{"organisation": "aa", "way": "home-group"}],
                "didNotFit": [{"organisation": "ca", "reasons": ["too-strict", "size"]}],
            },
        ),
        Ending(kind="engaged", day=70),
    ),
)
GOLDCREST_AGAIN = Story(
    key="goldcrest-again",
    name=GOLDCREST.name,
    birth_date=GOLDCREST.birth_date,
    nhs_number=GOLDCREST.nhs_number,
    opened=4,
    nth=1,
    steps=(
        Session(
            day=0,
            stage=2,
            how="in-person",
            experience=[("aa", "years-then-relapse")],
            concerns=["ashamed-to-be-seen"],
            lapse=-3,
        ),
    ),
)
"""Engaged two years ago, back after a lapse: what was known is there, stage 2 at once, nothing counted (scene 8)."""

FIRECREST = Story(
    key="firecrest",
    name="Fin Firecrest",
    birth_date="2010-04-12",
    nhs_number="9991000135",
    for_="family",
    opened=6,
    emitters=False,
    steps=(
        Session(day=0, stage=1, present=["carer"], handouts=[(1, "given"), (2, "talked-through")]),
        Session(day=5, stage=2, concerns=["being-found-out"]),
        Commitment(to=Dated(meeting="alateen-online", after=5)),
    ),
)
"""Under 18, for somebody at home: Alateen, and no meeting of adults."""

DOTTEREL = Story(
    key="dotterel",
    name="Drew Dotterel",
    birth_date="1998-02-23",
    nhs_number="9991000143",
    for_what=("drug",),
    opened=18,
    steps=(
        Circumstances(said={"courtOrdered": True, "courtSetBy": "Harrowmere Magistrates"}),
        Session(day=0, stage=1, concerns=["not-like-me", "one-model-for-all"]),
        Session(day=9, stage=2, also={"preferredOrganisation": "dra", "risks": ["co-occurring-mental-health"]}),
        Commitment(to=Dated(meeting="dra-harrowmere-saturday", after=9)),
        Word(of=Dated(meeting="dra-harrowmere-saturday", after=9)),
    ),
)
"""A court made it a condition. Nothing goes to probation."""

RUFF = Story(
    key="ruff",
    name="Rowan Ruff",
    birth_date="1990-10-30",
    nhs_number="9991000151",
    for_what=("drug", "alcohol"),
    opened=3,
    emitters=False,
    steps=(
        Circumstances(
            said={"releaseFrom": "prison", "releaseArea": "Port Stennick", "noPhone": True},
            release_for=Dated(meeting="na-stennick-wednesday", after=2),
        ),
        Session(day=0, stage=1, how="in-person", handouts=_FIRST_SIX),
        Session(day=2, stage=2, concerns=["going-alone"]),
        Commitment(to=Dated(meeting="na-stennick-wednesday", after=2)),
    ),
)
"""About to leave prison: the first meeting is on the day itself, near where they will live. No phone."""

OUZEL = Story(
    key="ouzel",
    name="Oli Ouzel",
    birth_date="1976-05-08",
    nhs_number="9991000178",
    opened=17,
    contact=Contact(name_to_use="Oli", email="oli@client.example"),
    treatment_return=True,
    steps=(
        Session(
            day=0,
            stage=1,
            handouts=_FIRST_SIX,
            also={"needs": {"readingTogether": True, "unreadText": True, "onwardReferral": "offered-declined"}},
        ),
        Session(day=9, stage=2, handouts=[(number, "talked-through") for number in (1, 3, 5)]),
        Commitment(to=Dated(meeting="local-weir-breakfast", after=9)),
        Word(of=Dated(meeting="local-weir-breakfast", after=9)),
    ),
)
"""Hand-outs gone through together, a referral offered and declined, no text messages (scene 6)."""

CROSSBILL = Story(
    key="crossbill",
    name="Connie Crossbill",
    birth_date="1966-08-27",
    nhs_number="9991000186",
    opened=9,
    emitters=False,
    steps=(
        Session(day=0, stage=1, concerns=["going-alone"]),
        Session(day=8, stage=2, also={"preferredOrganisation": "aa"}),
        Commitment(to=Dated(meeting="aa-harrowmere-monday", after=8)),
        Commitment(to=Dated(meeting="aa-harrowmere-wednesday", after=8)),
    ),
)
"""Somebody was to go with them and cannot come; for another evening they would rather go alone (scene 7)."""

TEAL = Story(
    key="teal",
    name="Terry Teal",
    birth_date="1982-12-09",
    nhs_number="9991000208",
    opened=13,
    treatment_return=True,
    steps=(
        Session(day=0, stage=1, handouts=_FIRST_SIX),
        Session(day=2, stage=2, concerns=["going-alone"], also={"preferredOrganisation": "aa"}),
        Commitment(to=Dated(meeting="aa-harrowmere-monday", after=2)),
        WentTogether(to=Dated(meeting="aa-harrowmere-monday", after=2), with_="Tam"),
        Word(of=Dated(meeting="aa-harrowmere-monday", after=2)),
        Session(day=11, stage=3, goals=[("swap-numbers", 28)]),
    ),
)
"""Would rather not go alone; a peer supporter came along, and the client's page says so."""

PARTICULAR = (BRAMBLING, DUNNOCK, GOLDCREST, GOLDCREST_AGAIN, FIRECREST, DOTTEREL, RUFF, OUZEL, CROSSBILL, TEAL)
