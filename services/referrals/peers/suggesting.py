"""Whom to ask to go along, with the reasons in words. Never a score; the recovery champion decides."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from services.referrals.domain.accompanying import Offer
from services.referrals.peers.peer import WEEKDAYS, Details, Peer
from services.referrals.peers.request import OFFERED, Request
from shared.meetings import ORGANISATIONS
from shared.meetings.zones import zone


@dataclass(frozen=True, slots=True)
class Reason:
    """`fits`: it speaks for asking them; None: it speaks neither for nor against."""

    text: str
    fits: bool | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    peer: Peer
    details: Details
    reasons: Sequence[Reason]

    @property
    def fitting(self) -> int:
        return sum(1 for reason in self.reasons if reason.fits) - sum(1 for r in self.reasons if r.fits is False)


def suggest(request: Request, peers: Collection[Peer], avoided: Collection[UUID] = ()) -> list[Suggestion]:
    """Whom most speaks for first, and among equals who was asked longest ago; last who could not come after all.

    Never: who is paused, kept apart from the client (`avoided`), has said no to it, or is not whom they asked for.
    """
    found = [
        Suggestion(peer, peer.details, list(_reasons(request, peer, peer.details)))
        for peer in peers
        if peer.details and not peer.paused and peer.peer_id not in avoided and _may_be(request, peer, peer.details)
    ]
    return sorted(found, key=lambda one: _turn(request, one))


def _turn(request: Request, one: Suggestion) -> tuple[bool, int, datetime, str]:
    return (
        one.peer.peer_id in request.cannot,
        -one.fitting,
        one.peer.last_asked_at or _NEVER,
        one.details.known_as,
    )


_NEVER = datetime.min.replace(tzinfo=UTC)


def _may_be(request: Request, peer: Peer, details: Details) -> bool:
    wish = request.company.wish
    wanted = wish.preference is None or details.gender in (wish.preference, None)
    wants = details.goes_with is None or wish.asker in (details.goes_with, None)
    return wanted and wants and peer.peer_id not in request.company.declined


def _reasons(request: Request, peer: Peer, details: Details) -> Iterator[Reason]:
    if peer.peer_id in request.cannot:
        yield Reason("Was to come to this meeting, and could not after all.", False)
    yield from _of_organisation(request, details)
    yield _of_day(request, details)
    yield from _of_area(request, details)
    yield from (_of_offer(offer, details) for offer in request.company.wish.offers)
    yield from _of_gender(request, details)
    if details.checked_on is None:
        yield Reason("No checks are noted.", None)
    yield _last_asked(peer)


def _of_organisation(request: Request, details: Details) -> Iterator[Reason]:
    if request.meeting is None:
        return
    label = ORGANISATIONS[request.meeting.organisation].label
    if request.meeting.organisation in details.organisations:
        yield Reason(f"Knows {label}.", True)
    elif details.organisations:
        yield Reason(f"Has not named {label} as one they know.", False)


def _of_day(request: Request, details: Details) -> Reason:
    day = WEEKDAYS[request.day.isoweekday() - 1]
    if day in details.days:
        return Reason(f"Free on {day.capitalize()}s.", True)
    if details.days:
        return Reason(f"Has not named {day.capitalize()} as a free day.", False)
    return Reason("Has not said on which days they are free.", None)


def _of_area(request: Request, details: Details) -> Iterator[Reason]:
    """The area that the client starts from, or the meeting's own place."""
    if request.meeting and request.meeting.format == "online":
        return
    sought = f"{request.company.wish.area or ''} {request.where}".casefold()
    here = [area for area in details.areas if area.casefold() in sought]
    if here:
        yield Reason(f"Goes along in {here[0]}.", True)
    elif details.areas:
        yield Reason(f"Has named other areas: {', '.join(details.areas)}.", False)


def _of_offer(offer: Offer, details: Details) -> Reason:
    if offer in details.offers:
        return Reason(f"Offers {OFFERED[offer]}.", True)
    return Reason(f"Does not offer {OFFERED[offer]}.", False)


def _of_gender(request: Request, details: Details) -> Iterator[Reason]:
    wish = request.company.wish
    people = {"woman": "A woman", "man": "A man", "other": "Neither a woman nor a man"}
    if wish.preference and details.gender:
        yield Reason(f"{people[details.gender]}, as asked for.", True)
    elif wish.preference:
        yield Reason(f"Asked for: {people[wish.preference].lower()}. They have not said.", None)
    if details.goes_with and wish.asker is None:
        plural = {"woman": "women", "man": "men", "other": "people who are neither women nor men"}
        yield Reason(f"Goes along with {plural[details.goes_with]} only: ask the keyworker first.", None)


def _last_asked(peer: Peer) -> Reason:
    if peer.last_asked_at is None:
        return Reason("Has not been asked before.", None)
    day = peer.last_asked_at.astimezone(zone("Europe/London"))
    return Reason(f"Last asked on {day.day} {day:%B %Y}.", None)
