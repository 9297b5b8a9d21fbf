from dataclasses import replace
from typing import Any

import pytest

from services.reminders.domain.contact import Contact, problems

SAM = Contact(
    email="sam@example.org",
    phone="+44 7700 900123",
    name_to_use="Sam",
    time_zone="Europe/London",
    purposes=("meeting-reminders", "did-you-go"),
    may_name_service=False,
)


def test_good_preferences_are_taken() -> None:
    assert problems(SAM) == []


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"email": "sám@example.org"}, "email", "not-ascii"),
        ({"phone": "call me"}, "phone", "not-a-phone-number"),
        ({"phone": "123"}, "phone", "not-a-phone-number"),
        ({"name_to_use": " "}, "nameToUse", "wrong-length"),
        ({"name_to_use": "S" * 101}, "nameToUse", "wrong-length"),
        ({"name_to_use": "Sam\r\nBcc: all@example.org"}, "nameToUse", "not-printable"),
        ({"time_zone": "Europe/Camelot"}, "timeZone", "unknown-time-zone"),
        ({"purposes": ("check-ins", "marketing")}, "purposes.1", "unknown-purpose"),
    ],
)
def test_what_cannot_be_is_named_with_field_and_reason(changed: dict[str, Any], field: str, code: str) -> None:
    [problem] = problems(replace(SAM, **changed))
    assert (problem.field, problem.code) == (field, code)
    assert problem.reason.endswith(".")


def test_only_an_e_mail_address_is_a_channel_so_far() -> None:
    assert SAM.channels == ("email",)
    assert replace(SAM, email=None).channels == ()
