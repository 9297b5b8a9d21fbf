"""What people ask about someone to go with. Time comes with the command, like everywhere."""

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.accompanying import Offer, SaidBy, Wish
from services.referrals.domain.ids import CommitmentId, CompanyId, PeerId

PeersAnswer = Literal["yes", "no", "cannot-come", "went"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForCompany:
    """`birth_date`: the client's, for whom no adult peer is asked without the safeguarding lead's agreement."""

    company_id: CompanyId
    commitment_id: CommitmentId
    wish: Wish
    birth_date: Day | None
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCompany:
    """`paused` and `kept_apart`: what stands against this peer supporter for this client.

    `busy`: they go along with somebody else at that time.
    """

    company_id: CompanyId
    peer_id: PeerId
    birth_date: Day | None
    at: datetime
    recorded_at: datetime
    paused: bool = False
    kept_apart: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOffer:
    """The peer supporter's word: by their link, or as told to who writes it down (`said_by`). `busy`: as offered.

    `offers`: what a yes is to, as it was put to them.
    """

    company_id: CompanyId
    peer_id: PeerId
    answer: PeersAnswer
    said_by: SaidBy
    at: datetime
    recorded_at: datetime
    busy: bool = False
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCompany:
    """The client would rather not (`withdraw_company`), or the offer is taken back (`take_back_offer`)."""

    company_id: CompanyId
    at: datetime
    recorded_at: datetime
