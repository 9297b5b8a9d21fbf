"""A goal is proposed, agreed, or ends as client and keyworker say."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.ids import GoalId
from services.referrals.domain.vocabulary import GoalKind, GoalOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWanted:
    goal_id: GoalId
    kind: GoalKind
    due: Day | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetGoal:
    """To be proposed (`propose_goal`) or agreed (`agree_goal`)."""

    goal: GoalWanted
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteGoalOutcome:
    goal_id: GoalId
    outcome: GoalOutcome
    at: datetime
    recorded_at: datetime
