"""Hand-out 6: 6a is made from meetings (`meeting_cards`), 6b and 6c are worksheets that belong to the client."""

from collections.abc import Sequence

from services.referrals.handouts.blocks import Block, Handout, Heading, Lines, NewPage, Note, Table, Text

_CHOOSING: tuple[Block, ...] = (
    NewPage(),
    Heading("6b. Choosing a group"),
    Text(
        "Pick two or three groups. Write what speaks for each one and what speaks against it. "
        "These are your own reasons. There is no right answer."
    ),
    Table(("Group", "What I like about it", "What I do not like"), (3, 4, 4), 4, 3),
    Lines("The one I want to try first, and when:", 2),
    Lines("If that does not work out, I could try:", 2),
)
_SUPPORT: tuple[Block, ...] = (
    NewPage(),
    Heading("6c. Who can support me, and how do I keep safe?"),
    Table(
        ("Who could help me?", "What could they do?", "How will I ask them?"),
        (3, 4, 4),
        3,
        1.9,
    ),
    Lines("What helps me to feel safe on the way and at the meeting:", 2),
    Lines("Who I can call if it gets hard, and their number:", 2),
    Lines("What I will do if I want to leave early:", 2),
    Note(
        "Help at any hour",
        "If life is in danger, call 999. For other health advice, call 111. "
        "To talk to somebody, call Samaritans free on 116 123.",
    ),
)


_FOR_ALL: tuple[Block, ...] = (Heading("6a. Groups near you"),)
_FOR_THE_YOUNG: tuple[Block, ...] = (
    Heading("6a. Groups for young people near you"),
    Text("You are under 18, so we list groups for young people only. Please ask us before you go to any other group."),
)


def local_groups(groups: Sequence[Block], *, young: bool = False) -> Handout:
    """All three parts, with what 6a shows of groups. `young`: for somebody whom it sends to young people's alone."""
    near: tuple[Block, ...] = (
        *(_FOR_THE_YOUNG if young else _FOR_ALL),
        Text("Times can change. If you can, check with the group before you go. Write down how you will get there."),
        *groups,
    )
    return Handout(
        number=6,
        title="Local groups",
        lead="Where groups meet, how to find the door, and which one may suit you.",
        blocks=(*near, *_CHOOSING, *_SUPPORT),
    )
