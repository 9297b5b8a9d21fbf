"""Hand-out 3 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, NewPage, Note, Points, Question, Text

HANDOUT = Handout(
    number=3,
    title="Going to meetings",
    lead="Most family members and friends feel nervous before their first meeting. It helps to know what will happen.",
    wording=("family",),
    blocks=(
        Heading("Before you go"),
        Points(
            (
                "Check that it is a group for family and friends.",
                "If you are under 18, pick a group for young people. We can tell you where there is one.",
                "Pick a day when you have time and are not in a rush.",
                "Look up the way, and which door to use. Hand-out 6 has room for it.",
                "Think about what you want to say at home. You can say that you are going out. That is enough.",
            )
        ),
        Heading("When you get there"),
        Points(
            (
                "Come ten minutes early. Often somebody is at the door to say hello.",
                "Say that you are new. You can also say nothing at all.",
                "Take a seat. There may be tea.",
                "Someone opens the meeting and says how it works.",
                "People talk, one at a time, about their own lives. You can just listen.",
                "After an hour or so it ends. Many people stay for a chat. You can stay, or you can go.",
            ),
            marks="numbers",
        ),
        NewPage(),
        Heading("What may be in the way"),
        Question(
            "I cannot leave the house for long.",
            "Look for one that is near, or one online. An hour a week is a start. "
            "Is there someone who could be at home for that time?",
            "time-and-travel",
        ),
        Question(
            "What does it cost?",
            "Nothing. If a pot goes around, you can pass it on. If the fare is hard to find, tell us.",
            "cost",
        ),
        Question(
            "The rest of the family needs me.",
            "You do a lot for them. An hour for you helps you to go on. You can ask if children may come along.",
            "partner-and-family-time",
        ),
        Question(
            "I am not the one with the problem.",
            "No, and nobody there will say that you are. The group is for people who care about someone. "
            "You can be fine and still be glad of the company.",
            "doing-fine-without-it",
        ),
        Question(
            "I do not want to go alone.",
            "Many people feel that way. You can bring a friend or someone from the family. "
            "We can also look for someone to go with you.",
            "going-alone",
        ),
        Heading("After the meeting"),
        Text(
            "Give it a few tries. Groups are not the same each week. "
            "Write down what you thought of it in your journal, hand-out 10. Then we can talk about it, if you want to."
        ),
        Note(
            "If home is not safe",
            "If someone hurts or scares you, tell us when you are alone with us. In danger, call 999. "
            "The National Domestic Abuse Helpline is free, day and night: 0808 2000 247. "
            "Keep this paper where only you can find it.",
        ),
    ),
)
