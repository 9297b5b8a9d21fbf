"""What journal says stands about a meeting."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.ids import FactId, MeetingId
from services.referrals.domain.vocabulary import Audience, Outcome, ReportedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFact:
    """A fact about client, meeting and local date, and what journal says stands after it (4-events).

    `outcome`, `decided_by` and `disagreement` are those that stand, not the fact's own.
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
