from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.referrals.directory.choosing import shown
from services.referrals.directory.wanted import Near
from shared.meetings import occurrences
from tests.unit.choosing_builder import NOW
from tests.unit.meeting_builder import a_meeting

CONFIRMED = {"confirmed_on": NOW.date()}


def texts(now: datetime = NOW, near: Near | None = None, **said: object) -> list[str]:
    meeting = a_meeting(**CONFIRMED | said)
    dated = list(occurrences(meeting, now.date(), now.date() + timedelta(days=6)))
    return [fact.text for fact in shown(meeting, dated, now, near).facts]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"kinds": ("women",)}, "Women only"),
        ({"kinds": ("newcomer",)}, "Newcomers are welcome"),
        ({"kinds": ("closed",)}, "Closed: only for people who have the problem themselves"),
        ({"kinds": ("closed",), "audience": "family"}, "Closed: only for family and friends"),
        ({"kinds": ("language-cy",)}, "Held in Welsh"),
        ({"kinds": ("language-tlh",)}, "Held in another language (tlh)"),
        ({"kinds": ("wheelchair",)}, "Wheelchair accessible"),
        ({"audience": "both"}, "For people with the problem, and for family and friends"),
        ({"weekday": None, "start": None}, "By appointment: ring first"),
        (
            {"weeks_of_month": (1,)},
            "Not every week: on the first Wednesday of the month, next on 2 December 2026",
        ),
        (
            {"finding_the_door": "Side door. 1st Thursday only; ring twice"},
            "Its list speaks of certain weeks: “1st Thursday only”",
        ),
        ({"format": "online"}, "Held online"),
        ({"format": "hybrid"}, "In person, and online at the same time"),
        ({"confirmed_on": date(2026, 3, 3)}, "Not confirmed by a person since 3 March 2026"),
        ({"confirmed_on": None}, "Never confirmed by a person"),
        ({"status": "closed-for-now"}, "Closed for now"),
        ({"status": "withdrawn"}, "No longer listed"),
    ],
)
def test_a_fact_is_said_in_words(said: dict[str, Any], text: str) -> None:
    assert texts(**said) == [text]


def test_of_an_ordinary_meeting_there_is_nothing_to_know() -> None:
    assert texts() == []


def test_a_meeting_confirmed_ninety_days_ago_is_not_stale_yet() -> None:
    assert texts(confirmed_on=NOW.date() - timedelta(days=90)) == []
    assert texts(confirmed_on=NOW.date() - timedelta(days=91)) != []


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ({"minutes": 40}, "Begins in 40 minutes"),
        ({"minutes": 1}, "Begins in 1 minute"),
        ({"minutes": 89}, "Begins in 89 minutes"),
        ({"minutes": 90}, "Begins in 1 hour"),
        ({"hours": 5}, "Begins in 5 hours"),
    ],
)
def test_when_it_begins_soon_the_time_left_is_said(before: dict[str, int], text: str) -> None:
    assert texts(datetime(2026, 11, 25, 19, tzinfo=UTC) - timedelta(**before)) == [text]


def test_how_far_it_is_is_said_in_whole_kilometres() -> None:
    here: dict[str, Any] = {"latitude": 53.95, "longitude": -4.2}
    assert texts(near=Near(53.968, -4.2, 10), **here) == ["About 2 km away"]
    assert texts(near=Near(53.951, -4.2, 10), **here) == ["Less than 1 km away"]
    assert texts(near=Near(53.951, -4.2, 10)) == []


def test_what_one_could_be_turned_away_for_comes_first_and_how_sure_it_is_last() -> None:
    kinds = ("discussion", "newcomer", "women", "closed")
    assert texts(kinds=kinds, format="online", confirmed_on=None) == [
        "Closed: only for people who have the problem themselves",
        "Women only",
        "Held online",
        "Newcomers are welcome",
        "Everybody may talk",
        "Never confirmed by a person",
    ]
