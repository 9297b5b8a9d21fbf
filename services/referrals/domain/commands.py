"""What people ask for. Time comes with the command: when it happened beside when we learned of it (`recorded_at`)."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.ids import ClientId, CommitmentId, FactId, GoalId, MeetingId, ReferralId, SessionId
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.vocabulary import (
    Audience,
    Concern,
    EndingKind,
    FlagCode,
    For,
    Format,
    ForWhat,
    GoalKind,
    GoalOutcome,
    HandoutState,
    How,
    MeetingStatus,
    Outcome,
    ReportedBy,
    Risk,
    Role,
    Stage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReferral:
    """`keyworker`: the `sub` of who opens it."""

    referral_id: ReferralId
    client_id: ClientId
    provider: str
    team: str
    for_: For
    for_what: tuple[ForWhat, ...]
    time_zone: str
    opened_at: datetime
    recorded_at: datetime
    keyworker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutNoted:
    """`date` is the session's day when it is not given."""

    number: int
    state: HandoutState
    date: Day | None = None
    format: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWanted:
    goal_id: GoalId
    kind: GoalKind
    due: Day | None = None
    words: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCircumstances:
    """All of them, as they are from now on."""

    circumstances: Circumstances
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitToMeeting:
    """One occurrence of a meeting, with what the directory knows today. `goal_id` is used if a goal must be agreed.

    `birth_date` is the client's. `override_reason`: how a standing safety notice was seen to, in the keyworker's words.
    `paused`: the team lead has paused it from being suggested.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCommitment:
    commitment_id: CommitmentId
    at: datetime
    recorded_at: datetime


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeFlag:
    """The keyworker has looked at it."""

    code: FlagCode
    about: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPathway:
    kind: EndingKind
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPathway:
    """`another_is_open`: the client has an open pathway of the same `for` at this provider.

    `in_care_of`: the team that the client is with now.
    """

    at: datetime
    recorded_at: datetime
    another_is_open: bool = False
    in_care_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """`to`: the `sub` of who is the keyworker from now on; none: the team sees to it. `team` is theirs.

    `kept_apart`: the client and they are.
    """

    to: str | None
    team: str
    at: datetime
    recorded_at: datetime
    kept_apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecordsConsent:
    records: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteClientChanged:
    """Consents but for records, identity or card: what belongs to the client rather than to one referral."""

    what: Literal["consents", "identity", "card"]
    at: datetime


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
