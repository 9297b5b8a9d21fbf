"""Organisations for family and friends: about their own life, and never about a use of their own."""

from collections.abc import Sequence

from services.referrals.directory.organisation_facts.organisation import Organisation
from services.referrals.directory.organisation_facts.others import NO_HIGHER_POWER, NO_SPONSOR
from services.referrals.directory.organisation_facts.twelve_step import (
    DONATION,
    HIGHER_POWER,
    LIFELONG,
    PEERS,
    READING,
    SPONSOR,
)

_NOT_THEIRS = "It is not about getting the other person to stop. Members look after their own life."
_OPEN_AND_CLOSED = (
    "Both. Closed meetings are for family and friends only. Open ones welcome anybody who wants to know more."
)

FAMILY: Sequence[Organisation] = (
    Organisation(
        code="al-anon",
        programme=(
            "Twelve steps for people who live with, or care about, somebody who drinks too much. Members learn from "
            "each other to look after themselves, whether that person stops or not."
        ),
        meeting=(
            "About an hour to an hour and a half. A text is read. Then people share one after the other. Nobody gives "
            "advice. It is fine just to listen."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=_NOT_THEIRS,
        disease_idea="Yes. Drinking too much is seen as an illness that touches the whole family.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=_OPEN_AND_CLOSED,
        who_may_come="Anybody whose life is or was touched by somebody else's drinking.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="alateen",
        programme=(
            "Part of Al-Anon, for young people who have somebody close to them who drinks too much. They meet others "
            "of their age who know what it is like."
        ),
        meeting="About an hour. Young people share and help each other. Two adults are there, and say little.",
        higher_power=HIGHER_POWER,
        prayer_or_reading="A text or a step may be read. Nobody is asked to join in.",
        abstinence=_NOT_THEIRS,
        disease_idea="Yes. Drinking too much is seen as an illness that touches the whole family.",
        sponsor="The adults in the room are called sponsors. They are Al-Anon members who have been checked.",
        lifelong="No. It is for the teenage years. Al-Anon is there after that.",
        who_leads="The young people, with the adults beside them.",
        donation="Free.",
        open_and_closed="Closed: for young people only.",
        who_may_come="Teenagers, in the UK as a rule from 12 to 17. Ask the group about age.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="nar-anon",
        programme=(
            "Twelve steps for people who know, or have known, a loved one with a drug problem. Members learn from each "
            "other to find calm and hope for themselves."
        ),
        meeting="About an hour to an hour and a half. A text is read. Then people share one after the other.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=_NOT_THEIRS,
        disease_idea="Yes. It speaks of a disease that touches the whole family.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=_OPEN_AND_CLOSED,
        who_may_come="Family and friends of somebody with a drug problem.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="co-anon",
        programme=(
            "Twelve steps for family and friends of somebody with a problem with cocaine or another drug. In "
            "the UK groups are few, and most are online."
        ),
        meeting="About an hour. A text is read. Then people share one after the other.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=_NOT_THEIRS,
        disease_idea="Yes. It speaks of an illness that touches the whole family.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=_OPEN_AND_CLOSED,
        who_may_come="Family and friends of somebody who uses cocaine or another drug.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="families-anonymous",
        programme=(
            "Twelve steps for family and friends of somebody with a drug or drink problem, or a way of acting that "
            "goes with it. It is about their own peace, and about letting go of what they cannot change."
        ),
        meeting="About an hour and a half. Texts are read, one of them for the day. Then people share.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=_NOT_THEIRS,
        disease_idea="Many members speak of it as an illness.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed="Most are for family and friends only. Ask the group.",
        who_may_come="Family and friends of somebody with a drug or drink problem.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="gam-anon",
        programme=(
            "Twelve steps for family and friends of somebody who gambles too much. Members also talk about money, "
            "debts and trust."
        ),
        meeting="One to two hours, often beside a meeting of Gamblers Anonymous. People read, and say how things are.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=_NOT_THEIRS,
        disease_idea="Yes. Gambling too much is seen as an illness.",
        sponsor="It differs. Members help each other, and some groups have sponsors.",
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed="Most are for family and friends only. Ask the group.",
        who_may_come="Anybody who is or was touched by somebody else's gambling.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="smart-family-friends",
        programme=(
            "Tools for people who care about somebody with a drink, drug or other problem: how to talk with them, how "
            "to set limits, how to look after oneself. They come from talking therapies."
        ),
        meeting=(
            "About an hour to an hour and a half. People say how their week was. Then the group works on something "
            "with one of the tools. People answer each other."
        ),
        higher_power=NO_HIGHER_POWER,
        prayer_or_reading="No prayer, and no set reading. There are worksheets and a handbook.",
        abstinence=(
            "It looks at what makes it more likely that the other person gets help, and first at one's own life."
        ),
        disease_idea="No. It uses no labels.",
        sponsor=NO_SPONSOR,
        lifelong="No. People come as long as it is of use.",
        who_leads="A trained facilitator. Many are volunteers.",
        donation="Free. Gifts are welcome at some meetings.",
        open_and_closed="For family and friends only.",
        who_may_come="Anybody touched by what somebody else drinks, takes, bets or does too much of.",
        outlook="secular",
        led_by="trained-facilitator",
        ways="smart",
    ),
)
