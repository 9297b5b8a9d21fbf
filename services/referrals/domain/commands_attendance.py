"""What client or keyworker tell of a meeting, and what journal says stands about it."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.ids import FactId, MeetingId
from services.referrals.domain.pathway import Word
from services.referrals.domain.vocabulary import Audience, Outcome, ReportedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFact:
    """A fact about client, meeting and local date, and what journal says stands after it (4-events).

    `outcome`, `decided_by` and `disagreement` are those that stand; `said` and `said_by` are the fact's own.
    `audience` and `organisation` are the meeting's.
    """

    fact_id: FactId
    meeting_id: MeetingId
    date: Day
    start: datetime
    audience: Audience
    outcome: Outcome
    decided_by: ReportedBy
    disagreement: bool
    observed_at: datetime
    recorded_at: datetime
    corrects: FactId | None = None
    organisation: str | None = None
    said: Outcome | None = None
    said_by: ReportedBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWord:
    """`word.at` is when it was observed, `start` when the meeting began."""

    word: Word
    start: datetime
    recorded_at: datetime
