"""Hand-out 5 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, Note, Question, Text

HANDOUT = Handout(
    number=5,
    title="Problems and solutions",
    lead="It is normal to have doubts. Here are some that family and friends tell us, and what may help.",
    wording=("family",),
    blocks=(
        Text("Tick the ones that sound like you. We can talk about them when we meet."),
        Heading("What people worry about"),
        Question(
            "I feel guilty. Was it my fault?",
            "Many people ask this. You did not make it happen, and you cannot fix it on your own. "
            "In a group you meet others who have felt the same.",
            "guilt",
        ),
        Question(
            "Do I make it worse when I help?",
            "You help because you care. Some kinds of help keep things as they are, and some kinds help them change. "
            "In a group you can hear what others have tried.",
            "enabling",
        ),
        Question(
            "I cannot say no.",
            "It is hard to say no to someone you love. A group can help you to choose one small limit, "
            "say it calmly and keep to it. You can start with something easy.",
            "boundaries",
        ),
        Question(
            "What if they find out that I went?",
            "All who come are asked to keep to themselves what they hear. You need not tell anyone where you go. "
            "Online, think about who else uses your phone. If you do not feel safe at home, talk to us first.",
            "being-found-out",
        ),
        Question(
            "They all know each other.",
            "It can look like that. Each of them was new once. Come early, say hello to one person, "
            "and look for that face next time.",
            "everyone-knows-each-other",
        ),
        Question(
            "How can they seem so happy?",
            "They have hard days too. Some have found that they can have a good day "
            "even when things at home are not good.",
            "they-seem-happy",
        ),
        Question(
            "I am no good in groups.",
            "You can sit near the door and just listen. Small groups and online groups may suit you more. "
            "It often gets easier by the third time.",
            "not-good-in-groups",
        ),
        Question(
            "What do I say when it is my turn?",
            "A first name is enough, or you can say: I would like to just listen. "
            "You do not have to say who you came for.",
            "introducing-myself",
        ),
        Question(
            "There is a lot of talk of God.",
            "12-step groups speak of a higher power. Some mean God and some mean the group or nature. "
            "Many members have no faith. If it is not for you, SMART Family and Friends does without it.",
            "talk-of-god",
        ),
        Question(
            "It is not as bad at our house.",
            "That may well be so. You can take what is of use and leave the rest. "
            "You do not need to wait until things get worse.",
            "not-as-bad-as-them",
        ),
        Question(
            "They are not like me.",
            "Parents, partners, children and friends all come. Listen for a feeling that you know. "
            "Some groups are just for parents, or for young people.",
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
        Note(
            "Something else?",
            "If a meeting felt unsafe or unkind, we would like to know. We can find you a different one.",
        ),
        Lines("My own thoughts:", 4),
    ),
)
