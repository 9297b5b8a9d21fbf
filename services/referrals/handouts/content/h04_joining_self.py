"""Hand-out 4 in the wording for clients: taking part, by kind of group (3-fama, *Stage 3*)."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, NewPage, Note, Points, Text

HANDOUT = Handout(
    number=4,
    title="Joining a group",
    lead="Going is a good start. Taking part is what makes a group your own. You set the pace.",
    wording=("self",),
    blocks=(
        Heading("Small first steps"),
        Points(
            (
                "Sit with the same person twice.",
                "Help to put out the chairs or to make the tea.",
                "Say one thing in the meeting, even if it is short.",
                "Swap phone numbers with someone, if you both want to.",
                "Call that person once, just to say hello.",
            )
        ),
        Heading("In a 12-step group"),
        Points(
            (
                "Find a home group: the one you go to most, where people know you.",
                "Ask people how they found a sponsor. A sponsor is a member who guides you through the steps.",
                "Ask somebody whose way of life you like. It is fine to ask for a short try, and to change later.",
                "Do service. That means a small job for the group, such as saying hello at the door.",
            )
        ),
        Heading("In a SMART Recovery meeting"),
        Points(
            (
                "Make one meeting your regular one.",
                "Try one of the tools at home and say how it went.",
                "Later you can train to lead a meeting, if you would like to.",
            )
        ),
        Heading("In other groups"),
        Text("Each group has its own ways. Ask: what do people here do to take part? You need not copy anyone."),
        NewPage(),
        Heading("Questions you can ask"),
        Points(
            (
                "What do you do on a bad day?",
                "What did you find hard at first?",
                "What other meetings do you like?",
                "Who would be good to talk to about what I am going through?",
            )
        ),
        Lines("A question of my own:", 2),
        Note(
            "Keep yourself safe",
            "Give your number only to people you trust. You can say no to a lift, a loan or a date. "
            "If someone makes you feel bad, you can leave. Then tell the person who runs the meeting, or tell us.",
        ),
    ),
)
