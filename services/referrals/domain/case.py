"""A pathway in somebody's hands, and what was decided on it before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay import replay


@dataclass(slots=True)
class Case:
    """A pathway in somebody's hands: as it stands, and what has happened on it in this unit of work."""

    pathway: Pathway
    happened: list[Event] = field(default_factory=list)

    def take(self, events: Sequence[Event], pathway: Pathway | None = None) -> None:
        """`pathway`: as it is after them, where the rule has worked that out already."""
        self.happened.extend(events)
        self.pathway = pathway or replay(events, self.pathway)


@dataclass(frozen=True, slots=True)
class Decided:
    """One row of decisions, unsealed."""

    actor: str
    recorded_at: datetime
    events: Sequence[Event]
