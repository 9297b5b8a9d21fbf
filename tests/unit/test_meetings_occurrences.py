from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from shared.meetings import Meeting, occurrence_at, occurrence_of_start, occurrence_on, occurrences
from tests.unit.meeting_builder import a_meeting

LONDON = ZoneInfo("Europe/London")
SUNDAY = 7


def test_a_week_holds_one_occurrence_on_its_weekday() -> None:
    (only,) = occurrences(a_meeting(), date(2026, 11, 23), date(2026, 11, 29))
    assert (only.date, only.start) == (date(2026, 11, 25), datetime(2026, 11, 25, 19, tzinfo=LONDON))
    assert only.end - only.start == timedelta(hours=1)


def test_both_ends_of_the_range_are_included() -> None:
    days = [occurrence.date for occurrence in occurrences(a_meeting(), date(2026, 11, 25), date(2026, 12, 2))]
    assert days == [date(2026, 11, 25), date(2026, 12, 2)]


def test_a_range_that_ends_before_it_begins_holds_nothing() -> None:
    assert not list(occurrences(a_meeting(), date(2026, 12, 2), date(2026, 11, 25)))


def test_nineteen_hundred_stays_nineteen_hundred_when_the_clocks_change() -> None:
    around = list(occurrences(a_meeting(), date(2026, 10, 21), date(2026, 10, 28)))
    assert [o.start.hour for o in around] == [19, 19]
    assert [o.start.astimezone(UTC).hour for o in around] == [18, 19]


def test_a_start_that_the_clocks_skip_is_moved_by_the_gap() -> None:
    skipped = occurrence_on(a_meeting(weekday=SUNDAY, start=time(1, 30)), date(2026, 3, 29))
    assert skipped is not None
    assert skipped.start.isoformat() == "2026-03-29T02:30:00+01:00"
    assert skipped.end.isoformat() == "2026-03-29T03:30:00+01:00"


def test_a_start_that_comes_twice_is_its_first_one() -> None:
    twice = occurrence_on(a_meeting(weekday=SUNDAY, start=time(1, 30)), date(2026, 10, 25))
    assert twice is not None
    assert twice.start.isoformat() == "2026-10-25T01:30:00+01:00"
    assert twice.end.isoformat() == "2026-10-25T01:30:00+00:00"


def test_an_hour_lasts_an_hour_in_the_night_the_clocks_change() -> None:
    night = occurrence_on(a_meeting(weekday=6, start=time(23, 30), length=180), date(2026, 10, 24))
    assert night is not None
    assert night.end.isoformat() == "2026-10-25T01:30:00+00:00"
    assert night.end.astimezone(UTC) - night.start.astimezone(UTC) == timedelta(hours=3)


def test_a_meeting_over_midnight_ends_on_the_next_day_and_is_dated_by_its_start() -> None:
    late = occurrence_on(a_meeting(start=time(23, 30), length=60), date(2026, 11, 25))
    assert late is not None
    assert (late.date, late.end) == (date(2026, 11, 25), datetime(2026, 11, 26, 0, 30, tzinfo=LONDON))


def test_a_skipped_start_before_midnight_stays_on_its_day() -> None:
    """Nuuk goes from 23:00 on Saturday to 00:00 on Sunday: moved by the gap, Saturday's meeting would be Sunday's."""
    moved = occurrence_on(a_meeting(weekday=6, start=time(23, 30), time_zone="America/Nuuk"), date(2025, 3, 29))
    assert moved is not None
    assert moved.start.isoformat() == "2025-03-29T22:30:00-02:00"


def test_a_day_that_the_zone_never_had_has_no_occurrence() -> None:
    friday = a_meeting(weekday=5, time_zone="Pacific/Apia")
    assert occurrence_on(friday, date(2011, 12, 30)) is None
    days = [o.date for o in occurrences(friday, date(2011, 12, 20), date(2012, 1, 7))]
    assert days == [date(2011, 12, 23), date(2012, 1, 6)]
    last = occurrence_at(friday, datetime(2011, 12, 31, 12, tzinfo=ZoneInfo("Pacific/Apia")))
    assert last is not None
    assert last.date == date(2011, 12, 23)


@pytest.mark.parametrize("status", ["closed-for-now", "withdrawn"])
def test_nothing_is_planned_at_a_meeting_that_is_not_active_but_what_was_attended_is_still_found(status: str) -> None:
    closed = a_meeting(status=status)
    assert not list(occurrences(closed, date(2026, 11, 23), date(2026, 11, 29)))
    assert occurrence_on(closed, date(2026, 11, 25)) is not None
    assert occurrence_at(closed, datetime(2026, 11, 25, 20, tzinfo=UTC)) is not None


def test_a_meeting_by_appointment_has_no_occurrence() -> None:
    by_appointment = a_meeting(weekday=None, start=None)
    assert by_appointment.by_appointment
    assert not list(occurrences(by_appointment, date(2026, 1, 1), date(2026, 12, 31)))
    assert occurrence_on(by_appointment, date(2026, 11, 25)) is None
    assert occurrence_at(by_appointment, datetime(2026, 11, 25, 20, tzinfo=UTC)) is None
    assert occurrence_of_start(by_appointment, datetime(2026, 11, 25, 19, tzinfo=UTC)) is None


def test_another_weekday_has_no_occurrence() -> None:
    assert occurrence_on(a_meeting(), date(2026, 11, 26)) is None


@pytest.mark.parametrize(
    ("observed_at", "day"),
    [
        ("2026-11-25T18:59:59+00:00", date(2026, 11, 18)),
        ("2026-11-25T19:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-25T20:15:00+01:00", date(2026, 11, 25)),
        ("2026-12-02T18:59:00+00:00", date(2026, 11, 25)),
    ],
)
def test_what_was_observed_is_the_last_one_begun_by_then(observed_at: str, day: date) -> None:
    found = occurrence_at(a_meeting(), datetime.fromisoformat(observed_at))
    assert found is not None
    assert found.date == day


def test_in_the_repeated_hour_the_second_time_round_counts_as_later() -> None:
    """Both 01:30s show the same clock in the same zone; only the second is after a start at 01:45 summer time."""
    meeting = a_meeting(weekday=SUNDAY, start=time(1, 45))
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    before, after = occurrence_at(meeting, first), occurrence_at(meeting, second)
    assert before is not None
    assert after is not None
    assert (before.date, after.date) == (date(2026, 10, 18), date(2026, 10, 25))


def test_clocks_set_back_over_midnight_do_not_hide_the_meeting_that_had_begun() -> None:
    """St John's, 1 November 2009: at 00:01 on Sunday it was 23:01 on Saturday again."""
    midnight = a_meeting(weekday=SUNDAY, start=time(0), time_zone="America/St_Johns")
    saturday_again = datetime(2009, 11, 1, 2, 40, tzinfo=UTC)
    assert saturday_again.astimezone(ZoneInfo("America/St_Johns")).isoformat() == "2009-10-31T23:10:00-03:30"
    found = occurrence_at(midnight, saturday_again)
    assert found is not None
    assert found.date == date(2009, 11, 1)


def test_two_minutes_past_the_start_is_the_same_occurrence() -> None:
    meeting = a_meeting()
    on_time, late = (occurrence_of_start(meeting, datetime(2026, 11, 25, 19, m, tzinfo=UTC)) for m in (0, 2))
    assert on_time == late
    assert on_time is not None


def test_the_start_is_read_on_the_meetings_own_day() -> None:
    tokyo = a_meeting(weekday=4, start=time(8), time_zone="Asia/Tokyo")
    found = occurrence_of_start(tokyo, datetime(2026, 11, 25, 23, tzinfo=UTC))
    assert found is not None
    assert found.date == date(2026, 11, 26)


@pytest.mark.parametrize("ask", [occurrence_at, occurrence_of_start])
def test_a_time_without_a_zone_is_refused(ask: Callable[[Meeting, datetime], object]) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ask(a_meeting(), datetime(2026, 11, 25, 19))  # noqa: DTZ001


def test_the_ends_of_the_calendar_have_no_occurrence_and_raise_nothing() -> None:
    meeting = a_meeting(time_zone="America/New_York", weekday=5, start=time(23, 30), length=1440)
    assert date(9999, 12, 31).isoweekday() == 5
    assert occurrence_on(meeting, date(9999, 12, 31)) is None
    assert not list(occurrences(meeting, date(9999, 12, 1), date.max))
    assert not list(occurrences(meeting, date.min, date(1, 2, 1)))
    for edge in (datetime.min, datetime.max):  # noqa: DTZ901
        for hours in (-14, 14):
            moment = edge.replace(tzinfo=timezone(timedelta(hours=hours)))
            assert occurrence_at(meeting, moment) is None
            assert occurrence_of_start(meeting, moment) is None
