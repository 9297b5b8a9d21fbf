"""Break glass: for hours, with a reason, never for who is kept apart."""

from uuid import uuid4

import pytest

from services.referrals.domain.answers import Refusal
from services.referrals.domain.glass import LASTS, Access, break_glass
from tests.unit.referrals_domain.story import at


def wanted(reason: str) -> Access:
    return Access(uuid4(), uuid4(), "sam", reason, at(1), at(1) + LASTS)


@pytest.mark.parametrize("reason", ["", "   ", "because", "-  -  -  -  -", "n/a"])
def test_who_breaks_the_glass_says_why(reason: str) -> None:
    refusal = break_glass(wanted(reason), kept_apart=False)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == ("reason-missing", "reason")
    said = wanted("Unwell in our waiting room.")
    assert break_glass(said, kept_apart=False) == said


def test_the_glass_stays_whole_for_who_is_kept_apart_and_says_nothing_of_it() -> None:
    refusal = break_glass(wanted("Unwell in our waiting room."), kept_apart=True)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "kept-apart"
    assert "apart" not in refusal.reason
