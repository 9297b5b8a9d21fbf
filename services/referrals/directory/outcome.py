"""What came of trying to import a feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.problems import Problem

Outcome = Literal["applied", "held", "left", "broken", "unreachable"]
Phase = Literal["waiting", "fetching", "reading", "comparing", "writing", "ended"]
Report = Mapping[str, object]
"""`{new, changed, unchanged, gone, refused: [{line, field, reason}]}`, the first four as numbers; `notes`; of a held
one `going: [{name, weekday, start}]`, the first of those that would be gone."""


@dataclass(frozen=True, slots=True)
class Import:
    """One try. What was not applied changed nothing, and `problem` says why.

    - `held`: it can be read and looks wrong; `report` says what it would do, a person may agree to it
    - `left`: a person has seen what was held or broken, and leaves it; until something else comes it is no alert
    - `broken`: it cannot be read, so there is no report and nothing to agree to
    - `unreachable`: it could not be fetched
    `digest`: SHA-256 of what was read; `run_id`: the job that this ends, of one from a source.
    """

    feed: str
    format: str
    at: datetime
    by: str
    outcome: Outcome
    report: Report | None
    problem: Problem | None
    digest: bytes | None = None
    run_id: UUID | None = None


@dataclass(slots=True)
class Progress:
    """How far an import is. `fetched` in bytes, `fetched_of` when the other side says; the others are meetings."""

    phase: Phase = "waiting"
    fetched: int = 0
    fetched_of: int | None = None
    lines: int = 0
    compared: int = 0
    written: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An import from a source. `outcome`, `report` and `problem` are there once it has ended, as of an `Import`."""

    run_id: UUID
    source_id: UUID
    feed: str
    asked_at: datetime
    by: str
    state: str
    progress: Progress
    ended_at: datetime | None
    outcome: Outcome | None
    report: Report | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """How often in a month nothing fitted because of this filter; `several` when it took more than one to leave out."""

    month: date
    filter: str
    times: int
