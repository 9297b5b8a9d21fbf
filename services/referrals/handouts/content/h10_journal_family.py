"""Hand-out 10 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, NewPage, Note, Table, Text

HANDOUT = Handout(
    number=10,
    title="My journal",
    lead="This is yours, and it is about you. You choose if you show it to anyone.",
    wording=("family",),
    blocks=(
        Note(
            "Keep it to your own story",
            "Write what you felt and what you thought. Please do not write down what others told in the group. "
            "Keep it where only you can find it.",
        ),
        Heading("Meetings I want to go to"),
        Table(("Group and place", "Day and time", "How it was"), (3, 2, 4), 6),
        NewPage(),
        Heading("After a meeting"),
        Lines("Which meeting, and on what day?", 1),
        Lines("How did I feel before, and how did I feel after?", 3),
        Lines("What was good about it for me?", 3),
        Lines("What was not so good?", 3),
        Lines("Something I want to do for myself this week:", 2),
        Lines("Something I want to say no to:", 2),
        NewPage(),
        Heading("People I can call"),
        Text("Only write a number here if the person said that you may. A first name is enough."),
        Table(("First name", "Phone number", "A good time to call"), (3, 3, 3), 9),
    ),
)
