from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.answers import Refusal
from services.referrals.domain.identity import ClientIdentity, identity, nhs_number

TODAY = date(2026, 11, 22)
BORN = date(1980, 2, 29)


@pytest.mark.parametrize("text", ["9990548609", " 999 054 8609 ", "999-054-8609"])
def test_an_nhs_number_is_read_with_or_without_gaps(text: str) -> None:
    assert nhs_number(text) == "9990548609"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9990548608", "nhs-number-check-digit"),
        ("9995048609", "nhs-number-check-digit"),  # two digits swapped
        ("0000000000", "nhs-number-placeholder"),
        ("999054860", "nhs-number-malformed"),
        ("99905486090", "nhs-number-malformed"),
        ("", "nhs-number-malformed"),
        ("９９９０５４８６０９", "nhs-number-malformed"),  # noqa: RUF001  (full-width digits)
    ],
)
def test_what_is_no_nhs_number_is_refused_with_its_reason(text: str, code: str) -> None:
    answer = nhs_number(text)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == (code, "nhsNumber")


@given(st.integers(0, 10**9 - 1).map(lambda number: f"{number:09}"))
def test_ten_digits_weighted_ten_to_one_are_a_multiple_of_eleven(nine: str) -> None:
    for last in "0123456789":
        weighted = sum(int(digit) * weight for digit, weight in zip(nine + last, range(10, 0, -1), strict=True))
        is_number = weighted % 11 == 0 and len(set(nine + last)) > 1
        assert is_number == (not isinstance(nhs_number(nine + last), Refusal))


def test_changing_one_digit_is_always_noticed() -> None:
    number = "9990548609"
    for place in range(10):
        for digit in set("0123456789") - {number[place]}:
            assert isinstance(nhs_number(number[:place] + digit + number[place + 1 :]), Refusal)


def test_an_identity_needs_no_nhs_number() -> None:
    assert identity("  Ann   Other ", BORN, None, TODAY) == ClientIdentity(name="Ann Other", birth_date=BORN)


@pytest.mark.parametrize(
    ("name", "born", "number", "code", "field"),
    [
        (" ", BORN, None, "name-missing", "name"),
        ("Ann", date(2026, 11, 23), None, "in-the-future", "birthDate"),
        ("Ann", date(1899, 12, 31), None, "too-far-back", "birthDate"),
        ("Ann", BORN, "999 054 8608", "nhs-number-check-digit", "nhsNumber"),
        ("Ann", BORN, "", "nhs-number-malformed", "nhsNumber"),
    ],
)
def test_what_is_wrong_with_an_identity_is_said_by_field(
    name: str, born: date, number: str | None, code: str, field: str
) -> None:
    answer = identity(name, born, number, TODAY)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == (code, field)
