"""Tells a pathway's story in a test: commands and facts in the order in which they were learned.

Monday 2 November 2026 is the first day; `at(3, 19)` is Thursday, seven in the evening, in London.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from services.referrals.domain import attendance, commitments, ending, goals, opening, sessions
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_attendance import StandingFact
from services.referrals.domain.commands_commitments import CommitToMeeting, WithdrawCommitment
from services.referrals.domain.commands_goals import GoalWanted, NoteGoalOutcome, SetGoal
from services.referrals.domain.commands_opening import EndPathway, OpenReferral, ReopenPathway
from services.referrals.domain.commands_sessions import HandoutNoted, HoldSession
from services.referrals.domain.events import Event
from services.referrals.domain.ids import ClientId, CommitmentId, FactId, GoalId, MeetingId, ReferralId, SessionId
from services.referrals.domain.pathway import Commitment, Goal, Pathway
from services.referrals.domain.replay import replay
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.vocabulary import (
    Audience,
    Concern,
    EndingKind,
    For,
    Format,
    GoalKind,
    GoalOutcome,
    How,
    MeetingStatus,
    Outcome,
    ReportedBy,
    Risk,
    Role,
    Stage,
)

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = date(2026, 11, 2)
AA = MeetingId(UUID("aaaaaaaa-0000-4000-8000-000000000001"))
SMART = MeetingId(UUID("55555555-0000-4000-8000-000000000002"))
NA = MeetingId(UUID("bbbbbbbb-0000-4000-8000-000000000003"))
AL_ANON = MeetingId(UUID("cccccccc-0000-4000-8000-000000000004"))


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def at(number: int, hour: int = 12, minute: int = 0) -> datetime:
    on = day(number)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=LONDON)


class OfSession(TypedDict, total=False):
    how: How
    present: tuple[Role, ...]
    handouts: tuple[HandoutNoted, ...]
    experience: tuple[Experience, ...]
    concerns: tuple[Concern, ...]
    goals: tuple[GoalWanted, ...]
    needs: Needs
    explained: tuple[Explained, ...]
    taking_part: tuple[TakingPart, ...]
    did_not_fit: tuple[DidNotFit, ...]
    risks: tuple[Risk, ...]
    lapse_on: date
    barriers: tuple[Barrier, ...]
    preferred_organisation: str


class OfCommitment(TypedDict, total=False):
    audience: Audience
    status: MeetingStatus
    recorded: datetime
    organisation: str
    format: Format
    kinds: tuple[str, ...]
    birth_date: date
    override_reason: str
    accompanied: bool


class OfFact(TypedDict, total=False):
    audience: Audience
    decided_by: ReportedBy
    disagreement: bool
    corrects: StandingFact
    observed: datetime
    organisation: str


class Story:
    """Refusals fail the test: one that wants a refusal asks the rule itself (`refused`)."""

    def __init__(
        self, for_: For = "self", *, earlier: tuple[Pathway, ...] = (), opened: datetime | None = None
    ) -> None:
        self.client_id = earlier[0].client_id if earlier else ClientId(uuid4())
        command = OpenReferral(
            referral_id=ReferralId(uuid4()),
            client_id=self.client_id,
            provider="X99",
            team="north",
            for_=for_,
            for_what=("alcohol",),
            time_zone="Europe/London",
            opened_at=opened or at(0, 9),
            recorded_at=opened or at(0, 9),
        )
        self.events: list[Event] = []
        self.latest: list[Event] = []
        self._take(opening.open_referral(command, earlier))

    @property
    def pathway(self) -> Pathway:
        return replay(self.events)

    def said(self) -> list[str]:
        """What the latest step said, by the events' names."""
        return [type(event).__name__ for event in self.latest]

    def hold(self, stage: Stage, held: datetime, **what: Unpack[OfSession]) -> SessionId:
        session_id = SessionId(uuid4())
        command = HoldSession(session_id=session_id, stage=stage, held_at=held, recorded_at=held, **what)
        self._take(sessions.hold_session(self.pathway, command))
        return session_id

    def correct(self, session_id: SessionId, stage: Stage, held: datetime, **what: Unpack[OfSession]) -> None:
        command = HoldSession(
            session_id=session_id, stage=stage, held_at=held, recorded_at=held + timedelta(days=1), **what
        )
        self._take(sessions.correct_session(self.pathway, command))

    def commit(self, meeting: MeetingId, start: datetime, made: datetime, **what: Unpack[OfCommitment]) -> CommitmentId:
        command = commit_command(meeting, start, made, **what)
        self._take(commitments.commit_to_meeting(self.pathway, command))
        return command.commitment_id

    def withdraw(self, commitment_id: CommitmentId, when: datetime) -> None:
        command = WithdrawCommitment(commitment_id=commitment_id, at=when, recorded_at=when)
        self._take(commitments.withdraw_commitment(self.pathway, command))

    def agree(self, kind: GoalKind, when: datetime, due: date | None = None, words: str | None = None) -> GoalId:
        return self._set(goals.agree_goal, kind, when, due, words)

    def propose(self, kind: GoalKind, when: datetime, due: date | None = None) -> GoalId:
        return self._set(goals.propose_goal, kind, when, due, None)

    def say(self, goal_id: GoalId, outcome: GoalOutcome, when: datetime) -> None:
        command = NoteGoalOutcome(goal_id=goal_id, outcome=outcome, at=when, recorded_at=when)
        self._take(goals.note_goal_outcome(self.pathway, command))

    def end(self, kind: EndingKind, when: datetime, recorded: datetime | None = None) -> None:
        command = EndPathway(kind=kind, at=when, recorded_at=recorded or when)
        self._take(ending.end_pathway(self.pathway, command))

    def reopen(self, when: datetime, recorded: datetime | None = None) -> None:
        self._take(ending.reopen_pathway(self.pathway, ReopenPathway(at=when, recorded_at=recorded or when)))

    def fact(
        self, meeting: MeetingId, start: datetime, outcome: Outcome = "attended", **what: Unpack[OfFact]
    ) -> StandingFact:
        fact = standing_fact(meeting, start, outcome, **what)
        self.tell(fact)
        return fact

    def tell(self, fact: StandingFact) -> None:
        self._take(attendance.note_attendance(self.pathway, fact))

    def commitment(self, commitment_id: CommitmentId) -> Commitment:
        made = self.pathway.commitment(commitment_id)
        assert made is not None
        return made

    def goal(self, goal_id: GoalId) -> Goal:
        goal = self.pathway.goal(goal_id)
        assert goal is not None
        return goal

    def goals(self, kind: GoalKind) -> list[Goal]:
        return [goal for goal in self.pathway.goals if goal.kind == kind]

    def the_goal(self, kind: GoalKind = "attend-meeting") -> Goal:
        [goal] = self.goals(kind)
        return goal

    def _set(
        self,
        rule: Callable[[Pathway, SetGoal], list[Event] | Refusal],
        kind: GoalKind,
        when: datetime,
        due: date | None,
        words: str | None,
    ) -> GoalId:
        goal = wanted(kind, due, words)
        self._take(rule(self.pathway, SetGoal(goal=goal, at=when, recorded_at=when)))
        return goal.goal_id

    def _take(self, answer: list[Event] | Refusal) -> None:
        assert not isinstance(answer, Refusal), answer
        self.latest = answer
        self.events += answer


def wanted(kind: GoalKind, due: date | None = None, words: str | None = None) -> GoalWanted:
    return GoalWanted(goal_id=GoalId(uuid4()), kind=kind, due=due, words=words)


def refused(answer: list[Event] | Refusal) -> tuple[str, str | None]:
    """The code and the field of a refusal, which has a reason too."""
    assert isinstance(answer, Refusal), answer
    assert answer.reason
    return answer.code, answer.field


def commit_command(
    meeting: MeetingId, start: datetime, made: datetime, **what: Unpack[OfCommitment]
) -> CommitToMeeting:
    return CommitToMeeting(
        commitment_id=CommitmentId(uuid4()),
        goal_id=GoalId(uuid4()),
        meeting_id=meeting,
        date=start.date(),
        start=start,
        end=start + timedelta(minutes=90),
        time_zone="Europe/London",
        audience=what.get("audience", "self"),
        status=what.get("status", "active"),
        made_at=made,
        recorded_at=what.get("recorded", made),
        accompanied=what.get("accompanied", False),
        organisation=what.get("organisation"),
        format=what.get("format", "in-person"),
        kinds=what.get("kinds", ()),
        birth_date=what.get("birth_date"),
        override_reason=what.get("override_reason"),
    )


def standing_fact(
    meeting: MeetingId, start: datetime, outcome: Outcome = "attended", **what: Unpack[OfFact]
) -> StandingFact:
    observed = what.get("observed", start + timedelta(hours=2))
    corrects = what.get("corrects")
    return StandingFact(
        fact_id=FactId(uuid4()),
        meeting_id=meeting,
        date=start.date(),
        start=start,
        audience=what.get("audience", "self"),
        outcome=outcome,
        decided_by=what.get("decided_by", "client"),
        disagreement=what.get("disagreement", False),
        observed_at=observed,
        recorded_at=observed,
        corrects=corrects.fact_id if corrects else None,
        organisation=what.get("organisation"),
    )
