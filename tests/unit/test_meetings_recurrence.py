"""Meetings of some weeks only, held against a count of days one by one."""

import json
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.events.directory import MeetingListed
from shared.events.published import SAMPLES
from shared.meetings import Meeting, occurrence_at, occurrence_of_start, occurrence_on, occurrences
from shared.meetings.recurrence import WEEKS_OF_MONTH, in_words, is_weekly
from tests.unit.meeting_builder import a_meeting

DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def on_first_tuesday(**said: Any) -> Meeting:  # noqa: ANN401  # any field of a meeting
    return a_meeting(**{"weekday": 2, "weeks_of_month": (1,)} | said)


@st.composite
def recurring(draw: st.DrawFn) -> Meeting:
    counted_from = draw(DAYS)
    said: dict[str, Any] = {"weekday": counted_from.isoweekday(), "start": draw(st.sampled_from([time(0), time(19)]))}
    if draw(st.booleans()):
        weeks = draw(st.sets(st.sampled_from(WEEKS_OF_MONTH), min_size=1))
        return a_meeting(**said, weeks_of_month=tuple(week for week in WEEKS_OF_MONTH if week in weeks))
    every = draw(st.integers(2, 12))
    return a_meeting(**said, every_weeks=every, counted_from=counted_from)


def held_on(meeting: Meeting, day: date) -> bool:
    """By counting: which such weekday of its month it is, or whole rounds of weeks from the date it is counted from."""
    if day.isoweekday() != meeting.weekday:
        return False
    if meeting.counted_from and meeting.every_weeks:
        first, last = sorted((meeting.counted_from, day))
        return len([n for n in range((last - first).days) if n % 7 == 0]) % meeting.every_weeks == 0
    _, length = monthrange(day.year, day.month)
    alike = [n for n in range(1, length + 1) if date(day.year, day.month, n).isoweekday() == meeting.weekday]
    return any(alike[week - 1 if week > 0 else -1] == day.day for week in meeting.weeks_of_month or ())


@settings(deadline=None)
@given(recurring(), DAYS)
def test_a_meeting_is_held_in_its_weeks_and_in_no_others(meeting: Meeting, first: date) -> None:
    days = [first + n * DAY for n in range(100)]
    expected = [day for day in days if held_on(meeting, day)]
    assert [each.date for each in occurrences(meeting, days[0], days[-1])] == expected
    assert [day for day in days if occurrence_on(meeting, day)] == expected


@settings(deadline=None)
@given(recurring(), st.datetimes(datetime(2000, 6, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_last_one_begun_may_be_many_weeks_ago(meeting: Meeting, moment: datetime) -> None:
    planned = occurrences(meeting, moment.date() - 200 * DAY, moment.date() + DAY)
    begun = [each for each in planned if each.start.astimezone(UTC) <= moment]
    assert occurrence_at(meeting, moment) == begun[-1]


@settings(deadline=None)
@given(recurring(), DAYS)
def test_a_start_in_another_week_is_no_occurrence(meeting: Meeting, day: date) -> None:
    start = datetime.combine(day, time(19), tzinfo=UTC)
    found = occurrence_of_start(meeting, start)
    assert (found is not None) == held_on(meeting, day)


def test_some_months_have_their_last_as_the_fifth() -> None:
    last = on_first_tuesday(weeks_of_month=(-1,))
    days = [each.date for each in occurrences(last, date(2026, 11, 1), date(2026, 12, 31))]
    assert days == [date(2026, 11, 24), date(2026, 12, 29)]


def test_nothing_is_planned_in_weeks_between_and_the_clocks_may_change_meanwhile() -> None:
    fortnightly = a_meeting(weekday=7, start=time(1, 30), every_weeks=2, counted_from=date(2026, 3, 15))
    moved = list(occurrences(fortnightly, date(2026, 3, 15), date(2026, 4, 12)))
    assert [f"{each.start:%d %H:%M}" for each in moved] == ["15 01:30", "29 02:30", "12 01:30"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "on Wednesday"),
        ({"weeks_of_month": (1,)}, "on the first Wednesday of the month"),
        ({"weeks_of_month": (1, 3)}, "on the first and third Wednesday of the month"),
        ({"weeks_of_month": (-1,)}, "on the last Wednesday of the month"),
        ({"every_weeks": 2, "counted_from": date(2026, 11, 25)}, "every second Wednesday"),
        ({"every_weeks": 3, "counted_from": date(2026, 11, 25)}, "every 3 weeks on Wednesday"),
    ],
)
def test_it_is_said_in_words(said: dict[str, Any], words: str) -> None:
    assert in_words(a_meeting(**said)) == words


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"every_weeks": 2}, "counted_from"),
        ({"counted_from": date(2026, 11, 25)}, "counted_from"),
        ({"every_weeks": 2, "counted_from": date(2026, 11, 24)}, "counted_from"),
        ({"weeks_of_month": ()}, "weeks_of_month"),
        ({"every_weeks": 1, "counted_from": date(2026, 11, 25)}, "every_weeks"),
        ({"every_weeks": 53, "counted_from": date(2026, 11, 25)}, "every_weeks"),
        ({"weeks_of_month": (5,)}, "weeks_of_month"),
        ({"weeks_of_month": (3, 1)}, "weeks_of_month"),
        ({"weeks_of_month": (1,), "every_weeks": 2, "counted_from": date(2026, 11, 25)}, "weeks_of_month"),
        ({"weeks_of_month": (1,), "weekday": None, "start": None}, "every_weeks"),
    ],
)
def test_weeks_that_cannot_be_name_the_field(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}:"):
        a_meeting(**said)


def test_what_was_said_before_there_were_such_weeks_is_weekly() -> None:
    sample = (SAMPLES / "uk.famalink.referrals.meeting.listed.v1.json").read_text()
    listed = MeetingListed.model_validate(json.loads(sample)["data"])
    assert is_weekly(Meeting(**dict(listed)))
