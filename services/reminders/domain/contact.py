"""How a client may be reached and what for: what they agreed to, in their own choice of name and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.reminders.domain.rules import PURPOSES
from shared.meetings.zones import is_zone
from shared.problems import Problem

_PHONE = re.compile(r"\+?[0-9](?:[ ()-]{0,2}[0-9]){6,14}", re.ASCII)
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`phone` is kept for text messages, which are not sent yet. `email` has been checked where it came in."""

    email: str | None = None
    phone: str | None = None
    name_to_use: str
    time_zone: str
    purposes: tuple[str, ...]
    may_name_service: bool

    @property
    def channels(self) -> tuple[str, ...]:
        return ("email",) if self.email else ()


def problems(contact: Contact) -> list[Problem]:
    """Everything that keeps it from being taken."""
    return [*_name_problems(contact.name_to_use), *_reach_problems(contact), *_purpose_problems(contact.purposes)]


def _name_problems(name: str) -> Iterator[Problem]:
    if not name.strip() or len(name) > _LONGEST_NAME:
        yield Problem("nameToUse", "wrong-length", f"The name to use has 1 to {_LONGEST_NAME} characters.")
    elif not name.isprintable():
        yield Problem("nameToUse", "not-printable", "The name to use is one line without control characters.")


def _reach_problems(contact: Contact) -> Iterator[Problem]:
    if contact.email is not None and not contact.email.isascii():
        yield Problem(
            "email", "not-ascii", "An e-mail address has ASCII characters only; a domain has such a form too."
        )
    if contact.phone is not None and not _PHONE.fullmatch(contact.phone):
        yield Problem("phone", "not-a-phone-number", "A phone number has 7 to 15 digits, for example +44 7700 900123.")
    if not is_zone(contact.time_zone):
        yield Problem("timeZone", "unknown-time-zone", "A time zone has an IANA name, for example Europe/London.")


def _purpose_problems(purposes: tuple[str, ...]) -> Iterator[Problem]:
    for index, purpose in enumerate(purposes):
        if purpose not in PURPOSES:
            yield Problem(f"purposes.{index}", "unknown-purpose", f"A purpose is one of {', '.join(PURPOSES)}.")
