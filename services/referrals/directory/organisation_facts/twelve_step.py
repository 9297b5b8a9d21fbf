"""Twelve-step fellowships for people with a problem of their own."""

from collections.abc import Sequence

from services.referrals.directory.organisation_facts.organisation import Organisation

SPONSOR = (
    "Yes. A sponsor is a member with more time who helps with the steps. Members ask somebody they trust, in their own "
    "time. Nobody is given one, and it is fine to wait."
)
LIFELONG = (
    "There are no rules on this. Many members keep coming for years and find that it helps. Nobody signs up, and "
    "anybody may stop."
)
PEERS = "Members take turns to lead it. They are not paid, and there is no staff in the room."
DONATION = "Free. A pot or a card reader goes round for rent and tea. New people can let it pass."
HIGHER_POWER = (
    "Several steps speak of God or a higher power. Each member says what that is for them. For some it is God, for "
    "some it is the group. People with no belief come too."
)
READING = (
    "Parts of the steps are read out. Most meetings close with a short prayer, often said together. Nobody is asked to "
    "join in."
)
OPEN_AND_CLOSED = (
    "Both. Open meetings welcome anybody who wants to see what it is like. Closed ones are for people with the "
    "problem themselves."
)

TWELVE_STEP: Sequence[Organisation] = (
    Organisation(
        code="aa",
        programme=(
            "Twelve steps, worked through with the help of other members. They begin with saying that drink has taken "
            "over. Then come looking at oneself, putting right what one can, and helping others. Twelve traditions say "
            "how groups run themselves."
        ),
        meeting=(
            "About an hour to an hour and a half. Somebody tells their story, or a step is read. Then people share "
            "one after the other. Nobody answers back, and it is fine just to listen."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is not to drink at all, one day at a time. People who still drink may come.",
        disease_idea="Many members speak of it as an illness that does not go away. AA itself takes no stand on it.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come="Anybody who wants to stop drinking. Nothing else is asked.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="na",
        programme=(
            "Twelve steps like those of AA, about the hold of drugs and not about one drug. All drugs count, and "
            "drink is one of them. Members work the steps with a sponsor and help each other."
        ),
        meeting=(
            "About an hour to an hour and a half. Short texts are read. Then people share one after the other, "
            "or somebody tells their story first. Key rings or medals mark time without drugs. There is often a hug."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to use no drugs at all, drink included. People who still use may come and listen.",
        disease_idea="Yes. NA speaks of it as a disease that can be held in check.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come=(
            "Anybody who wants to stop using drugs of any kind. NA has no view on medicine from a doctor. Some groups "
            "ask people on a prescription such as methadone to listen, so it is worth a call first."
        ),
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="ca",
        programme=(
            "Twelve steps, taken over from AA. It began with cocaine and crack. Today it is for all drugs, and drink. "
            "Many groups read the main book of AA."
        ),
        meeting=(
            "About an hour to an hour and a half. A member tells their story or a text is read. Then people share one "
            "after the other. It is fine just to listen."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to stop cocaine and everything else that changes how one feels, drink included.",
        disease_idea="Many members speak of it as an illness.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come="Anybody who wants to stop using cocaine or any other drug.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="cma",
        programme=(
            "Twelve steps for people for whom crystal meth has become a problem. Many members know the link between "
            "the drug and sex, and it can be spoken about here. In the UK groups are few, and many are online."
        ),
        meeting=(
            "About an hour. A member tells their story or a text is read. Then people share one after the other. It "
            "is fine just to listen."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to stop crystal meth and all other drugs, drink included.",
        disease_idea="Many members speak of it as an illness.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come="Anybody who wants to stop using crystal meth.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="ma",
        programme=(
            "Twelve steps for people for whom cannabis has taken over. It has a book of its own with stories of "
            "members. In the UK most groups are online or in large towns."
        ),
        meeting=(
            "About an hour. A text or a step is read, or a member speaks. Then people share one after the other. It is "
            "fine just to listen."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to stop using cannabis, one day at a time. Many stop drink and other drugs as well.",
        disease_idea="Many members speak of it as an illness.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come="Anybody who wants to stop using cannabis.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="ga",
        programme=(
            "Twelve steps for people who want to stop gambling. The steps are AA's, put in words about gambling. "
            "Members also help each other with debts and with telling the family."
        ),
        meeting=(
            "One to two hours. Parts of a small booklet are read in turn. Then each person says how things are. There "
            "is often a tea break, and a talk with new people about how it began."
        ),
        higher_power=HIGHER_POWER,
        prayer_or_reading=(
            "The booklet is read out. Many meetings close with a short prayer. Nobody is asked to join in."
        ),
        abstinence="The aim is not to gamble at all, small bets and lotteries included.",
        disease_idea="Yes. GA speaks of it as an illness that gets worse and can be held in check.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=(
            "Most meetings are closed: only for people who gamble. Some are open to others, often once in a while. "
            "Gam-Anon, for family and friends, often meets in the same place at the same time."
        ),
        who_may_come="Anybody who wants to stop gambling.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
    Organisation(
        code="dra",
        programme=(
            "Twelve steps for people who have a mental health condition beside a problem with drink or drugs. Both "
            "are looked at together. Most groups are in the United States, and some are online."
        ),
        meeting="About an hour. Texts are read. Then people share about both sides. It is fine just to listen.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to stop drink and drugs. Medicine from a doctor is not part of that.",
        disease_idea="Yes, of both: two illnesses that touch each other, and neither is anybody's fault.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come=(
            "Anybody with both who wants to stop drink or drugs, and to look after their mental health. Medicine is "
            "between a member and their doctor."
        ),
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
        co_occurring=True,
    ),
    Organisation(
        code="dtr",
        programme=(
            "Twelve steps, put in words about drink, drugs and mental health at once. It is a place to speak "
            "about medicine, voices or low mood without being stared at. Groups are few, and many meet at a service."
        ),
        meeting="About an hour. A member speaks or a step is read. Then people share. It is fine just to listen.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence=(
            "The aim is to stop drink and drugs. Taking medicine as agreed with the doctor is part of getting well."
        ),
        disease_idea="Yes, of both, and each makes the other worse.",
        sponsor="Some groups have sponsors, others help each other without.",
        lifelong=LIFELONG,
        who_leads="Members lead it. Where a group meets at a service, staff may have helped to set it up.",
        donation="Free. Some groups take a small gift for rent and tea.",
        open_and_closed="It differs. Ask the group.",
        who_may_come="Anybody who has both a problem with drink or drugs and a mental health condition.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
        co_occurring=True,
    ),
    Organisation(
        code="cda",
        programme=(
            "Twelve steps for drink and all drugs alike: it makes no difference between them. It began in the "
            "United States, where most of its groups are."
        ),
        meeting="About an hour. A member tells their story or a text is read. Then people share.",
        higher_power=HIGHER_POWER,
        prayer_or_reading=READING,
        abstinence="The aim is to stop drink and all drugs.",
        disease_idea="Yes. It speaks of a disease, whatever the drug.",
        sponsor=SPONSOR,
        lifelong=LIFELONG,
        who_leads=PEERS,
        donation=DONATION,
        open_and_closed=OPEN_AND_CLOSED,
        who_may_come="Anybody who wants to stop, whatever they use.",
        outlook="spiritual",
        led_by="peers",
        ways="12-step",
    ),
)
