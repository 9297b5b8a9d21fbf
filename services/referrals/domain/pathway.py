"""What is known of one client's way into mutual aid: the state that the events add up to (3-fama).

Plain types only: written as JSON (orjson) and loaded again (pydantic) with every event, so it stays small.
Every moment is in UTC: two times of one zone would be compared by their wall clocks.
"""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.accompanying import Company
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
from services.referrals.domain.session_parts import (
    Barrier,
    DidNotFit,
    Experience,
    Explained,
    Handout,
    Needs,
    TakingPart,
)
from services.referrals.domain.vocabulary import (
    CommitmentState,
    Concern,
    ConfirmedOn,
    EndingKind,
    FlagCode,
    For,
    ForWhat,
    GoalKind,
    GoalState,
    How,
    MeetingChange,
    NotAttendedReason,
    Outcome,
    ReleasedFrom,
    ReportedBy,
    Risk,
    Role,
    Stage,
    Teller,
)


@dataclass(frozen=True, slots=True)
class Occurred:
    """One meeting on one local date: what a fact is about. 19:00 and 19:02 are the same."""

    meeting_id: MeetingId
    date: Day

    def of(self, it: "Commitment | Attendance") -> bool:
        return it.date == self.date and it.meeting_id == self.meeting_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A FAMA session. Only stage and date are required: None and empty mean not recorded, never not done."""

    session_id: SessionId
    stage: Stage
    held_at: datetime
    how: How | None = None
    present: tuple[Role, ...] = ()
    handouts: tuple[Handout, ...] = ()
    experience: tuple[Experience, ...] = ()
    concerns: tuple[Concern, ...] = ()
    needs: Needs | None = None
    explained: tuple[Explained, ...] = ()
    taking_part: tuple[TakingPart, ...] = ()
    did_not_fit: tuple[DidNotFit, ...] = ()
    risks: tuple[Risk, ...] = ()
    lapse_on: Day | None = None
    barriers: tuple[Barrier, ...] = ()
    preferred_organisation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a plan has to mind beside the sessions. Nothing of it leaves the service: Famalink proves no attendance.

    `court_set_by`: who made mutual aid a condition. `release_on`: the day the client leaves `release_from`, for
    `release_area`. `safeguarding_agreed_by`: the lead who agreed to adult meetings and peers for somebody under 18.
    """

    court_ordered: bool = False
    court_set_by: str | None = None
    release_from: ReleasedFrom | None = None
    release_on: Day | None = None
    release_area: str | None = None
    no_phone: bool = False
    safeguarding_agreed_by: str | None = None
    safeguarding_agreed_on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A care-planned goal. `agreed_on` is the client's local day; `since`: when it came into its state.

    `stopped_by_ending`: paused or dropped by the pathway's ending, so what happened before may still achieve it;
    false again once the pathway is reopened.
    """

    goal_id: GoalId
    kind: GoalKind
    state: GoalState
    since: datetime
    agreed_on: Day | None = None
    due: Day | None = None
    words: str | None = None
    session_id: SessionId | None = None
    achieved_by: Occurred | None = None
    stopped_by_ending: bool = False

    @property
    def in_progress(self) -> bool:
        """Agreed; or stopped by the ending, as what happened before that is still taken after it."""
        return self.state == "agreed" or self.stopped_by_ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A meeting the client plans to go to: one dated occurrence. `made_on` is the client's local day."""

    commitment_id: CommitmentId
    meeting_id: MeetingId
    date: Day
    start: datetime
    end: datetime
    time_zone: str
    made_at: datetime
    made_on: Day
    state: CommitmentState = "planned"
    disagreement: bool = False
    accompanied: bool = False
    organisation: str | None = None
    override_reason: str | None = None

    @property
    def occurred(self) -> Occurred:
        return Occurred(self.meeting_id, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """What stands about one occurrence, and which facts said so. Kept although no commitment matches (yet).

    `credited`: it counts towards commitments and goals; false for what happened while the pathway was ended.
    """

    meeting_id: MeetingId
    date: Day
    start: datetime
    outcome: Outcome
    decided_by: ReportedBy
    observed_at: datetime
    disagreement_since: datetime | None = None
    credited: bool = True
    fact_ids: tuple[FactId, ...] = ()
    organisation: str | None = None

    @property
    def occurred(self) -> Occurred:
        return Occurred(self.meeting_id, self.date)

    @property
    def went(self) -> bool:
        return self.credited and self.outcome == "attended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The latest that client or keyworker told here of one occurrence; `at`: when it was told.

    `on`: what a keyworker confirms it on; `reason`: why the client did not go, if it was said. Both stay in the house.
    """

    word_id: WordId
    meeting_id: MeetingId
    date: Day
    outcome: Outcome
    by: Teller
    at: datetime
    on: ConfirmedOn | None = None
    reason: NotAttendedReason | None = None

    @property
    def occurred(self) -> Occurred:
        return Occurred(self.meeting_id, self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something for the keyworker to look at; `about` is an id as text, or None when it is the client.

    `what`: of a meeting that has changed, in which way.
    """

    code: FlagCode
    since: datetime
    about: str | None = None
    what: tuple[MeetingChange, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Pathway:
    """`keyworker`: whose client this is, by their `sub`; none for pathways from before that was kept.

    `version` counts all events, `commands_version` people's commands only: that is the ETag.

    Without slots: its copy with every event is then one update of a dictionary (`replay.evolve`).
    """

    referral_id: ReferralId
    client_id: ClientId
    provider: str
    team: str
    for_: For
    for_what: tuple[ForWhat, ...]
    time_zone: str
    opened_at: datetime
    opened_on: Day
    state: Literal["open", "ended"] = "open"
    ending: EndingKind | None = None
    ended_at: datetime | None = None
    records: bool = False
    carried_over: tuple[Experience, ...] = ()
    earlier: tuple[ReferralId, ...] = ()
    fitted_before: tuple[MeetingId, ...] = ()
    did_not_fit_before: tuple[DidNotFit, ...] = ()
    keyworker: str | None = None
    circumstances: Circumstances = Circumstances()
    sessions: tuple[Session, ...] = ()
    goals: tuple[Goal, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    flags: tuple[Flag, ...] = ()
    company: tuple[Company, ...] = ()
    words: tuple[Word, ...] = ()
    version: int = 0
    commands_version: int = 0

    @property
    def latest_session(self) -> Session | None:
        """By the date it was held, not by when it was written down."""
        return self.sessions_by_date[-1] if self.sessions else None

    @property
    def sessions_by_date(self) -> list[Session]:
        return sorted(self.sessions, key=lambda session: session.held_at)

    @property
    def stage(self) -> Stage | None:
        """The stage of the latest session; None before the first."""
        return latest.stage if (latest := self.latest_session) else None

    def session(self, session_id: SessionId) -> Session | None:
        return next((session for session in self.sessions if session.session_id == session_id), None)

    def goal(self, goal_id: GoalId) -> Goal | None:
        return next((goal for goal in self.goals if goal.goal_id == goal_id), None)

    def commitment(self, commitment_id: CommitmentId) -> Commitment | None:
        return next((made for made in self.commitments if made.commitment_id == commitment_id), None)

    def attendance_at(self, occurred: Occurred) -> Attendance | None:
        return next((a for a in reversed(self.attendance) if occurred.of(a)), None)

    @property
    def occasions(self) -> set[Occurred]:
        """That the client planned to go to, or that there is word of."""
        return {made.occurred for made in self.commitments} | {known.occurred for known in self.attendance}

    def words_about(self, occurred: Occurred) -> list[Word]:
        """At most one of the client and one of the keyworker."""
        return [word for word in self.words if word.occurred == occurred]

    def before_ending(self, at: datetime) -> bool:
        """True while open, and for what happened before an ending: that is still taken after it (decision 3)."""
        return self.ended_at is None or at < self.ended_at
