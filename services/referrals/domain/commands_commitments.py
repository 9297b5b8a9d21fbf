"""A meeting that the client plans to go to, or no longer does."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.ids import CommitmentId, GoalId, MeetingId
from services.referrals.domain.vocabulary import Audience, Format, MeetingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitToMeeting:
    """One occurrence of a meeting, with what the directory knows today. `goal_id` is used if a goal must be agreed.

    `birth_date` is the client's. `override_reason`: how a standing safety notice was seen to, in the keyworker's words.
    `paused`: the team lead has paused it from being suggested. `weeks_noted`: its list speaks of certain weeks.
    """

    commitment_id: CommitmentId
    goal_id: GoalId
    meeting_id: MeetingId
    date: Day
    start: datetime
    end: datetime
    time_zone: str
    audience: Audience
    status: MeetingStatus
    made_at: datetime
    recorded_at: datetime
    accompanied: bool = False
    organisation: str | None = None
    format: Format = "in-person"
    kinds: tuple[str, ...] = ()
    birth_date: Day | None = None
    override_reason: str | None = None
    paused: bool = False
    weeks_noted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCommitment:
    commitment_id: CommitmentId
    at: datetime
    recorded_at: datetime
