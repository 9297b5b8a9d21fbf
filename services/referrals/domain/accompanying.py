"""Someone to go with, as a pathway keeps it (3-fama, stage 2, step 5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.referrals.domain.ids import CommitmentId, CompanyId, PeerId

CompanyState = Literal["asked", "offered", "agreed", "went", "fell-through", "withdrawn"]
Offer = Literal["go-with", "lift", "talk"]
"""What a peer supporter offers: to go along, a lift, a talk beforehand."""
Gender = Literal["woman", "man", "other"]
Model = Literal["established-client", "recovery-champion", "existing-programme"]
"""Appendix 1's three ways to run it [G]."""
SaidBy = Literal["keyworker", "recovery-champion", "peer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the client asks for. `first_name` and `contact`: what is passed on once both have agreed, if anything.

    `preference`: somebody who is… `asker`: the client is…, for who goes along with some only. `area`: where they start.
    """

    offers: tuple[Offer, ...] = ("go-with",)
    preference: Gender | None = None
    asker: Gender | None = None
    area: str | None = None
    first_name: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """For one commitment. `peer_id`: who was offered it, and from *agreed* on who goes along; kept as a pseudonym.

    `declined`: who said no to it, so that nobody is asked twice. `since`: when it came into its state.
    `agreed_to`: what they said yes to, if they did.
    """

    company_id: CompanyId
    commitment_id: CommitmentId
    state: CompanyState
    since: datetime
    wish: Wish = Wish()
    peer_id: PeerId | None = None
    declined: tuple[PeerId, ...] = ()
    agreed_to: tuple[Offer, ...] = ()

    @property
    def open(self) -> bool:
        return self.state in ("asked", "offered", "agreed")
