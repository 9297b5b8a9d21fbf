"""Hand-out 9 in the wording for family and friends."""

from services.referrals.handouts.blocks import Handout, Heading, Map, NewPage, Note, Points, Text

HANDOUT = Handout(
    number=9,
    title="Problems",
    lead="What is hard about going to a family group, or might be? Write one thing in each box.",
    wording=("family",),
    blocks=(
        Map("What may be hard about a family group"),
        NewPage(),
        Heading("If you would like some ideas"),
        Text("These are things that family and friends told us. Tick those that are true for you."),
        Points(
            (
                "It feels like telling tales about someone I love.",
                "They might find out and be cross.",
                "I cannot leave them, or the children, alone.",
                "I feel guilty when I take time for myself.",
                "I do not want to hear how bad it can get.",
                "People may tell me to leave, or to stay.",
                "It is too religious for me.",
                "Somebody might see me or talk about me.",
                "It is far, or the time is bad.",
                "Nobody there is a trained worker.",
            ),
            marks="boxes",
        ),
        Note(
            "What now?",
            "Look at each problem. Is there a way round it? Would a different group help? "
            "Put this sheet next to hand-out 8 and see how they balance. You decide.",
        ),
    ),
)
