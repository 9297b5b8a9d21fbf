"""A meeting was planned, was no longer, or something was heard of it."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.answers import Caution
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CommitmentId, GoalId, MeetingId
from services.referrals.domain.vocabulary import CommitmentOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentMade(Event):
    """`goal_id` is the open attend-meeting goal that it serves. `at` is when it was made, `made_on` that local day."""

    commitment_id: CommitmentId
    goal_id: GoalId
    meeting_id: MeetingId
    date: Day
    start: datetime
    end: datetime
    time_zone: str
    made_on: Day
    accompanied: bool = False
    organisation: str | None = None
    override_reason: str | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentWithdrawn(Event):
    commitment_id: CommitmentId
    because: Literal["said", "ending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentOutcomeNoted(Event):
    """`planned` again: what made it *went to another* was corrected away, and there is no other word."""

    commitment_id: CommitmentId
    outcome: CommitmentOutcome
    disagreement: bool
