"""Dates by Hypothesis: every zone, and the days on which its clocks change more often than chance would pick them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.meetings import Meeting, occurrence_at, occurrence_of_start, occurrence_on, occurrences
from tests.unit.meeting_builder import a_meeting

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FIRST, LAST = date(2006, 1, 1), date(2032, 1, 1)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@cache
def days_of_change(name: str) -> list[date]:
    """The local days on whose eve, morning or morrow the zone's offset from UTC changes."""
    zone, noon, days = ZoneInfo(name), datetime(2006, 1, 1, 12, tzinfo=UTC), []
    before = zone.utcoffset(noon.astimezone(zone))
    while noon.date() < LAST:
        offset = noon.astimezone(zone).utcoffset()
        if offset != before:
            days += [noon.date() - n * DAY for n in (0, 1)]
        noon, before = noon + DAY, offset
    return days


@st.composite
def meetings_and_their_dates(draw: st.DrawFn) -> tuple[Meeting, date]:
    zone = draw(st.sampled_from(ZONES))
    changes = days_of_change(zone)
    anywhen = st.dates(FIRST, LAST)
    day = draw(anywhen | st.sampled_from(changes) if changes else anywhen)
    minute = draw(st.integers(0, 24 * 60 - 1) | st.integers(0, 3 * 60) | st.integers(22 * 60, 24 * 60 - 1))
    length = draw(st.integers(1, 24 * 60))
    meeting = a_meeting(weekday=day.isoweekday(), start=time(*divmod(minute, 60)), length=length, time_zone=zone)
    return meeting, day


def instants_of(meeting: Meeting, day: date) -> list[datetime]:
    """By search, not by rule: every instant, in UTC, at which the clocks there show that date and start."""
    assert meeting.start is not None
    zone, wall = ZoneInfo(meeting.time_zone), datetime.combine(day, meeting.start)
    around = [wall.replace(tzinfo=UTC) + timedelta(hours=hours) for hours in range(-50, 51)]
    offsets = {instant.astimezone(zone).utcoffset() for instant in around}
    candidates = {wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None}
    return sorted(c for c in candidates if c.astimezone(zone).replace(tzinfo=None) == wall)


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@settings(deadline=None, max_examples=400)
@given(meetings_and_their_dates())
def test_a_start_is_the_first_instant_at_which_the_clocks_show_it(given_: tuple[Meeting, date]) -> None:
    meeting, day = given_
    found, instants = occurrence_on(meeting, day), instants_of(meeting, day)
    assume(instants)
    assert found is not None
    assert utc(found.start) == instants[0]


@settings(deadline=None, max_examples=400)
@given(meetings_and_their_dates())
def test_an_occurrence_lies_on_its_date_and_weekday_and_lasts_its_length(given_: tuple[Meeting, date]) -> None:
    meeting, day = given_
    found = occurrence_on(meeting, day)
    if found is None:
        nights = [datetime.combine(day, time(h), tzinfo=ZoneInfo(meeting.time_zone)) for h in range(24)]
        assert all(utc(t).astimezone(t.tzinfo).date() != day for t in nights), "only a day that never was has none"
        return
    assert found.start.date() == found.date == day
    assert found.start.isoweekday() == meeting.weekday
    assert utc(found.end) - utc(found.start) == meeting.length * MINUTE
    assert str(found.start.tzinfo) == str(found.end.tzinfo) == found.time_zone == meeting.time_zone


@settings(deadline=None, max_examples=400)
@given(meetings_and_their_dates(), st.integers(0, 6 * 24 * 60))
def test_an_occurrence_is_found_again_by_its_start_and_until_the_next_one(
    given_: tuple[Meeting, date], minutes_later: int
) -> None:
    meeting, day = given_
    found = occurrence_on(meeting, day)
    assume(found)
    assert found is not None
    assert occurrence_of_start(meeting, utc(found.start)) == found
    assert occurrence_at(meeting, utc(found.start) + minutes_later * MINUTE) == found
    before = occurrence_at(meeting, utc(found.start) - MINUTE)
    assert before is not None
    assert before.date < day


@settings(deadline=None, max_examples=200)
@given(meetings_and_their_dates(), st.integers(0, 70))
def test_a_range_holds_exactly_the_occurrences_of_its_days(given_: tuple[Meeting, date], days: int) -> None:
    meeting, first = given_
    one_by_one = [occurrence_on(meeting, first + n * DAY) for n in range(days + 1)]
    assert list(occurrences(meeting, first, first + days * DAY)) == [o for o in one_by_one if o]


@settings(deadline=None, max_examples=200)
@given(meetings_and_their_dates(), st.integers(-8 * 24 * 60, 8 * 24 * 60))
def test_the_last_one_begun_is_the_latest_of_all_that_began(given_: tuple[Meeting, date], minutes: int) -> None:
    meeting, day = given_
    moment = datetime.combine(day, time(12), tzinfo=UTC) + minutes * MINUTE
    begun = [o for o in occurrences(meeting, day - 30 * DAY, day + 30 * DAY) if utc(o.start) <= moment]
    assert occurrence_at(meeting, moment) == begun[-1]
