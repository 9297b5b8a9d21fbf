"""Hand-out 8, a blank map for all: own words first, a list on the next sheet for who asks for one."""

from services.referrals.handouts.blocks import Handout, Heading, Map, NewPage, Points, Text

HANDOUT = Handout(
    number=8,
    title="Benefits",
    lead="What good could come of going to a group? Write one thing in each box. You need not fill them all.",
    blocks=(
        Map("What may be good about a group"),
        NewPage(),
        Heading("If you would like some ideas"),
        Text("These are things that people told us. Tick those that are true for you, or add them to your map."),
        Points(
            (
                "I am not alone with it.",
                "People understand me and do not judge.",
                "There is someone to tell how my week went.",
                "I learn new ways to cope.",
                "It is free.",
                "It is near, or I can go online.",
                "I decide what I do.",
                "I can go for as long as I need.",
                "I meet new people.",
            ),
            marks="boxes",
        ),
    ),
)
