"""What came of trying to import a feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shared.problems import Problem

Report = Mapping[str, object]
"""`{new, changed, unchanged, gone, refused: [{line, field, reason}]}`, the first four as numbers."""


@dataclass(frozen=True, slots=True)
class Import:
    """One try. What was not applied changed nothing, and `problem` says why.

    - `held`: it can be read and looks wrong; `report` says what it would do, a person may agree to it
    - `broken`: it cannot be read, so there is no report and nothing to agree to
    """

    feed: str
    format: str
    at: datetime
    by: str
    outcome: Literal["applied", "held", "broken"]
    report: Report | None
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """How often in a month nothing fitted because of this filter; `several` when it took more than one to leave out."""

    month: date
    filter: str
    times: int
