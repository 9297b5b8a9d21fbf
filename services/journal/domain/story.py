"""A client's attendance as their keyworker reads it: occasion by occasion, with every word about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from services.journal.domain.attendance import Fact
from services.journal.domain.standing import Standing, standing


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact, and when journal learned it."""

    fact: Fact
    at: datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence of a meeting: what stands, and all facts in the order in which they were recorded."""

    stands: Standing
    facts: Sequence[Recorded]

    @property
    def start(self) -> datetime:
        """As the latest word has it: a meeting's time may be put right in the directory."""
        return self.facts[-1].fact.start


def story(recorded: Iterable[Recorded]) -> list[Occasion]:
    """Latest meeting first. `recorded` in the order in which it was."""
    sorted_ = sorted(recorded, key=_occasion)  # stable: within an occasion the order stays
    occasions = [list(group) for _, group in groupby(sorted_, key=_occasion)]
    told = [Occasion(standing([it.fact for it in group]), group) for group in occasions]
    return sorted(told, key=lambda occasion: occasion.start, reverse=True)


def _occasion(it: Recorded) -> tuple[str, str]:
    return str(it.fact.meeting_id), it.fact.date.isoformat()
