"""What a hand-out is made of. Pure data: how it looks is decided in `markup`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

For = Literal["self", "family"]
Size = Literal["normal", "large"]
BOTH: tuple[For, ...] = ("self", "family")


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list: of things, of steps in their order, or of what may be ticked with a pen."""

    items: tuple[str, ...]
    marks: Literal["bullets", "numbers", "boxes"] = "bullets"


@dataclass(frozen=True, slots=True)
class Note:
    """Set apart in a box: what helps now, and safety."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody may worry about, and a reply. `concern` is its code in the vocabulary, where it has one."""

    asks: str
    answer: str
    concern: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Room to write, of so many lines, below what it is for."""

    prompt: str
    count: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """Columns to fill in by hand: so many empty rows, each so high in centimetres, or all the rest of the page.

    `widths` are shares of the page's width, one for each column.
    """

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: int
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """A blank map: eight empty boxes around what it is about."""

    centre: str


@dataclass(frozen=True, slots=True)
class Card:
    """Facts under a title that stay together on a page; a fact without a text is a line to write on."""

    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a sheet of its own, to be handed out by itself."""


Block = Heading | Text | Points | Note | Question | Lines | Table | Map | Card | NewPage


@dataclass(frozen=True, slots=True)
class Handout:
    """One of the ten, in one wording. `lead` is what it is for, in a sentence or two."""

    number: int
    title: str
    lead: str
    blocks: tuple[Block, ...] = field(repr=False)
    wording: tuple[For, ...] = BOTH


def words(handout: Handout) -> Iterator[str]:
    """All that is read in it, sentence by sentence or phrase by phrase."""
    yield handout.title
    yield handout.lead
    for block in handout.blocks:
        yield from _read(block)


def _read(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Text(text) | Lines(text) | Map(text):
            yield text
        case Note(first, second) | Question(first, second):
            yield from (first, second)
        case Points(said) | Table(said):
            yield from said
        case Card(title, facts):
            yield from (title, *(part for fact in facts for part in fact if part))
        case NewPage():
            pass
