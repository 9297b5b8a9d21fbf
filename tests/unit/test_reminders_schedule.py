from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.rules import ABOUT_MEETINGS, BEFORE_THE_MEETING, Rule
from services.reminders.domain.schedule import LONGEST, Slot, civil, slot
from shared.meetings.zones import is_zone

LONDON = "Europe/London"
ZONES = st.sampled_from(sorted(name for name in available_timezones() if is_zone(name)))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds
LENGTHS = st.integers(1, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
RULES = st.sampled_from(ABOUT_MEETINGS)


def at(text: str, zone: str = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def slot_for(rule: Rule, start: str, minutes: int = 60, zone: str = LONDON) -> Slot:
    begins = at(start, zone)
    return slot(rule, begins, begins + timedelta(minutes=minutes), zone)


def test_the_first_reminder_is_due_at_six_in_the_evening_before_and_says_tomorrow_until_midnight() -> None:
    assert slot_for(Rule.MEETING_DAY_BEFORE, "2026-11-25T19:00") == Slot(at("2026-11-24T18:00"), at("2026-11-25T00:00"))


def test_the_second_is_due_two_hours_before_and_useful_until_the_start() -> None:
    assert slot_for(Rule.MEETING_TWO_HOURS, "2026-11-25T19:00") == Slot(at("2026-11-25T17:00"), at("2026-11-25T19:00"))


@pytest.mark.parametrize("rule", [Rule.DID_YOU_GO, Rule.HOW_WAS_IT])
def test_questions_are_due_at_ten_the_next_morning_and_useful_for_three_days(rule: Rule) -> None:
    assert slot_for(rule, "2026-11-25T19:00") == Slot(at("2026-11-26T10:00"), at("2026-11-29T10:00"))


def test_six_in_the_evening_stays_six_when_the_clocks_go_forward_in_the_night() -> None:
    spring = slot_for(Rule.MEETING_DAY_BEFORE, "2026-03-29T10:00")
    assert spring.due == datetime(2026, 3, 28, 18, tzinfo=UTC)
    assert at("2026-03-29T10:00") - spring.due == timedelta(hours=15)


def test_two_hours_are_two_hours_in_the_night_the_clocks_go_back() -> None:
    start = datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    there = slot(Rule.MEETING_TWO_HOURS, start.astimezone(ZoneInfo(LONDON)), start + timedelta(hours=1), LONDON)
    assert start - there.due == timedelta(hours=2)


def test_three_days_are_three_mornings_when_the_clocks_change_between() -> None:
    autumn = slot_for(Rule.DID_YOU_GO, "2026-10-23T19:00")
    assert autumn == Slot(datetime(2026, 10, 24, 9, tzinfo=UTC), datetime(2026, 10, 27, 10, tzinfo=UTC))


def test_the_day_before_is_the_day_before_on_the_clients_own_clock() -> None:
    start = at("2026-11-25T01:00")  # the evening of the 24th in New York
    there = slot(Rule.MEETING_DAY_BEFORE, start, start + timedelta(hours=1), "America/New_York")
    assert there.due == at("2026-11-23T18:00", "America/New_York")


def test_nobody_is_asked_about_a_meeting_that_is_still_going_on() -> None:
    assert slot_for(Rule.DID_YOU_GO, "2026-11-25T12:00", minutes=1440).due == at("2026-11-27T10:00")


def test_a_day_that_a_zone_never_had_is_no_day_before() -> None:
    """Samoa had no 30 December 2011."""
    there = slot_for(Rule.MEETING_DAY_BEFORE, "2011-12-31T19:00", zone="Pacific/Apia")
    assert there.due == at("2011-12-29T18:00", "Pacific/Apia")


@given(RULES, MOMENTS, LENGTHS, ZONES)
def test_every_message_is_due_before_it_loses_its_use_on_the_right_side_of_the_meeting(
    rule: Rule, start: datetime, length: timedelta, zone: str
) -> None:
    there = slot(rule, start, start + length, zone)
    assert there.due < there.useful_until
    assert there.useful_until - start < LONGEST
    if rule in BEFORE_THE_MEETING:
        assert there.useful_until <= start
    else:
        assert there.due >= start + length


@given(MOMENTS, LENGTHS, ZONES)
def test_the_evening_before_is_six_on_an_earlier_day_whatever_the_clocks_do(
    start: datetime, length: timedelta, zone: str
) -> None:
    there = ZoneInfo(zone)
    due = slot(Rule.MEETING_DAY_BEFORE, start, start + length, zone).due.astimezone(there)
    assert due.time() == time(18)
    assert due.date() < start.astimezone(there).date()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T08:59", "2026-11-25T09:00"),
        ("2026-11-25T09:00", "2026-11-25T09:00"),
        ("2026-11-25T19:59", "2026-11-25T19:59"),
        ("2026-11-25T20:00", "2026-11-26T09:00"),
        ("2026-11-25T23:59", "2026-11-26T09:00"),
        ("2026-10-24T21:00", "2026-10-25T09:00"),
        ("2026-03-28T21:00", "2026-03-29T09:00"),
    ],
)
def test_quiet_hours_are_eight_in_the_evening_to_nine_in_the_morning(moment: str, expected: str) -> None:
    assert civil(at(moment), LONDON) == at(expected)


@given(MOMENTS, ZONES)
def test_a_civil_moment_is_never_earlier_never_in_quiet_hours_and_the_first_there_is(
    moment: datetime, zone: str
) -> None:
    there = ZoneInfo(zone)
    opened = civil(moment, zone)
    assert opened >= moment
    assert time(9) <= opened.astimezone(there).time() < time(20)
    assert civil(opened, zone) == opened
    waiting = (moment + (opened - moment) * step // 40 for step in range(40) if opened > moment)
    assert all(not time(9) <= passed.astimezone(there).time() < time(20) for passed in waiting)


def test_a_day_is_a_date_on_the_clients_clock_not_on_ours() -> None:
    start = at("2026-11-25T22:30", "Pacific/Auckland")
    there = slot(Rule.DID_YOU_GO, start, start + timedelta(hours=1), "Pacific/Auckland")
    assert there.due.astimezone(ZoneInfo("Pacific/Auckland")).date() == date(2026, 11, 26)
