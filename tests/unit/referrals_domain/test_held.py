from datetime import date
from typing import Any

import pytest

from services.referrals.domain.held import not_held_on
from tests.unit.meeting_builder import a_meeting


@pytest.mark.parametrize(
    ("said", "asked", "sentence"),
    [
        ({}, date(2026, 11, 24), "This meeting is held on Wednesdays; 2026-11-24 is a Tuesday."),
        (
            {"weeks_of_month": (1,)},
            date(2026, 11, 24),
            "This meeting is held on the first Wednesday of the month; 2026-11-24 is a Tuesday.",
        ),
        (
            {"weeks_of_month": (1,)},
            date(2026, 12, 9),
            "This meeting is held on the first Wednesday of the month; 2026-12-09 is not one of them, "
            "the next is 2027-01-06.",
        ),
        (
            {"every_weeks": 2, "counted_from": date(2026, 11, 25), "status": "withdrawn"},
            date(2026, 12, 2),
            "This meeting is held every second Wednesday; 2026-12-02 is not one of them.",
        ),
        (
            {"weekday": None, "start": None},
            date(2026, 12, 2),
            "This meeting is held by appointment only: it has no dates to commit to.",
        ),
        (
            {"weekday": 5, "time_zone": "Pacific/Apia"},
            date(2011, 12, 30),
            "This meeting has no date of 2011-12-30 to commit to.",
        ),
    ],
)
def test_a_date_on_which_it_is_not_held_is_refused_in_words(said: dict[str, Any], asked: date, sentence: str) -> None:
    assert not_held_on(a_meeting(**said), asked) == sentence
