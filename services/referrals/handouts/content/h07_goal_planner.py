"""Hand-out 7, a worksheet for all: a goal, what is done, what is left and who may help (3-fama, *Stage 3*)."""

from services.referrals.handouts.blocks import Handout, Heading, Lines, NewPage, Points, Table, Text

HANDOUT = Handout(
    number=7,
    title="Goal planner",
    lead="Small steps count. Write what you want to do, and look back at how far you have come.",
    blocks=(
        Text("A goal works best when it is small, when you chose it yourself, and when you can say by what day."),
        Table(
            ("My goal, and by when", "What I have done so far", "What is left, and who may help"),
            (3, 3, 3),
            5,
            2.0,
        ),
        Lines("What I am glad about:", 2),
        NewPage(),
        Heading("If you would like some ideas"),
        Points(
            (
                "Read one of the hand-outs.",
                "Ask somebody which meetings they like.",
                "Go to one meeting this week.",
                "Try two kinds of group and compare them.",
                "Write in my journal.",
                "Swap phone numbers with someone at the group.",
            ),
            marks="boxes",
        ),
    ),
)
