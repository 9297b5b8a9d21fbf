"""A session as it was held, or as it should have been written down."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime

from services.referrals.domain.commands_goals import GoalWanted
from services.referrals.domain.ids import SessionId
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.vocabulary import Concern, HandoutState, How, Risk, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutNoted:
    """`date` is the session's day when it is not given."""

    number: int
    state: HandoutState
    date: Day | None = None
    format: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldSession:
    """Also the whole of a session as it should have been (`correct_session`). `goals` are agreed in it."""

    session_id: SessionId
    stage: Stage
    held_at: datetime
    recorded_at: datetime
    how: How | None = None
    present: tuple[Role, ...] = ()
    handouts: tuple[HandoutNoted, ...] = ()
    experience: tuple[Experience, ...] = ()
    concerns: tuple[Concern, ...] = ()
    goals: tuple[GoalWanted, ...] = ()
    needs: Needs | None = None
    explained: tuple[Explained, ...] = ()
    taking_part: tuple[TakingPart, ...] = ()
    did_not_fit: tuple[DidNotFit, ...] = ()
    risks: tuple[Risk, ...] = ()
    lapse_on: Day | None = None
    barriers: tuple[Barrier, ...] = ()
    preferred_organisation: str | None = None
