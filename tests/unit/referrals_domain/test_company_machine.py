"""No sequence of commands and facts brings company into a state that 3-fama does not know."""

from datetime import date, timedelta
from typing import cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from services.referrals.domain import company
from services.referrals.domain.accompanying import Company, SaidBy, Wish
from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_company import (
    AnswerOffer,
    AskForCompany,
    EndCompany,
    OfferCompany,
    PeersAnswer,
)
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CompanyId, PeerId
from services.referrals.domain.pathway import Pathway
from tests.unit.referrals_domain.company_story import ROWAN, SASHA
from tests.unit.referrals_domain.test_state_machine import PathwayMachine, backdated

MOVES = {
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


class CompanyMachine(PathwayMachine):
    """The same pathway, with somebody who may go along."""

    @precondition(lambda self: self.pathway.commitments)
    @rule(data=st.data(), back=backdated, young=st.booleans())
    def ask(self, data: st.DataObject, back: timedelta, young: bool) -> None:
        made = data.draw(st.sampled_from(self.pathway.commitments))
        asked = AskForCompany(
            company_id=CompanyId(self.mint()),
            commitment_id=made.commitment_id,
            wish=Wish(first_name="Robin"),
            birth_date=date(2012, 1, 1) if young else date(1980, 1, 1),
            at=self.now - back,
            recorded_at=self.now,
        )
        self.maybe(company.ask_for_company(self.pathway, asked))

    @precondition(lambda self: self.pathway.company)
    @rule(data=st.data(), peer=st.sampled_from([ROWAN, SASHA]), paused=st.booleans())
    def offer(self, data: st.DataObject, peer: PeerId, paused: bool) -> None:
        offered = OfferCompany(
            company_id=self.one(data).company_id,
            peer_id=peer,
            birth_date=None,
            paused=paused,
            at=self.now,
            recorded_at=self.now,
        )
        self.maybe(company.offer_company(self.pathway, offered))

    @precondition(lambda self: self.pathway.company)
    @rule(
        data=st.data(),
        peer=st.sampled_from([ROWAN, SASHA]),
        answer=st.sampled_from(["yes", "yes", "no", "cannot-come", "went"]),
        by=st.sampled_from(["peer", "keyworker", "recovery-champion"]),
    )
    def answer(self, data: st.DataObject, peer: PeerId, answer: str, by: str) -> None:
        said = AnswerOffer(
            company_id=self.one(data).company_id,
            peer_id=peer,
            answer=cast("PeersAnswer", answer),
            said_by=cast("SaidBy", by),
            at=self.now,
            recorded_at=self.now,
        )
        self.maybe(company.answer_offer(self.pathway, said))

    @precondition(lambda self: self.pathway.company)
    @rule(data=st.data(), back=st.booleans())
    def stop(self, data: st.DataObject, back: bool) -> None:
        ended = EndCompany(company_id=self.one(data).company_id, at=self.now, recorded_at=self.now)
        self.maybe((company.take_back_offer if back else company.withdraw_company)(self.pathway, ended))

    def one(self, data: st.DataObject) -> Company:
        return data.draw(st.sampled_from(self.pathway.company))

    def maybe(self, answer: list[Event] | Refusal) -> None:
        """Said twice is once: then nothing happens."""
        if answer:
            self.command(answer)

    def moves_are_known(self, before: Pathway, after: Pathway) -> None:
        super().moves_are_known(before, after)
        had = {each.company_id: each.state for each in before.company}
        for each in after.company:
            was = had.get(each.company_id)
            assert was == each.state or (was, each.state) in MOVES

    @invariant()
    def at_most_one_is_open_for_a_meeting_that_may_still_be_gone_to(self) -> None:
        for made in self.pathway.commitments:
            theirs = [each for each in self.pathway.company if each.commitment_id == made.commitment_id and each.open]
            assert len(theirs) <= 1
            assert made.state != "withdrawn" or theirs == []

    @invariant()
    def whoever_agreed_is_named_and_nobody_is_asked_for_after_an_ending(self) -> None:
        for each in self.pathway.company:
            assert (each.peer_id is None) == (each.state == "asked") or each.state == "withdrawn"
            assert self.pathway.state == "open" or each.state not in ("asked", "offered")


CompanyMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCompanyMachine = CompanyMachine.TestCase
