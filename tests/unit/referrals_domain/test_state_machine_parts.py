"""No sequence with all that a session may note and with circumstances leads out of 3-fama either."""

from datetime import datetime, timedelta
from typing import Any, get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from services.referrals.domain import circumstances, commitments, sessions
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_client import SetCircumstances
from services.referrals.domain.commands_commitments import CommitToMeeting
from services.referrals.domain.commands_sessions import HandoutNoted, HoldSession
from services.referrals.domain.evidence import shown_state
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.history import history
from services.referrals.domain.ids import CommitmentId, GoalId, SessionId
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.suggestions import suggestions
from services.referrals.domain.taking_part import WAYS, takes_part
from services.referrals.domain.vocabulary import (
    BarrierKind,
    Concern,
    DidNotFitReason,
    ExperienceLevel,
    HandoutState,
    HowExplained,
    OnwardReferral,
    ReleasedFrom,
    Risk,
    Role,
    Stage,
    Topic,
    Way,
)
from services.referrals.domain.young import for_the_young, under_18
from tests.unit.referrals_domain.story import at
from tests.unit.referrals_domain.test_state_machine import MEETINGS, PathwayMachine, backdated, starts

YOUNG, GROWN = at(-17 * 365).date(), at(-40 * 365).date()
days = st.integers(-5, 35).map(lambda day: at(day).date())
organisations = st.sampled_from(["aa", "smart-recovery", "al-anon", "alateen", "the-tuesday-group"])


def one_of(codes: object) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(codes))


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


parts = st.fixed_dictionaries(
    {},
    optional={
        "present": several(one_of(Role)),
        "handouts": several(
            st.builds(HandoutNoted, number=st.integers(0, 11), state=one_of(HandoutState), date=st.none() | days)
        ),
        "experience": several(
            st.builds(
                Experience,
                organisation=organisations,
                level=one_of(ExperienceLevel),
                perceptions=st.none() | st.text(max_size=20),
                concerns=several(one_of(Concern)),
            )
        ),
        "concerns": several(one_of(Concern)),
        "needs": st.builds(
            Needs,
            reading_together=st.booleans(),
            interpreter=st.booleans(),
            unread_text=st.booleans(),
            onward_referral=st.none() | one_of(OnwardReferral),
        ),
        "explained": several(st.builds(Explained, topic=one_of(Topic), how=one_of(HowExplained))),
        "taking_part": several(
            st.builds(
                TakingPart,
                organisation=organisations,
                way=st.none() | one_of(Way),
                words=st.none() | st.text(max_size=20),
            )
        ),
        "did_not_fit": several(
            st.builds(
                DidNotFit,
                organisation=organisations,
                reasons=several(one_of(DidNotFitReason)),
                meeting_id=st.none() | st.sampled_from(MEETINGS),
            )
        ),
        "risks": several(one_of(Risk)),
        "lapse_on": days,
        "barriers": several(st.builds(Barrier, kind=one_of(BarrierKind), where=st.just("The advice centre"), on=days)),
        "preferred_organisation": organisations,
    },
)
lived = st.builds(
    Circumstances,
    court_ordered=st.booleans(),
    court_set_by=st.none() | st.just("the court"),
    release_from=st.none() | one_of(ReleasedFrom),
    release_on=st.none() | days,
    no_phone=st.booleans(),
    safeguarding_agreed_by=st.none() | st.just("Sam Lead"),
    safeguarding_agreed_on=st.none() | days,
)


class PathwayWithPartsMachine(PathwayMachine):
    @rule(stage=st.sampled_from([1, 2, 3]), back=backdated, noted=parts)
    def hold_session_with_parts(self, stage: Stage, back: timedelta, noted: dict[str, Any]) -> None:
        command = self.session_with(SessionId(self.mint()), stage, back, noted)
        answer = sessions.hold_session(self.pathway, command)
        self.command(answer)
        if not isinstance(answer, Refusal):
            self.everything_said_is_kept(command)

    @precondition(lambda self: self.pathway.sessions)
    @rule(data=st.data(), stage=st.sampled_from([1, 2, 3]), back=backdated, noted=parts)
    def correct_session_with_parts(
        self, data: st.DataObject, stage: Stage, back: timedelta, noted: dict[str, Any]
    ) -> None:
        session = data.draw(st.sampled_from(self.pathway.sessions))
        self.command(sessions.correct_session(self.pathway, self.session_with(session.session_id, stage, back, noted)))

    @rule(wanted=lived)
    def set_circumstances(self, wanted: Circumstances) -> None:
        command = SetCircumstances(circumstances=wanted, at=self.now, recorded_at=self.now)
        if answer := circumstances.set_circumstances(self.pathway, command):
            self.command(answer)

    @rule(
        meeting=st.sampled_from(MEETINGS),
        start=starts,
        organisation=organisations,
        format_=st.sampled_from(["in-person", "online"]),
        kinds=several(st.sampled_from(["closed", "young-people", "women"])),
        born=st.sampled_from([None, YOUNG, GROWN]),
        why=st.none() | st.just("Seen to by the nurse today"),
    )
    def commit_with_all_that_is_known(self, meeting: Any, start: datetime, **known: Any) -> None:  # noqa: ANN401 - as drawn
        command = CommitToMeeting(
            commitment_id=CommitmentId(self.mint()),
            goal_id=GoalId(self.mint()),
            meeting_id=meeting,
            date=start.date(),
            start=start,
            end=start + timedelta(hours=1),
            time_zone="Europe/London",
            audience="both",
            status="active",
            made_at=self.now,
            recorded_at=self.now,
            organisation=known["organisation"],
            format=known["format_"],
            kinds=known["kinds"],
            birth_date=known["born"],
            override_reason=known["why"],
        )
        answer = commitments.commit_to_meeting(self.pathway, command)
        agreed = self.pathway.circumstances.safeguarding_agreed_by is not None
        self.command(answer)
        if not isinstance(answer, Refusal) and known["born"] and under_18(known["born"], start.date()):
            assert agreed or for_the_young(known["organisation"], known["kinds"])

    def session_with(self, session_id: SessionId, stage: Stage, back: timedelta, noted: dict[str, Any]) -> HoldSession:
        return HoldSession(session_id=session_id, stage=stage, held_at=self.now - back, recorded_at=self.now, **noted)

    def everything_said_is_kept(self, command: HoldSession) -> None:
        session = self.pathway.session(command.session_id)
        assert session is not None
        for said in ("needs", "experience", "explained", "taking_part", "did_not_fit", "lapse_on", "barriers"):
            assert getattr(session, said) == getattr(command, said)
        for code in ("concerns", "risks", "present"):
            assert set(getattr(session, code)) == set(getattr(command, code))
        assert [given.number for given in session.handouts] == [given.number for given in command.handouts]

    @invariant()
    def a_family_pathway_implies_no_own_use(self) -> None:
        if self.pathway.for_ == "self":
            return
        assert self.pathway.circumstances.release_from not in ("detox", "rehab")
        for session in self.pathway.sessions:
            assert session.lapse_on is None
            assert not {"severe-dependence", "withdrawal-risk"} & {*session.risks}
            assert "years-then-relapse" not in {known.level for known in session.experience}

    @invariant()
    def not_attended_is_only_ever_somebodys_word(self) -> None:
        said = {(fact.meeting_id, fact.date) for fact in self.facts if fact.outcome == "not-attended"}
        stands = [(a.meeting_id, a.date) for a in self.pathway.attendance if a.outcome == "not-attended"]
        states = [(made.meeting_id, made.date) for made in self.pathway.commitments if made.state == "not-attended"]
        assert {*stands, *states} <= said

    @invariant()
    def no_way_of_taking_part_is_suggested_that_a_group_lacks(self) -> None:
        ways = [(one.organisation, one.next_way) for one in takes_part(self.pathway) if one.next_way]
        assert all(way in WAYS["smart"] for organisation, way in ways if organisation == "smart-recovery")
        assert all(organisation != "the-tuesday-group" for organisation, _ in ways)

    @invariant()
    def nothing_says_missed(self) -> None:
        suggested = suggest_next(self.pathway)
        said = [
            *(line.words for line in history(self.events)),
            *(one.words for one in suggestions(self.pathway, self.now)),
            *(shown_state(made, self.now) for made in self.pathway.commitments),
            *(flag.code for flag in flags_shown(self.pathway, self.now)),
            suggested.why if suggested else "",
        ]
        assert not [words for words in said if "miss" in words.lower()]


PathwayWithPartsMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestPathwayWithParts = PathwayWithPartsMachine.TestCase
