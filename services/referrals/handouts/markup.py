"""A hand-out as Typst source: calls of what `look.typ` defines, with nothing but strings and numbers in them."""

from collections.abc import Iterable

from services.referrals.handouts.blocks import (
    Block,
    Card,
    Handout,
    Heading,
    Lines,
    Map,
    NewPage,
    Note,
    Points,
    Question,
    Size,
    Table,
    Text,
)
from services.referrals.handouts.printable import quoted

POINTS: dict[Size, int] = {"normal": 12, "large": 18}
"""Size of type."""


def markup(handout: Handout, size: Size) -> str:
    """What follows `look.typ`. Pure: the same hand-out is the same source."""
    said = _call("sheet.with", str(handout.number), quoted(handout.title), quoted(handout.lead), str(POINTS[size]))
    return "\n".join([f"#show: {said}", *(f"#{_block(block)}" for block in handout.blocks), ""])


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return _call("section", quoted(text))
        case Text(text):
            return _call("words", quoted(text))
        case Note(title, text):
            return _call("note", quoted(title), quoted(text))
        case Question(asks, answer):
            return _call("question", quoted(asks), quoted(answer))
        case Points(items, marks):
            return _call(marks, *map(quoted, items))
        case _:
            return _worksheet(block)


def _worksheet(block: Lines | Table | Map | Card | NewPage) -> str:
    match block:
        case Lines(prompt, count):
            return _call("to-write", quoted(prompt), str(count))
        case Table(columns, widths, rows, height):
            tall = "none" if height is None else str(height)
            return _call("to-fill-in", _array(map(quoted, columns)), _array(map(str, widths)), str(rows), tall)
        case Map(centre):
            return _call("around", quoted(centre))
        case Card(title, facts):
            return _call("card", quoted(title), *(_array(map(quoted, fact)) for fact in facts))
        case NewPage():
            return _call("new-page")


def _call(name: str, *arguments: str) -> str:
    return f"{name}({', '.join(arguments)})"


def _array(items: Iterable[str]) -> str:
    """The comma at the end makes one item an array too."""
    return f"({', '.join(items)},)"
