"""No sequence of commands and facts reaches a state that 3-fama does not know."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.referrals.domain import attendance, commitments, consents, ending, flags, goals, opening, sessions
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_attendance import StandingFact
from services.referrals.domain.commands_client import SetRecordsConsent
from services.referrals.domain.commands_commitments import CommitToMeeting, WithdrawCommitment
from services.referrals.domain.commands_flags import SeeFlag
from services.referrals.domain.commands_goals import GoalWanted, NoteGoalOutcome, SetGoal
from services.referrals.domain.commands_opening import EndPathway, OpenReferral, ReopenPathway
from services.referrals.domain.commands_sessions import HandoutNoted, HoldSession
from services.referrals.domain.commitments_outcome import outcome_of
from services.referrals.domain.events import Event
from services.referrals.domain.evidence import evidence, not_heard_from
from services.referrals.domain.goals_by_attendance import BY_ATTENDANCE, achieves
from services.referrals.domain.history import history
from services.referrals.domain.ids import ClientId, CommitmentId, FactId, GoalId, MeetingId, ReferralId, SessionId
from services.referrals.domain.meeting_changes import Change, note_meeting_change
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay import evolve, replay
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.vocabulary import (
    Audience,
    EndingKind,
    FlagCode,
    For,
    GoalKind,
    GoalOutcome,
    MeetingStatus,
    Stage,
)
from tests.unit.meeting_builder import a_meeting
from tests.unit.referrals_domain.kept import event_kept_and_loaded, pathway_kept_and_loaded
from tests.unit.referrals_domain.story import at

MEETINGS = [MeetingId(UUID(int=number)) for number in range(1, 4)]
# (before, after) as in the tables of 3-fama; None is "not there yet".
GOAL_MOVES = {
    (None, "proposed"),
    (None, "agreed"),
    ("proposed", "agreed"),
    ("proposed", "dropped"),
    ("agreed", "achieved"),
    ("agreed", "not-achieved"),
    ("agreed", "dropped"),
    ("agreed", "paused"),
    ("achieved", "agreed"),
    ("paused", "agreed"),
    # What happened before an ending is still taken after it.
    ("paused", "achieved"),
    ("paused", "not-achieved"),
    ("paused", "dropped"),
    ("dropped", "achieved"),
    ("dropped", "not-achieved"),
}
OUTCOMES = {"attended", "not-attended", "not-known", "went-to-another"}
COMMITMENT_MOVES = (
    {(None, "planned"), ("planned", "withdrawn"), ("went-to-another", "planned")}
    | {("planned", outcome) for outcome in OUTCOMES}
    | {(before, after) for before in OUTCOMES for after in OUTCOMES if before != after}
)

starts = st.integers(0, 30).flatmap(lambda day: st.sampled_from([at(day, 12), at(day, 19)]))
backdated = st.sampled_from([0, 0, 0, 1, 30, 24 * 3, 24 * 12]).map(lambda hours: timedelta(hours=hours))
dues = st.none() | st.integers(-2, 35).map(lambda day: at(day).date())

told_facts = st.builds(
    StandingFact,
    meeting_id=st.sampled_from(MEETINGS),
    start=starts,
    audience=st.sampled_from(["self", "family", "both"]),
    outcome=st.sampled_from(["attended", "attended", "not-attended", "not-known"]),
    decided_by=st.sampled_from(["client", "keyworker", "peer", "emitter"]),
    disagreement=st.booleans(),
    # The machine says the rest.
    fact_id=st.just(FactId(UUID(int=0))),
    date=st.just(at(0).date()),
    observed_at=st.just(at(0)),
    recorded_at=st.just(at(0)),
)


class PathwayMachine(RuleBasedStateMachine):
    """`now` moves forward; what is told of may have happened before."""

    def __init__(self) -> None:
        super().__init__()
        self.now = at(0, 9)
        self.events: list[Event] = []
        self.facts: list[StandingFact] = []
        self.minted = 1000
        self.pathway: Pathway

    def mint(self) -> UUID:
        self.minted += 1
        return UUID(int=self.minted)

    @initialize(for_=st.sampled_from(["self", "family"]), back=backdated)
    def opened(self, for_: For, back: timedelta) -> None:
        command = OpenReferral(
            referral_id=ReferralId(self.mint()),
            client_id=ClientId(self.mint()),
            provider="X99",
            team="north",
            for_=for_,
            for_what=("alcohol", "drug"),
            time_zone="Europe/London",
            opened_at=self.now - back,
            recorded_at=self.now,
        )
        answer = opening.open_referral(command)
        assert not isinstance(answer, Refusal)
        self.pathway = replay(answer)
        self.events = list(answer)

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(stage=st.sampled_from([1, 2, 3]), back=backdated, kind=st.sampled_from(BY_ATTENDANCE), due=dues)
    def hold_session(self, stage: Stage, back: timedelta, kind: GoalKind, due: datetime | None) -> None:
        self.command(sessions.hold_session(self.pathway, self.session(SessionId(self.mint()), stage, back, kind, due)))

    @precondition(lambda self: self.pathway.sessions)
    @rule(data=st.data(), stage=st.sampled_from([1, 2, 3]), back=backdated, due=dues)
    def correct_session(self, data: st.DataObject, stage: Stage, back: timedelta, due: datetime | None) -> None:
        session = data.draw(st.sampled_from(self.pathway.sessions))
        command = self.session(session.session_id, stage, back, "attend-meeting", due)
        self.command(sessions.correct_session(self.pathway, command))

    def session(
        self, session_id: SessionId, stage: Stage, back: timedelta, kind: GoalKind, due: datetime | None
    ) -> HoldSession:
        return HoldSession(
            session_id=session_id,
            stage=stage,
            held_at=self.now - back,
            recorded_at=self.now,
            handouts=(HandoutNoted(number=3, state="read"),),
            concerns=("cost",),
            goals=(GoalWanted(goal_id=GoalId(self.mint()), kind=kind, due=due),),
        )

    @rule(
        meeting=st.sampled_from(MEETINGS),
        start=starts,
        back=backdated,
        audience=st.sampled_from(["self", "family", "both"]),
        status=st.sampled_from(["active", "active", "closed-for-now", "withdrawn"]),
    )
    def commit(
        self, meeting: MeetingId, start: datetime, back: timedelta, audience: Audience, status: MeetingStatus
    ) -> None:
        command = CommitToMeeting(
            commitment_id=CommitmentId(self.mint()),
            goal_id=GoalId(self.mint()),
            meeting_id=meeting,
            date=start.date(),
            start=start,
            end=start + timedelta(hours=1),
            time_zone="Europe/London",
            audience=audience,
            status=status,
            made_at=self.now - back,
            recorded_at=self.now,
        )
        self.command(commitments.commit_to_meeting(self.pathway, command))

    @precondition(lambda self: self.pathway.commitments)
    @rule(data=st.data(), back=backdated)
    def withdraw(self, data: st.DataObject, back: timedelta) -> None:
        made = data.draw(st.sampled_from(self.pathway.commitments))
        command = WithdrawCommitment(commitment_id=made.commitment_id, at=self.now - back, recorded_at=self.now)
        self.command(commitments.withdraw_commitment(self.pathway, command))

    @rule(kind=st.sampled_from([*BY_ATTENDANCE, "own-words"]), due=dues, back=backdated, agreed=st.booleans())
    def set_goal(self, kind: GoalKind, due: datetime | None, back: timedelta, agreed: bool) -> None:
        wanted = GoalWanted(goal_id=GoalId(self.mint()), kind=kind, due=due, words="To sleep again")
        command = SetGoal(goal=wanted, at=self.now - back, recorded_at=self.now)
        self.command((goals.agree_goal if agreed else goals.propose_goal)(self.pathway, command))

    @precondition(lambda self: self.pathway.goals)
    @rule(data=st.data(), outcome=st.sampled_from(["agreed", "achieved", "not-achieved", "dropped"]), back=backdated)
    def say_goal(self, data: st.DataObject, outcome: GoalOutcome, back: timedelta) -> None:
        goal = data.draw(st.sampled_from(self.pathway.goals))
        command = NoteGoalOutcome(goal_id=goal.goal_id, outcome=outcome, at=self.now - back, recorded_at=self.now)
        self.command(goals.note_goal_outcome(self.pathway, command))

    @rule(
        kind=st.sampled_from(
            ["engaged", "not-at-this-time", "completed-treatment", "transferred", "lost-contact", "died"]
        ),
        back=backdated,
    )
    def end(self, kind: EndingKind, back: timedelta) -> None:
        self.command(ending.end_pathway(self.pathway, EndPathway(kind=kind, at=self.now - back, recorded_at=self.now)))

    @precondition(lambda self: self.pathway.state == "ended")
    @rule(back=backdated)
    def reopen(self, back: timedelta) -> None:
        self.command(ending.reopen_pathway(self.pathway, ReopenPathway(at=self.now - back, recorded_at=self.now)))

    @rule(records=st.booleans())
    def consent(self, records: bool) -> None:
        events = consents.set_records_consent(self.pathway, SetRecordsConsent(records=records, at=self.now))
        assert bool(events) == (records != self.pathway.records)
        if events:
            self.command(events)

    @rule(code=st.sampled_from(["message-undeliverable", "wants-to-talk"]), up=st.booleans())
    def flag(self, code: FlagCode, up: bool) -> None:
        self.take((flags.raise_flag if up else flags.lower_flag)(self.pathway, code, None, self.now), commands=0)
        assert (code in [flag.code for flag in self.pathway.flags]) == up

    @precondition(lambda self: self.pathway.commitments)
    @rule(data=st.data(), weekday=st.integers(1, 7), status=st.sampled_from(["active", "closed-for-now", "withdrawn"]))
    def meeting_changes(self, data: st.DataObject, weekday: int, status: MeetingStatus) -> None:
        made = data.draw(st.sampled_from(self.pathway.commitments))
        before = a_meeting(meeting_id=made.meeting_id)
        after = a_meeting(meeting_id=made.meeting_id, weekday=weekday, status=status)
        self.take(note_meeting_change(self.pathway, Change(before, after), self.now), commands=0)
        assert note_meeting_change(self.pathway, Change(after, after), self.now) == []

    @precondition(lambda self: self.pathway.flags)
    @rule(data=st.data())
    def see(self, data: st.DataObject) -> None:
        flag = data.draw(st.sampled_from(self.pathway.flags))
        seen = flags.see_flag(self.pathway, SeeFlag(code=flag.code, about=flag.about, at=self.now))
        if flag.code in flags.ANSWERED_ONLY:
            assert seen == []
            return
        self.command(seen)
        assert flag not in self.pathway.flags

    @rule(told=told_facts, corrects=st.booleans())
    def fact(self, told: StandingFact, corrects: bool) -> None:
        before = [f for f in self.facts if (f.meeting_id, f.date) == (told.meeting_id, told.start.date())]
        fact = replace(
            told,
            fact_id=FactId(self.mint()),
            date=told.start.date(),
            observed_at=told.start,
            recorded_at=self.now,
            corrects=before[-1].fact_id if corrects and before else None,
        )
        self.facts.append(fact)
        self.take(attendance.note_attendance(self.pathway, fact), commands=0)

    @precondition(lambda self: self.facts)
    @rule(data=st.data())
    def fact_again(self, data: st.DataObject) -> None:
        assert attendance.note_attendance(self.pathway, data.draw(st.sampled_from(self.facts))) == []

    def command(self, answer: list[Event] | Refusal) -> None:
        if isinstance(answer, Refusal):
            assert answer.code
            assert answer.reason
        else:
            assert answer[0].commanded
            self.take(answer, commands=1)

    def take(self, events: list[Event], commands: int) -> None:
        before = self.pathway
        for event in events:
            after = evolve(self.pathway, event)
            self.moves_are_known(self.pathway, after)
            self.pathway = after
        self.events += events
        assert self.pathway.version == before.version + len(events)
        assert self.pathway.commands_version == before.commands_version + commands

    def moves_are_known(self, before: Pathway, after: Pathway) -> None:
        for goal in after.goals:
            was = before.goal(goal.goal_id)
            assert (was and was.state) == goal.state or (was and was.state, goal.state) in GOAL_MOVES
        for made in after.commitments:
            had = before.commitment(made.commitment_id)
            assert (had and had.state) == made.state or (had and had.state, made.state) in COMMITMENT_MOVES

    @invariant()
    def replaying_the_events_gives_the_same_state(self) -> None:
        assert replay(map(event_kept_and_loaded, self.events)) == self.pathway

    @invariant()
    def keeping_and_loading_gives_the_same_state(self) -> None:
        assert pathway_kept_and_loaded(self.pathway) == self.pathway

    @invariant()
    def commitments_say_what_the_facts_say(self) -> None:
        for made in self.pathway.commitments:
            assert made.state in ("withdrawn", outcome_of(made, self.pathway))

    @invariant()
    def goals_say_what_the_facts_say(self) -> None:
        for kind in BY_ATTENDANCE:
            of_kind = [goal for goal in self.pathway.goals if goal.kind == kind]
            by = [goal.achieved_by for goal in of_kind if goal.achieved_by]
            assert len(by) == len(set(by)), "one fact achieves at most one goal of a kind"
            for goal in of_kind:
                assert goal.achieved_by is None or goal.state == "achieved"
                unused = [
                    a for a in self.pathway.attendance if achieves(a, goal, self.pathway) and a.occurred not in by
                ]
                assert goal.state != "agreed" or not unused
            stood = [self.pathway.attendance_at(occurred) for occurred in by]
            assert all(attended and attended.outcome == "attended" for attended in stood)

    @invariant()
    def nothing_is_open_after_an_ending(self) -> None:
        if self.pathway.ended_at:
            assert all(goal.state != "agreed" for goal in self.pathway.goals)
            ended = self.pathway.ended_at
            assert all(made.state != "planned" or made.start < ended for made in self.pathway.commitments)
        else:
            assert not any(goal.state == "paused" or goal.stopped_by_ending for goal in self.pathway.goals)

    @invariant()
    def everything_can_be_shown(self) -> None:
        assert (suggest_next(self.pathway) is None) == (self.pathway.state == "ended")
        assert len(history(self.events)) <= len(self.events)
        evidence(self.pathway, self.now.date())
        silent = {one.commitment_id for one in not_heard_from(self.pathway, self.now)}
        assert all(made.state == "planned" for made in self.pathway.commitments if made.commitment_id in silent)


PathwayMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestPathwayMachine = PathwayMachine.TestCase
