"""Hand-out 9, a blank map in the wording for clients; its list names what people find hard, none of it their fault."""

from services.referrals.handouts.blocks import Handout, Heading, Map, NewPage, Note, Points, Text

HANDOUT = Handout(
    number=9,
    title="Problems",
    lead="What is hard about going, or might be? Write one thing in each box. You need not fill them all.",
    wording=("self",),
    blocks=(
        Map("What may be hard about a group"),
        NewPage(),
        Heading("If you would like some ideas"),
        Text("These are things that people told us. Tick those that are true for you, or add them to your map."),
        Points(
            (
                "Nobody there is a trained worker.",
                "There is one way for all, and it may not be mine.",
                "I feel ashamed.",
                "I feel that I am asked to fit in.",
                "Some groups are better than others.",
                "The talk goes round in circles.",
                "It is too religious for me.",
                "Somebody might see me or talk about me.",
                "It is far, or the time is bad.",
                "It would not be enough by itself.",
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
