"""What stood about a meeting after a fact."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.ids import FactId, MeetingId
from services.referrals.domain.vocabulary import Outcome, ReportedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted(Event):
    """What stands about an occurrence after a fact; `at` is when it was observed."""

    fact_id: FactId
    meeting_id: MeetingId
    date: Day
    start: datetime
    outcome: Outcome
    decided_by: ReportedBy
    disagreement: bool
    recorded_at: datetime
    credited: bool
    corrects: FactId | None = None
    organisation: str | None = None
