"""Company that is asked for: for which meeting, when and where, and what of it a peer supporter says yes to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Day
from uuid import UUID

from services.referrals.domain.accompanying import Company, Offer
from services.referrals.domain.pathway import Commitment
from services.referrals.peers.discreet import discreet
from services.referrals.peers.peer import Details, Peer
from shared.meetings import Meeting
from shared.meetings.zones import zone

OFFERED: dict[Offer, str] = {"go-with": "going along", "lift": "a lift", "talk": "a talk beforehand"}
"""What is offered, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody looks for company. Who it is stands nowhere in it. `made`: the meeting they plan to go to, and when.

    `time_zone` is theirs. `cannot`: who was to come to this very meeting, and could not after all.
    """

    company: Company
    made: Commitment
    time_zone: str
    meeting: Meeting | None
    cannot: Collection[UUID] = ()

    @property
    def day(self) -> Day:
        """By their calendar: an online meeting may go by another."""
        return self.made.start.astimezone(zone(self.time_zone)).date()

    @property
    def where(self) -> str:
        """For people: the place, or that it is online."""
        if self.meeting is None:
            return ""
        if self.meeting.format == "online":
            return "Online"
        return ", ".join(part for part in (self.meeting.place_name, self.meeting.address) if part)

    @property
    def where_it_tells_nothing(self) -> str:
        """For who has not agreed yet, and for whoever looks at their phone."""
        if self.meeting is None or self.meeting.format == "online":
            return self.where
        return discreet((self.meeting.place_name, *(self.meeting.address or "").split(", ")))


def agreed_to(company: Company, details: Details) -> tuple[Offer, ...]:
    """What they said yes to, whatever they offer since; before that, of what is asked for, what they offer."""
    put = tuple(offer for offer in company.wish.offers if offer in details.offers) or details.offers
    return company.agreed_to or put


def put_to(peer: Peer | None, company: Company | None) -> tuple[Offer, ...]:
    """What a yes of theirs is to, to be kept with it."""
    return agreed_to(company, peer.details) if company and peer and peer.details else ()


def not_covered(company: Company, details: Details) -> tuple[Offer, ...]:
    """What the client asked for, and this peer supporter does not say yes to."""
    agreed = agreed_to(company, details)
    return tuple(offer for offer in company.wish.offers if offer not in agreed)
