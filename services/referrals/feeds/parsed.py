"""What comes of reading a feed."""

from dataclasses import dataclass
from datetime import date

from shared.meetings import Meeting
from shared.problems import Problem, Refused


@dataclass(frozen=True, slots=True)
class Source:
    """Which feed it is, the zone given at import for lines that name none, and the day it is read."""

    feed: str
    time_zone: str
    on: date


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is not taken. `line` counts from 1: of the file in a CSV (1 is the heading), of the list in JSON.

    `source_id` when the line says it: a meeting that is listed already is then not gone, only unreadable.
    """

    line: int
    field: str
    reason: str
    source_id: str | None = None

    def as_dict(self) -> dict[str, int | str]:
        return {"line": self.line, "field": self.field, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Parsed:
    """Every line of the feed is in exactly one of the two (one that stands for several days: a meeting each).

    `notes`: what is worth knowing of the feed as a whole, in sentences. `doubt`: why a person should look at it first.
    In neither are Open Referral's services that have ended or are no mutual aid (ADR 34), and what a BMLT server does
    not publish.
    """

    meetings: tuple[Meeting, ...]
    refused: tuple[RefusedLine, ...]
    notes: tuple[str, ...] = ()
    doubt: Problem | None = None


class BrokenFeed(Refused):
    """It cannot be read as what it should be: nothing of it is used, and what is listed stays listed."""

    def __init__(self, code: str, reason: str, field: str = "feed") -> None:
        super().__init__(Problem(field, code, reason))


class WronglyAsked(BrokenFeed):
    """There is no such format or zone, or a feed cannot be called so: it says nothing of the feed itself."""

    def __init__(self, *problems: Problem) -> None:
        Refused.__init__(self, *problems)


class Unreadable(Exception):
    """A line cannot become a meeting because of this field of it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
