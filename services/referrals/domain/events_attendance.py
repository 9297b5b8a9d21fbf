"""What was told of a meeting, and what stood about it after a fact."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.events import Event
from services.referrals.domain.ids import FactId, MeetingId, WordId
from services.referrals.domain.pathway import Word
from services.referrals.domain.vocabulary import Outcome, ReportedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceNoted(Event):
    """What stands about an occurrence after a fact; `at` is when it was observed.

    `said`, `said_by`: the fact's own; none in those from before that was kept.
    """

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
    said: Outcome | None = None
    said_by: ReportedBy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTaken(Event):
    """What client or keyworker told here of a meeting. What stands comes back from journal as `AttendanceNoted`.

    `corrects`: their earlier word about the same. Under an id that was told before only `on` and `reason` are news.
    """

    word: Word
    corrects: WordId | None = None
