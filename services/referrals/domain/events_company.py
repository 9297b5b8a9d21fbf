"""What happened about someone to go with. Kept for ever, like all domain events."""

from dataclasses import dataclass
from typing import Literal

from services.referrals.domain.accompanying import Offer, SaidBy, Wish
from services.referrals.domain.events import Event
from services.referrals.domain.ids import CommitmentId, CompanyId, PeerId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCompany(Event):
    company_id: CompanyId
    commitment_id: CommitmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAsked(OfCompany):
    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyOffered(OfCompany):
    peer_id: PeerId


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyDeclined(OfCompany):
    """To be arranged again. `taken-back`: the offer, by who had made it."""

    peer_id: PeerId
    because: Literal["said", "taken-back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyAgreed(OfCompany):
    """`offers`: what they said yes to; none where it was not written down yet."""

    peer_id: PeerId
    said_by: SaidBy
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyWent(OfCompany):
    said_by: SaidBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyFellThrough(OfCompany):
    said_by: SaidBy


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyWithdrawn(OfCompany):
    """By the client, or with the commitment or the pathway that it was for."""

    because: Literal["said", "commitment", "ending"]
