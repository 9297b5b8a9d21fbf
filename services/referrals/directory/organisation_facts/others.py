"""Organisations without the twelve steps, for people with a problem of their own; and groups that began here."""

from collections.abc import Sequence

from services.referrals.directory.organisation_facts.organisation import Organisation

NO_SPONSOR = "No. Members help each other in the meeting, and some keep in touch between meetings."
NO_HIGHER_POWER = "No. Belief is a private matter and no part of it."
_ASK = "It differs from group to group. Ask the group, or somebody who has been there."

OTHERS: Sequence[Organisation] = (
    Organisation(
        code="smart-recovery",
        programme=(
            "Four points: keeping up the will to change; coping with urges; dealing with thoughts, feelings and "
            "acts; and a balanced life. There are tools for each, which come from talking therapies. People choose "
            "what helps them."
        ),
        meeting=(
            "About an hour to an hour and a half. Everybody may say how their week was. Then the group picks "
            "something and works on it with one of the tools. People answer each other. It is fine just to listen."
        ),
        higher_power=NO_HIGHER_POWER,
        prayer_or_reading="No prayer, and no set reading. There are worksheets and a handbook.",
        abstinence=(
            "Each person sets their own goal. The tools aim at stopping, and people who cut down or are not sure "
            "may come."
        ),
        disease_idea=(
            "No. It speaks of habits that can be changed, and uses no labels. People may believe what they like."
        ),
        sponsor=NO_SPONSOR,
        lifelong="No. People come as long as it is of use, and move on.",
        who_leads="A trained facilitator. Many are volunteers who have been through it, and some work for a service.",
        donation="Free. Gifts are welcome at some meetings.",
        open_and_closed="Most are for people with the problem. Some let others come and see. Ask first.",
        who_may_come="Anybody who wants to change what they drink, take, bet or do too much of.",
        outlook="secular",
        led_by="trained-facilitator",
        ways="smart",
    ),
    Organisation(
        code="women-for-sobriety",
        programme=(
            "Thirteen statements for women, to think of each day. They are about taking charge of one's life, "
            "feeling worth something, and letting go of guilt. In the UK most meetings are online."
        ),
        meeting=(
            "About an hour to an hour and a half, in a small circle. The statements are read. Each woman says "
            "something good of her week. Then they talk with each other about one statement."
        ),
        higher_power="No. It is not religious. One of the statements speaks of growing in spirit.",
        prayer_or_reading=(
            "No prayer. The thirteen statements are read out, and the group closes with a few words together."
        ),
        abstinence="Yes. The aim is to stop drink and drugs.",
        disease_idea="It takes no stand. The statements speak of a problem that a woman takes charge of.",
        sponsor=NO_SPONSOR,
        lifelong="No. A woman comes as long as it helps, and many stay to help others.",
        who_leads="A member who has been sober for some time and has been trained for it.",
        donation="Free. A small gift is asked for, and nobody is turned away.",
        open_and_closed="Closed: for women with the problem.",
        who_may_come="Women who want to stop drinking or using drugs.",
        outlook="secular",
        led_by="peers",
        ways="own",
    ),
    Organisation(
        code="sos",
        programme=(
            "Staying sober is put first, whatever else happens, and it is kept apart from belief. There are no steps. "
            "Each person finds their own way and says each day that they will not drink or use. Groups are few."
        ),
        meeting="About an hour. People say how it is going and talk with each other. It is fine just to listen.",
        higher_power=NO_HIGHER_POWER,
        prayer_or_reading="No prayer. A short opening is read.",
        abstinence="Yes. The aim is to stop drink and drugs.",
        disease_idea="It takes no stand. What counts is not to begin again.",
        sponsor=NO_SPONSOR,
        lifelong="No. People come as long as it is of use.",
        who_leads="A member who volunteers to lead it.",
        donation="Free. Gifts pay for the room.",
        open_and_closed="Most are open. Ask first.",
        who_may_come="Anybody who wants to stop, with any belief or none.",
        outlook="secular",
        led_by="peers",
        ways="own",
    ),
    Organisation(
        code="lifering",
        programme=(
            "Three words: being sober, secular and helping oneself. There are no steps. Each member builds their own "
            "plan out of what works for them and for others. Most meetings are online."
        ),
        meeting=(
            "About an hour. Each person says how the last week was and what is coming up. Others may ask and answer. "
            "It is fine just to listen."
        ),
        higher_power=NO_HIGHER_POWER,
        prayer_or_reading="No prayer. A short opening is read.",
        abstinence="Yes. The aim is to stop drink and drugs. Medicine as a doctor gave it is fine.",
        disease_idea="It takes no stand. Members may see it as they like.",
        sponsor=NO_SPONSOR,
        lifelong="No. People come as long as it is of use.",
        who_leads="A member who volunteers to lead it.",
        donation="Free. Gifts are welcome.",
        open_and_closed="Most are open to friends and family too. Ask first.",
        who_may_come="Anybody who wants to stop drinking or using drugs.",
        outlook="secular",
        led_by="peers",
        ways="own",
    ),
    Organisation(
        code="refuge-recovery",
        programme=(
            "A way that comes from what the Buddha taught: to look at what hurts, and to grow kind and calm. "
            "Sitting quietly each day is part of it. In the UK groups are few, and some are online."
        ),
        meeting=(
            "About an hour to an hour and a half. A text is read. People sit quietly while somebody guides them. Then "
            "they share. It is fine just to sit and listen."
        ),
        higher_power="No belief in a god is asked for. The way is a Buddhist one, and nobody needs to be a Buddhist.",
        prayer_or_reading="No prayer. There is a reading, and about twenty minutes of sitting quietly.",
        abstinence="Yes. The aim is to stop drink, drugs or whatever it is.",
        disease_idea="No. It speaks of craving that leads to pain, and of a way out of it.",
        sponsor="Not as in twelve-step groups. Some members find a mentor, or friends to practise with.",
        lifelong="No. Many go on with the practice for themselves.",
        who_leads="Members take turns to lead it.",
        donation="Free. Gifts pay for the room.",
        open_and_closed="Most are open. Ask first.",
        who_may_come="Anybody who wants to get free of drink, drugs, gambling or another habit.",
        outlook="spiritual",
        led_by="peers",
        ways="own",
    ),
    Organisation(
        code="local",
        programme=(
            "A group that people began here, with its own way of doing things. Some come from a service or a faith "
            "group, others from a few friends. Find out what it offers before somebody goes."
        ),
        meeting=_ASK,
        higher_power=_ASK,
        prayer_or_reading=_ASK,
        abstinence=_ASK,
        disease_idea=_ASK,
        sponsor=_ASK,
        lifelong=_ASK,
        who_leads=_ASK,
        donation=_ASK,
        open_and_closed=_ASK,
        who_may_come=_ASK,
        outlook="differs",
        led_by="differs",
        ways="own",
    ),
)
