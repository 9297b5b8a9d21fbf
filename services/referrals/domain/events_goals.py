"""What became of a goal."""

from dataclasses import dataclass
from datetime import date as Day
from typing import Literal

from services.referrals.domain.answers import Caution
from services.referrals.domain.events import Event
from services.referrals.domain.ids import GoalId, SessionId
from services.referrals.domain.pathway import Occurred
from services.referrals.domain.vocabulary import GoalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProposed(Event):
    goal_id: GoalId
    kind: GoalKind
    due: Day | None = None
    words: str | None = None
    session_id: SessionId | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAgreed(GoalProposed):
    """Agreed anew with the same id: a proposed one, or with another due day. `agreed_on` is the client's local day."""

    agreed_on: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAchieved(Event):
    """`by` is the meeting that achieved it; None when client or keyworker said so."""

    goal_id: GoalId
    by: Occurred | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalNotAchieved(Event):
    goal_id: GoalId


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDropped(Event):
    goal_id: GoalId
    because: Literal["said", "ending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPaused(Event):
    goal_id: GoalId


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResumed(Event):
    """Agreed again: what achieved it was corrected away, or the pathway was reopened."""

    goal_id: GoalId
