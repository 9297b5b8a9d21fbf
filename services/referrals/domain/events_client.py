"""What was so about the client from then on: circumstances, consents, and what belongs to all their pathways."""

from dataclasses import dataclass
from typing import Literal

from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Circumstances


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsConsentGiven(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsConsentWithdrawn(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientChanged(Event):
    """What belongs to the client and so to each of their pathways. What it is now stands with the client, not here."""

    what: Literal["consents", "identity", "card"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstancesSet(Event):
    """All of them, as they are from then on."""

    circumstances: Circumstances
