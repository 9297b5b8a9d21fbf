"""What an emitter reported, before anything is known about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.journal.domain.words import Outcome, ReportedBy

OLDEST = timedelta(days=366)
"""A year back at most, leap or not."""
AHEAD = timedelta(minutes=5)
EARLY = timedelta(hours=1)
"""People come early and help to put out chairs; what begins later than this after `observedAt` was not observed."""


@dataclass(slots=True)  # not frozen: one is made per event, and freezing triples what that costs
class Report:
    """`fact_id` follows from source and id, so that one event is one fact for ever; `content` is `data`'s digest.

    Who: `client` or `card` (SHA-256 of its code). Which meeting: `meeting_id` or `described` (see `directory`).
    """

    fact_id: UUID
    source: str
    content: bytes
    client: UUID | None
    card: bytes | None
    meeting_id: UUID | None
    described: str | None
    start: datetime | None
    outcome: Outcome
    observed_at: datetime
    reported_by: ReportedBy
    corrects: UUID | None
    traceparent: str | None = None
    time: datetime | None = None
    """What the envelope says, if it does."""
