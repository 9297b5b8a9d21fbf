"""Whatever is wrong with a form is told in words for a keyworker, and says which field it is about."""

from datetime import date, time
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field

from services.referrals.directory.http.areas import AreaIn
from services.referrals.directory.http.safety import ConcernIn
from services.referrals.http.bodies import EndingIn, GoalIn, ReferralIn
from services.referrals.http.care_bodies import AccessIn
from services.referrals.pages import forms
from services.referrals.peers.http.bodies import CompanyIn, PeerIn
from shared.problems import Refused

MODELS = (ReferralIn, GoalIn, PeerIn, AreaIn, ConcernIn)
PROGRAMMERS = ("string", "Value", "Input", "Field", "valid", "UUID", "validation", "permitted", "pattern")


class Anything(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    line: Annotated[str, Field(max_length=3, pattern="^a")] = "a"
    items: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("a",)
    number: Annotated[int, Field(ge=1, le=9)] = 1
    share: float = 0.5
    day: date = date(2026, 11, 24)
    hour: time = time(12)
    which: UUID | None = None
    agreed: bool = True


def refused(
    model: type[BaseModel], body: dict[str, Any], places: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        forms.parsed(model, body, places)
    return [(problem.field, problem.reason) for problem in forms.Form().refused(raised.value.problems).problems]


@pytest.mark.parametrize("model", MODELS)
def test_what_is_left_empty_is_asked_for_by_its_name_each_in_another_sentence(model: type[BaseModel]) -> None:
    reasons = [reason for field, reason in refused(model, {}) if field != "timeZone"]
    assert reasons
    assert "Fill this in." not in reasons
    assert len({*reasons}) == len(reasons)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"line": "a long one"}, "Use at most 3 characters."),
        ({"line": "b"}, "Look at how this is written."),
        ({"items": ["a", "b", "c"]}, "Give at most 2 of these: there are 3."),
        ({"items": []}, "Choose at least 1."),
        ({"number": "none"}, "Enter a number, in digits."),
        ({"number": "0"}, "Enter 1 or more."),
        ({"number": "10"}, "Enter 9 or less."),
        ({"share": "half"}, "Enter a number, in digits."),
        ({"day": "2026-02-31"}, "Enter a date such as 27 3 1985."),
        ({"hour": "noon"}, "Enter a time such as 19:30."),
        ({"which": "new"}, "This is not on the list. Choose it again."),
        ({"agreed": "perhaps"}, "Choose yes or no."),
        ({"more": "x"}, "This page does not ask for that. Open it again."),
        ({"items": "a"}, "This cannot be taken as it is. Look at it again."),
    ],
)
def test_what_cannot_be_taken_is_told_in_words_for_a_keyworker(typed: dict[str, Any], reason: str) -> None:
    [(_, told)] = refused(Anything, typed)
    assert told == reason
    assert not [word for word in PROGRAMMERS if word in told]


def test_a_field_with_another_name_on_the_page_is_called_by_that_one() -> None:
    assert refused(EndingIn, {}, {"kind": "ending"}) == [("ending", "Choose how it ends.")]


def test_words_that_are_too_long_are_refused_once_with_how_many_may_be() -> None:
    assert refused(CompanyIn, {"contact": "x" * 400}) == [("contact", "Use at most 200 characters.")]
    assert refused(AccessIn, {"reason": "x" * 2_001}) == [("reason", "Use at most 2000 characters.")]
    assert refused(CompanyIn, {"area": "x" * 201}) == [("area", "Use at most 200 characters.")]
