"""The fictional people. Birds, so that nobody takes them for somebody; NHS numbers of the range for tests (999…).

Together they show what a service sees: each stage, each way in which commitment and attendance meet, an ending that
is open to reopening, somebody who is here for themselves and for another, somebody who shares nothing.
"""

from typing import Any

from deploy.local.demo.particular import PARTICULAR
from deploy.local.demo.south import SOUTH
from deploy.local.demo.story import (
    Commitment,
    Contact,
    Dated,
    Ending,
    GoalEnded,
    Proposal,
    Session,
    Story,
    Word,
)

ROBIN = Story(
    key="robin",
    name="Robin Redbreast",
    birth_date="1984-05-17",
    nhs_number="9990548609",
    opened=9,
    contact=Contact(name_to_use="Robin", email="robin@client.example"),
    steps=(
        Session(
            day=0,
            stage=1,
            how="in-person",
            experience=[("aa", "none"), ("smart-recovery", "none")],
            handouts=[(number, "given") for number in (3, 4, 5, 6)],
            concerns=["talk-of-god"],
            goals=[("read-handouts", 7), ("ask-others-about-meetings", 14)],
        ),
        Session(
            day=7,
            stage=2,
            how="in-person",
            handouts=[(3, "read"), (3, "talked-through"), (5, "talked-through")],
            concerns=["introducing-myself"],
            goals=[("choose-meeting", 14), ("keep-journal", 28)],
        ),
        GoalEnded(kind="read-handouts", outcome="achieved", day=7),
        Proposal(kind="swap-numbers"),
    ),
)
"""The one in the README: at stage 2, and committed anew at each start (`todays_meeting`)."""

KESTREL = Story(
    key="kestrel",
    name="Kit Kestrel",
    birth_date="1991-11-02",
    nhs_number="9991000011",
    for_what=("drug",),
    opened=3,
    treatment_return=True,
    contact=Contact(name_to_use="Kit", email="kit@client.example", purposes=("meeting-reminders",)),
    steps=(
        Session(
            day=0,
            stage=1,
            how="in-person",
            handouts=[(1, "given"), (2, "given"), (3, "given")],
            experience=[("na", "some")],
            also={"needs": {"largePrint": True}, "risks": ["withdrawal-risk"]},
        ),
    ),
)
_EXPLAINED = {
    "explained": [{"topic": "higher-power", "how": "explained"}, {"topic": "sponsorship", "how": "knew-already"}]
}
AVOCET = Story(
    key="avocet",
    name="Ash Avocet",
    birth_date="1978-03-29",
    nhs_number="9992001232",
    opened=16,
    steps=(
        Session(day=0, stage=1, how="phone", goals=[("read-handouts", 7)]),
        Session(
            day=7,
            stage=2,
            concerns=["not-good-in-groups", "going-alone"],
            handouts=[(5, "talked-through")],
            also=_EXPLAINED,
        ),
    ),
)
"""Stage 2 ended without a commitment: no goal failed by it (3-fama, scene 1)."""

JAY = Story(
    key="jay",
    name="Jo Jay",
    birth_date="1969-08-14",
    nhs_number="9993007773",
    opened=30,
    treatment_return=True,
    contact=Contact(name_to_use="Jo", email="jo@client.example"),
    steps=(
        Session(day=0, stage=1, experience=[("aa", "some")]),
        Session(day=7, stage=2, concerns=["going-alone"]),
        Commitment(to=Dated(meeting="aa-harrowmere-tuesday", after=7)),
        Word(of=Dated(meeting="smart-harrowmere-thursday", after=7)),
        Session(
            day=16,
            stage=3,
            goals=[("attend-different-meeting", 40)],
            also={"didNotFit": [{"organisation": "aa", "reasons": ["a-few-dominate"]}]},
        ),
    ),
)
"""Planned AA, went to SMART in the same week: "went to another" (scene 2)."""


def _takes_part(way: str) -> dict[str, Any]:
    return {"takingPart": [{"organisation": "smart-recovery", "way": way}]}


PLOVER = Story(
    key="plover",
    name="Pat Plover",
    birth_date="1958-01-30",
    nhs_number="9994111221",
    keyworker="tess",
    for_what=("alcohol", "drug"),
    opened=80,
    treatment_return=True,
    steps=(
        Session(day=0, stage=1, experience=[("smart-recovery", "none")]),
        Session(day=7, stage=2),
        Commitment(to=Dated(meeting="smart-stennick-tuesday", after=7)),
        *(Word(of=Dated(meeting="smart-stennick-tuesday", after=7 * week)) for week in range(1, 9)),
        Session(day=21, stage=3, goals=[("talk-at-meetings", 49)], also=_takes_part("regular-meeting")),
        Session(day=49, stage=3, goals=[("facilitator-training", 100)], also=_takes_part("facilitator-training")),
        GoalEnded(kind="talk-at-meetings", outcome="achieved", day=49),
        Ending(kind="engaged", day=70),
    ),
)
"""SMART only, eight weeks, on the way to facilitating (scene 5)."""

CURLEW = Story(
    key="curlew",
    name="Chris Curlew",
    birth_date="1996-06-21",
    nhs_number="9995222337",
    for_what=("drug",),
    opened=14,
    contact=Contact(name_to_use="Chris", email="chris@client.example", purposes=("check-ins",)),
    steps=(
        Session(day=0, stage=1),
        Session(day=2, stage=2),
        Commitment(to=Dated(meeting="na-harrowmere-monday", after=2)),
        Word(of=Dated(meeting="na-harrowmere-monday", after=2)),
        Word(of=Dated(meeting="na-harrowmere-monday", after=2), outcome="not-known", correction=True),
    ),
)
"""Was said to have attended, then that it is not known: the goal is in progress again."""

MOORHEN = Story(
    key="moorhen",
    name="Morgan Moorhen",
    birth_date="1987-12-05",
    nhs_number="9996333442",
    keyworker="tess",
    opened=45,
    steps=(
        Session(day=0, stage=1, concerns=["doing-fine-without-it"], goals=[("read-handouts", 10)]),
        Ending(kind="not-at-this-time", day=8),
    ),
)
LINNET = Story(
    key="linnet",
    name="Lee Linnet",
    birth_date="1973-02-11",
    nhs_number="9997444558",
    for_what=("gambling",),
    opened=60,
    steps=(
        Session(day=0, stage=1),
        Session(day=14, stage=2),
        Commitment(to=Dated(meeting="ga-harrowmere-wednesday", after=14)),
        Word(of=Dated(meeting="ga-harrowmere-wednesday", after=14)),
    ),
)
LINNET_FOR_FAMILY = Story(
    key="linnet-for-family",
    name=LINNET.name,
    birth_date=LINNET.birth_date,
    nhs_number=LINNET.nhs_number,
    for_="family",
    opened=40,
    steps=(
        Session(day=0, stage=1, present=["partner"]),
        Commitment(to=Dated(meeting="al-anon-harrowmere-monday", after=0)),
        Word(of=Dated(meeting="al-anon-harrowmere-monday", after=0)),
    ),
)
"""The same person for themselves and for somebody else; neither says anything of the other (scene 9)."""

NIGHTJAR = Story(
    key="nightjar",
    name="Noor Nightjar",
    birth_date="2000-09-09",
    opened=5,
    emitters=False,
    steps=(Session(day=0, stage=1, how="video", present=["interpreter"], concerns=["language"]),),
)
"""No NHS number is known: nothing of it on FHIR."""

MAGPIE = Story(
    key="magpie",
    name="Max Magpie",
    birth_date="1981-04-18",
    nhs_number="9998555663",
    for_what=("drug", "alcohol"),
    opened=40,
    steps=(
        Session(day=0, stage=1),
        Session(day=7, stage=2),
        Commitment(to=Dated(meeting="ca-harrowmere-tuesday", after=7)),
    ),
)
"""No word for over ten days: "not heard from", and nowhere a "missed" (scene 4)."""

REDWING = Story(
    key="redwing",
    name="Ray Redwing",
    birth_date="1964-07-07",
    nhs_number="9999666779",
    opened=20,
    records=False,
    emitters=False,
    steps=(Session(day=0, stage=1), Session(day=6, stage=2), Session(day=13, stage=3)),
)
"""Shares nothing: no record system sees that there is anything."""

STARLING = Story(
    key="starling",
    name="Sandy Starling",
    birth_date="1989-10-24",
    nhs_number="9997000285",
    opened=8,
    contact=Contact(name_to_use="Sandy", email="sandy@client.example"),
    steps=(
        Session(day=0, stage=1),
        Session(day=7, stage=2, concerns=["time-and-travel"], barriers=[("transport", "Dial-a-Ride")]),
        Commitment(to=Dated(meeting="aa-stennick-thursday", after=7)),
        Commitment(to=Dated(meeting="aa-harrowmere-sunday", after=7)),
    ),
)
"""Two meetings in the coming week, with their reminders planned."""

WREN = Story(
    key="wren",
    name="Zaid Wren",
    birth_date="1993-03-03",
    nhs_number="9991234519",
    keyworker="zoe",
    opened=10,
    emitters=False,
    steps=(Session(day=0, stage=1),),
)
"""Of the other provider: nobody at X99 sees anything of it."""

STORIES = (
    ROBIN,
    KESTREL,
    AVOCET,
    JAY,
    PLOVER,
    CURLEW,
    MOORHEN,
    LINNET,
    LINNET_FOR_FAMILY,
    NIGHTJAR,
    MAGPIE,
    REDWING,
    STARLING,
    WREN,
    *PARTICULAR,
    *SOUTH,
)
