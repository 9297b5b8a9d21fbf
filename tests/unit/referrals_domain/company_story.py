"""A pathway's story with someone to go with."""

from datetime import date, datetime
from uuid import uuid4

from services.referrals.domain import company
from services.referrals.domain.accompanying import Company, SaidBy, Wish
from services.referrals.domain.answers import Refusal
from services.referrals.domain.circumstances import set_circumstances
from services.referrals.domain.commands_client import SetCircumstances
from services.referrals.domain.commands_company import (
    AnswerOffer,
    AskForCompany,
    EndCompany,
    OfferCompany,
    PeersAnswer,
)
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CommitmentId, CompanyId, PeerId
from services.referrals.domain.pathway import Circumstances
from tests.unit.referrals_domain.story import AA, Story, at

ROWAN = PeerId(uuid4())
SASHA = PeerId(uuid4())
START = at(3, 19)
GROWN_UP = date(1980, 1, 1)


class CompanyStory(Story):
    """A meeting on Thursday at seven, to which the client would rather not go alone."""

    def __init__(self) -> None:
        super().__init__()
        self.commitment_id: CommitmentId = self.commit(AA, START, at(0, 10))

    @property
    def company(self) -> Company:
        return self.pathway.company[-1]

    def flags(self) -> list[tuple[str, str | None]]:
        return [(flag.code, flag.about) for flag in self.pathway.flags]

    def ask(self, when: datetime, birth_date: date = GROWN_UP, wish: Wish | None = None) -> CompanyId:
        asked = self.asking(when, birth_date, wish)
        self._take(company.ask_for_company(self.pathway, asked))
        return asked.company_id

    def asking(self, when: datetime, birth_date: date = GROWN_UP, wish: Wish | None = None) -> AskForCompany:
        return AskForCompany(
            company_id=CompanyId(uuid4()),
            commitment_id=self.commitment_id,
            wish=wish or Wish(first_name="Robin", contact="07700 900123"),
            birth_date=birth_date,
            at=when,
            recorded_at=when,
        )

    def offer(self, peer: PeerId, when: datetime, **against: bool) -> list[Event] | Refusal:
        offered = OfferCompany(
            company_id=self.company.company_id,
            peer_id=peer,
            birth_date=GROWN_UP,
            at=when,
            recorded_at=when,
            paused=against.get("paused", False),
            kept_apart=against.get("kept_apart", False),
            busy=against.get("busy", False),
        )
        return company.offer_company(self.pathway, offered)

    def offered(self, peer: PeerId, when: datetime) -> None:
        self._take(self.offer(peer, when))

    def answer(
        self, peer: PeerId, answer: PeersAnswer, when: datetime, by: SaidBy = "peer", *, busy: bool = False
    ) -> list[Event] | Refusal:
        said = AnswerOffer(
            company_id=self.company.company_id,
            peer_id=peer,
            answer=answer,
            said_by=by,
            at=when,
            recorded_at=when,
            busy=busy,
        )
        return company.answer_offer(self.pathway, said)

    def answered(self, peer: PeerId, answer: PeersAnswer, when: datetime, by: SaidBy = "peer") -> None:
        self._take(self.answer(peer, answer, when, by))

    def agreed(self) -> None:
        self.ask(at(0, 11))
        self.offered(ROWAN, at(1))
        self.answered(ROWAN, "yes", at(1, 20))

    def rather_alone(self, when: datetime) -> None:
        self._take(company.withdraw_company(self.pathway, self.ending(when)))

    def taken_back(self, when: datetime) -> None:
        self._take(company.take_back_offer(self.pathway, self.ending(when)))

    def ending(self, when: datetime) -> EndCompany:
        return EndCompany(company_id=self.company.company_id, at=when, recorded_at=when)

    def live_with(self, circumstances: Circumstances, when: datetime) -> None:
        command = SetCircumstances(circumstances=circumstances, at=when, recorded_at=when)
        self._take(set_circumstances(self.pathway, command))
