"""Who a client is, outside of everything else: it stays in referrals (decision 16)."""

import re
from dataclasses import dataclass
from datetime import date as Day
from typing import NewType

from services.referrals.domain.answers import Refusal
from services.referrals.domain.rules import rule

NhsNumber = NewType("NhsNumber", str)
"""Ten digits whose last one checks the others (NHS Data Dictionary, *NHS Number*)."""

OLDEST = Day(1900, 1, 1)
_BETWEEN_GROUPS = re.compile(r"[ \-]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientIdentity:
    name: str
    birth_date: Day
    nhs_number: NhsNumber | None = None


@rule(
    "What is no NHS number is refused with its reason.",
    source="sense",
    effect="refuses",
    codes=("nhs-number-malformed", "nhs-number-placeholder", "nhs-number-check-digit"),
    where="NHS Data Dictionary",
)
def nhs_number(text: str) -> NhsNumber | Refusal:
    """Written with or without spaces or hyphens: `999 054 8609`."""
    digits = _BETWEEN_GROUPS.sub("", text.strip())
    if not _TEN_DIGITS.fullmatch(digits):
        return Refusal("nhs-number-malformed", "An NHS number has ten digits.", "nhsNumber")
    # Zeros or any one digit ten times pass the check and are typed where none is known: people would be mixed up.
    if len(set(digits)) == 1:
        return Refusal("nhs-number-placeholder", "This is not anybody's NHS number; leave it out instead.", "nhsNumber")
    if _check_digit(digits[:9]) != int(digits[9]):
        return Refusal(
            "nhs-number-check-digit", "The last digit does not fit the others: check for a typo.", "nhsNumber"
        )
    return NhsNumber(digits)


@rule(
    "What is wrong with an identity is said by field.",
    source="sense",
    effect="refuses",
    codes=("name-missing", "in-the-future", "too-far-back"),
)
def identity(name: str, birth_date: Day, number: str | None, today: Day) -> ClientIdentity | Refusal:
    """An identity as it was typed, or the first thing that is wrong with it."""
    name = " ".join(name.split())
    if not name:
        return Refusal("name-missing", "Say what the client is called.", "name")
    if birth_date > today:
        return Refusal("in-the-future", "This birth date is still to come.", "birthDate")
    if birth_date < OLDEST:
        return Refusal("too-far-back", "This birth date is before 1900.", "birthDate")
    valid = nhs_number(number) if number is not None else None
    if isinstance(valid, Refusal):
        return valid
    return ClientIdentity(name=name, birth_date=birth_date, nhs_number=valid)


def _check_digit(nine: str) -> int:
    """Modulus 11; 10 is nobody's digit, so such a number does not exist."""
    remainder = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return (11 - remainder) % 11
