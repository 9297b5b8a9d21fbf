"""A peer supporter at one provider, as they described themselves (3-fama, stage 2, step 5).

For volunteers agreement and checks are kept as dates only; of a concern, to whom it was passed and when: no story.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from typing import Literal

from services.referrals.domain.accompanying import Gender, Model, Offer
from services.referrals.domain.ids import PeerId
from shared.meetings import ORGANISATIONS
from shared.problems import Problem

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In ISO's order."""
MODELS: tuple[Model, ...] = ("established-client", "recovery-champion", "existing-programme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Sealed under the peer supporter's own key. `known_as` is the name that a client hears once both have agreed.

    `contact`: which of `phone` and `email` is passed on then; None: neither. `goes_with`: with these people only.
    `agreed_on`: their own agreement. `checked_on`: a volunteer's checks. Empty `days`, `areas`: not said.
    """

    name: str
    known_as: str
    model: Model
    agreed_on: Day
    checked_on: Day | None = None
    phone: str | None = None
    email: str | None = None
    contact: Literal["phone", "email"] | None = None
    offers: tuple[Offer, ...] = ("go-with",)
    organisations: tuple[str, ...] = ()
    days: tuple[Weekday, ...] = ()
    areas: tuple[str, ...] = ()
    gender: Gender | None = None
    goes_with: Gender | None = None
    words: str | None = None

    @property
    def passed_on(self) -> str | None:
        """The telephone number or address that a client is given, if any."""
        return {"phone": self.phone, "email": self.email, None: None}[self.contact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """A concern about a peer supporter was passed to somebody. What it was is not written here."""

    passed_to: str
    passed_on: Day


@dataclass(slots=True, kw_only=True)
class Peer:
    """`details` is None once erased: what stays is a pseudonym. `paused`: not suggested to anybody, by a team lead."""

    peer_id: PeerId
    provider: str
    team: str | None
    details: Details | None
    concerns: tuple[Concern, ...] = ()
    paused: bool = False
    last_asked_at: datetime | None = None
    version: int = 1


def problems_of(details: Details, models: Sequence[Model], today: Day) -> list[Problem]:
    """Everything that keeps it from being taken, at its field."""
    return list(_problems(details, models, today))


def _problems(details: Details, models: Sequence[Model], today: Day) -> Iterator[Problem]:
    if details.model not in models:
        yield Problem("model", "not-run-here", "Your service does not run this way of finding somebody to go with.")
    if details.agreed_on > today:
        yield Problem("agreedOn", "in-the-future", "They have not agreed to it yet on this day.")
    if details.checked_on and details.checked_on > today:
        yield Problem("checkedOn", "in-the-future", "The checks are still to come on this day.")
    if not details.offers:
        yield Problem("offers", "missing", "Say what they offer: to go along, a lift, or a talk beforehand.")
    if details.contact and not details.passed_on:
        yield Problem("contact", "nothing-to-pass-on", "This is not filled in, so it cannot be passed on.")
    for index, code in enumerate(details.organisations):
        if code not in ORGANISATIONS:
            reason = "An organisation is one of the codes at /api/organisations, for example aa."
            yield Problem(f"organisations.{index}", "unknown", reason)
