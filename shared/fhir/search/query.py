"""What a search asks for, free of how it was written: this is what a cursor carries from page to page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

DEFAULT_COUNT = 50
LARGEST_COUNT = 200


@dataclass(frozen=True, slots=True)
class Period:
    """`start` ≤ moment < `end`, either open; `outside` turns it round."""

    start: datetime | None = None
    end: datetime | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Every criterion is a list of alternatives, all criteria together are required; an empty list matches nothing.

    `subjects` are blind indexes of the person's identifier in hex, `clients` their ids.
    `base`: our own address while it is read, as a reference may begin with it.
    """

    type: str
    ids: tuple[tuple[UUID, ...], ...] = ()
    clients: tuple[tuple[UUID, ...], ...] = ()
    subjects: tuple[tuple[str, ...], ...] = ()
    tokens: tuple[tuple[str, ...], ...] = ()
    updated: tuple[tuple[Period, ...], ...] = ()
    includes: tuple[str, ...] = ()
    count: int = DEFAULT_COUNT
    base: str = ""

    @property
    def about_people(self) -> bool:
        """Whether it names somebody: then it has few results, and noting it means noting them."""
        return bool(self.clients or self.subjects)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind this id, in the resources as they were at this moment (a PostgreSQL snapshot)."""

    after: UUID
    moment: str
