"""What happened on a pathway, in the past tense. Kept for ever: change one only with a version and an upcast.

Own words (`words`, `perceptions`) are in here, so events are encrypted at rest and never leave the house as they are.
"""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.answers import Caution
from services.referrals.domain.ids import (
    ClientId,
    CommitmentId,
    FactId,
    GoalId,
    MeetingId,
    ReferralId,
    SessionId,
    WordId,
)
from services.referrals.domain.pathway import Circumstances, Occurred, Session, Word
from services.referrals.domain.session_parts import DidNotFit, Experience
from services.referrals.domain.vocabulary import (
    CommitmentOutcome,
    EndingKind,
    FlagCode,
    For,
    ForWhat,
    GoalKind,
    MeetingChange,
    Outcome,
    ReportedBy,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`at`: when it happened, in UTC. `commanded`: the first of what a person commanded (the ETag counts these)."""

    at: datetime
    commanded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOpened(Event):
    """`earlier`: the client's earlier pathways of the same `for`.

    `carried_over`, `fitted_before`, `did_not_fit_before`: what those knew.
    """

    referral_id: ReferralId
    client_id: ClientId
    provider: str
    team: str
    for_: For
    for_what: tuple[ForWhat, ...]
    time_zone: str
    opened_on: Day
    carried_over: tuple[Experience, ...] = ()
    earlier: tuple[ReferralId, ...] = ()
    fitted_before: tuple[MeetingId, ...] = ()
    did_not_fit_before: tuple[DidNotFit, ...] = ()
    keyworker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEnded(Event):
    kind: EndingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReopened(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """`keyworker`: none until the new team has one for this client."""

    keyworker: str | None
    team: str
    keyworker_before: str | None
    team_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsConsentGiven(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsConsentWithdrawn(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChanged(Event):
    """What belongs to the client and so to each of their pathways. What it is now stands with the client, not here."""

    what: Literal["consents", "identity", "card"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstancesSet(Event):
    """All of them, as they are from then on."""

    circumstances: Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(Event):
    """`at` is the session's `held_at`."""

    session: Session
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCorrected(Event):
    """The whole session as it should have been written down; `at` is when it was corrected."""

    session: Session
    cautions: tuple[Caution, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRaised(Event):
    code: FlagCode
    about: str | None = None
    what: tuple[MeetingChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLowered(Event):
    code: FlagCode
    about: str | None = None
