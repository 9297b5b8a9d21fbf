"""No sequence with someone to go with and with handovers leads out of 3-fama either."""

from collections.abc import Callable
from datetime import date as Day
from datetime import datetime, timedelta
from typing import Any, get_args
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from services.referrals.domain import company
from services.referrals.domain.accompanying import Wish
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_company import AnswerOffer, AskForCompany, EndCompany, OfferCompany, PeersAnswer
from services.referrals.domain.commands_opening import HandOver
from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.events import Event
from services.referrals.domain.handover import hand_over
from services.referrals.domain.ids import CompanyId, MeetingId, PeerId
from services.referrals.domain.pathway import Pathway
from tests.unit.referrals_domain.company_story import GROWN_UP
from tests.unit.referrals_domain.story import at, commit_command
from tests.unit.referrals_domain.test_state_machine import PathwayMachine

YOUNG = at(-17 * 365).date()
PEERS = [PeerId(UUID(int=number)) for number in (901, 902)]
COMPANY_MOVES = {
    (None, "asked"),
    ("asked", "offered"),
    ("offered", "asked"),
    ("offered", "agreed"),
    ("agreed", "went"),
    ("agreed", "fell-through"),
    ("fell-through", "went"),
    ("asked", "withdrawn"),
    ("offered", "withdrawn"),
    ("agreed", "withdrawn"),
}
seldom = st.sampled_from([False, False, False, True])


class PathwayInCompanyMachine(PathwayMachine):
    @precondition(lambda self: self.pathway.state == "open")
    @rule(days=st.integers(1, 6), peer=st.sampled_from(PEERS), as_far_as=st.integers(1, 3))
    def arrange(self, days: int, peer: PeerId, as_far_as: int) -> None:
        """Asked, offered, agreed for a meeting that is planned for it: so that there is something to go wrong."""
        plan = commit_command(MeetingId(self.mint()), self.now + timedelta(days=days), self.now, audience="both")
        self.command(commit_to_meeting(self.pathway, plan))
        company_id = CompanyId(self.mint())
        times: dict[str, datetime] = {"at": self.now, "recorded_at": self.now}
        whom: dict[str, Any] = {"company_id": company_id, "peer_id": peer, **times}
        asked = AskForCompany(
            company_id=company_id, commitment_id=plan.commitment_id, wish=Wish(), birth_date=None, **times
        )
        steps: list[Callable[[], list[Event] | Refusal]] = [
            lambda: company.ask_for_company(self.pathway, asked),
            lambda: company.offer_company(self.pathway, OfferCompany(birth_date=None, **whom)),
            lambda: company.answer_offer(self.pathway, AnswerOffer(answer="yes", said_by="peer", **whom)),
        ]
        for step in steps[:as_far_as]:
            answer = step()
            assert not isinstance(answer, Refusal)
            self.command(answer)

    @precondition(lambda self: self.pathway.commitments)
    @rule(data=st.data(), born=st.sampled_from([None, GROWN_UP, GROWN_UP, YOUNG]))
    def ask(self, data: st.DataObject, born: Day | None) -> None:
        made = data.draw(st.sampled_from(sorted(self.pathway.commitments, key=lambda made: made.start, reverse=True)))
        command = AskForCompany(
            company_id=CompanyId(self.mint()),
            commitment_id=made.commitment_id,
            wish=Wish(first_name="Robin", contact="07700 900123"),
            birth_date=born,
            at=self.now,
            recorded_at=self.now,
        )
        answer = company.ask_for_company(self.pathway, command)
        self.said(answer)
        assert born != YOUNG or isinstance(answer, Refusal), "nobody has agreed to it here"

    @precondition(lambda self: self.pathway.company)
    @rule(data=st.data(), peer=st.sampled_from(PEERS), paused=seldom, apart=seldom)
    def offer(self, data: st.DataObject, peer: PeerId, paused: bool, apart: bool) -> None:
        command = OfferCompany(
            company_id=self.some_company(data),
            peer_id=peer,
            birth_date=GROWN_UP,
            at=self.now,
            recorded_at=self.now,
            paused=paused,
            kept_apart=apart,
        )
        answer = company.offer_company(self.pathway, command)
        self.said(answer)
        assert isinstance(answer, Refusal) or not (paused or apart)

    @precondition(lambda self: self.pathway.company)
    @rule(data=st.data(), by_another=seldom, answer=st.sampled_from(["yes", *get_args(PeersAnswer)]))
    def answer(self, data: st.DataObject, by_another: bool, answer: PeersAnswer) -> None:
        asked = data.draw(st.sampled_from(self.pathway.company))
        command = AnswerOffer(
            company_id=asked.company_id,
            peer_id=PEERS[0] if by_another else asked.peer_id or PEERS[1],
            answer=answer,
            said_by="peer",
            at=self.now,
            recorded_at=self.now,
        )
        self.said(company.answer_offer(self.pathway, command))

    @precondition(lambda self: self.pathway.company)
    @rule(data=st.data(), end=st.sampled_from([company.withdraw_company, company.take_back_offer]))
    def rather_not(self, data: st.DataObject, end: Callable[[Pathway, EndCompany], list[Event] | Refusal]) -> None:
        command = EndCompany(company_id=self.some_company(data), at=self.now, recorded_at=self.now)
        self.said(end(self.pathway, command))

    @rule(to=st.sampled_from(["kay", "sam", None]), team=st.sampled_from(["north", "south"]), apart=st.booleans())
    def hand_over(self, to: str | None, team: str, apart: bool) -> None:
        before = self.pathway
        command = HandOver(to=to, team=team, at=self.now, recorded_at=self.now, kept_apart=apart)
        answer = hand_over(before, command)
        self.said(answer)
        if not isinstance(answer, Refusal):
            assert (self.pathway.keyworker, self.pathway.team) == (to, team)
            assert self.pathway.company == before.company
            assert self.pathway.commitments == before.commitments

    def some_company(self, data: st.DataObject) -> CompanyId:
        return data.draw(st.sampled_from(self.pathway.company)).company_id

    def said(self, answer: list[Event] | Refusal) -> None:
        """Said twice is once: then there is nothing to take."""
        if answer != []:
            self.command(answer)

    def moves_are_known(self, before: Pathway, after: Pathway) -> None:
        super().moves_are_known(before, after)
        were = {each.company_id: each.state for each in before.company}
        for each in after.company:
            was = were.get(each.company_id)
            assert was == each.state or (was, each.state) in COMPANY_MOVES

    @invariant()
    def who_goes_along_has_agreed(self) -> None:
        agreed = {each.commitment_id for each in self.pathway.company if each.state in ("agreed", "went")}
        assert all(made.accompanied == (made.commitment_id in agreed) for made in self.pathway.commitments)

    @invariant()
    def there_is_company_once_for_a_meeting(self) -> None:
        waiting = [each.commitment_id for each in self.pathway.company if each.open]
        assert len(waiting) == len(set(waiting))
        assert all(each.peer_id for each in self.pathway.company if each.state in ("offered", "agreed", "went"))

    @invariant()
    def nobody_waits_at_a_door_for_a_plan_that_is_off(self) -> None:
        off = {made.commitment_id for made in self.pathway.commitments if made.state == "withdrawn"}
        assert not [each for each in self.pathway.company if each.open and each.commitment_id in off]


PathwayInCompanyMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestPathwayInCompany = PathwayInCompanyMachine.TestCase
