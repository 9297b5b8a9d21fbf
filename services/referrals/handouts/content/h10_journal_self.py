"""Hand-out 10 in the wording for clients: the journal on paper. It is theirs; what they show is their choice."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, NewPage, Note, Table, Text

HANDOUT = Handout(
    number=10,
    title="My journal",
    lead="This is yours. You choose if you show it to anyone.",
    wording=("self",),
    blocks=(
        Note(
            "Keep it to your own story",
            "Write what you felt and what you thought. Please do not write down what others told in the group.",
        ),
        Heading("Meetings I want to go to"),
        Table(("Group and place", "Day and time", "How it was"), (3, 2, 4), 6),
        NewPage(),
        Heading("After a meeting"),
        Lines("Which meeting, and on what day?", 1),
        Lines("How did I feel before, and how did I feel after?", 3),
        Lines("What was good about it?", 3),
        Lines("What was not so good?", 3),
        Lines("Something I heard that may help me:", 2),
        Lines("What I want to try next:", 2),
        NewPage(),
        Heading("People I can call"),
        Text("Only write a number here if the person said that you may. A first name is enough."),
        Table(("First name", "Phone number", "A good time to call"), (3, 3, 3), 9),
    ),
)
