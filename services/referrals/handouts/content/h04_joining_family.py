"""Hand-out 4 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, NewPage, Note, Points, Text

HANDOUT = Handout(
    number=4,
    title="Joining a group",
    lead="Going is a good start. Taking part in a family group is what makes it your own. You set the pace.",
    wording=("family",),
    blocks=(
        Heading("Small first steps"),
        Points(
            (
                "Sit with the same person twice.",
                "Help to put out the chairs or to make the tea.",
                "Say one thing in the meeting, even if it is short.",
                "Swap phone numbers with someone, if you both want to.",
                "Call that person once, on a day when things at home are calm.",
            )
        ),
        Heading("In Al-Anon, Nar-Anon and other 12-step family groups"),
        Points(
            (
                "Find a home group: the one you go to most, where people know you.",
                "The steps here are about your own life and your own peace of mind.",
                "Some people ask a member with more time in the group to guide them. This is a sponsor.",
                "Do service. That means a small job for the group, such as saying hello at the door.",
            )
        ),
        Heading("In SMART Recovery Family and Friends"),
        Points(
            (
                "Make one meeting your regular one.",
                "Try one of the tools at home, such as how to talk so that both of you stay calm.",
                "Later you can train to lead a meeting, if you would like to.",
            )
        ),
        Heading("In other groups"),
        Text("Each group has its own ways. Ask: what do people here do to take part? You need not copy anyone."),
        NewPage(),
        Heading("Questions you can ask"),
        Points(
            (
                "How do you look after yourself?",
                "What helped you to say no?",
                "How did you talk to the children about it?",
                "What did you find hard at first?",
            )
        ),
        Lines("A question of my own:", 2),
        Note(
            "Talk about you, not about them",
            "In the group you tell your own story. You need not name the person you care about. "
            "Give your number only to people you trust, and think about who may see your phone.",
        ),
    ),
)
