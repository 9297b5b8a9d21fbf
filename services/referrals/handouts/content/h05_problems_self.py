"""Hand-out 5 in the wording for clients: what people worry about, and a reply that shames nobody."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, Note, Question, Text

HANDOUT = Handout(
    number=5,
    title="Problems and solutions",
    lead="It is normal to have doubts. Here are some that people tell us, and what may help.",
    wording=("self",),
    blocks=(
        Text("Tick the ones that sound like you. We can talk about them when we meet."),
        Heading("What people worry about"),
        Question(
            "They all know each other.",
            "It can look like that. Each of them was new once. Come early, say hello to one person, "
            "and look for that face next time.",
            "everyone-knows-each-other",
        ),
        Question(
            "They all seem so happy.",
            "Some have been going for years. They are often glad to be out of a hard time. "
            "If you stay a little longer, you will hear about the hard days too.",
            "they-seem-happy",
        ),
        Question(
            "I am no good in groups.",
            "You can sit near the door and just listen. Small groups and online groups may suit you more. "
            "It often gets easier by the third time.",
            "not-good-in-groups",
        ),
        Question(
            "Do I have to say who I am and what I am?",
            "No. A first name is enough, or you can say: I would like to just listen. "
            "Some people use a set phrase. You can use your own words.",
            "introducing-myself",
        ),
        Question(
            "There is a lot of talk of God.",
            "12-step groups speak of a higher power. Some mean God and some mean the group or nature. "
            "Many members have no faith. If it is not for you, SMART and some other groups do without it.",
            "talk-of-god",
        ),
        Question(
            "I was never as bad as they are.",
            "That may well be so. You can take what is of use and leave the rest. "
            "Some people are glad that they came before things got worse.",
            "not-as-bad-as-them",
        ),
        Question(
            "They are not like me.",
            "Try to listen for a feeling that you know, even if the story is not yours. "
            "There are also groups for women, for young people, for LGBTQ+ people and in other languages.",
            "not-like-me",
        ),
        Question(
            "I do not know how to join in.",
            "There is no form to fill in. You come, and you come again. Hand-out 4 has small steps you can try.",
            "how-to-join",
        ),
        Question(
            "Are they for real?",
            "It is fair to ask. Nobody gets paid and nobody sells you a thing. "
            "People help because others once helped them. See how you feel after two or three times.",
            "are-they-for-real",
        ),
        Question(
            "I am not sure that I want to stop.",
            "Many people are not sure. You can go to an open meeting and just listen. "
            "12-step groups aim to stop for good. Other groups may see it in other ways. We can look at it with you.",
            "not-aiming-at-abstinence",
        ),
        Question(
            "Somebody I know might see me.",
            "Then they are there for the same kind of reason. Groups ask all who come to keep names to themselves. "
            "A group in the next town, or online, may feel safer.",
            "ashamed-to-be-seen",
        ),
        Question(
            "I take medicine that a doctor gives me.",
            "That is fine. Please talk to us or your doctor before you change a thing. "
            "What you take is between you and your doctor. You need not tell the group.",
            "prescribed-medicine",
        ),
        Note(
            "Something else?",
            "If a meeting felt unsafe or unkind, we would like to know. We can find you a different one.",
        ),
        Lines("My own thoughts:", 4),
    ),
)
