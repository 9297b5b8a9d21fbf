"""The meeting of the README's example began 15 to 75 minutes ago, at any time of any day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.demo.lists import HERE, UK
from deploy.local.demo.todays_meeting import AT_LEAST, AT_MOST, WORTH, begun, still_fits, todays
from services.referrals.feeds import parse
from shared.meetings import occurrence_on

YEARS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis'
NOW = datetime(2026, 11, 22, 9, 55, tzinfo=UTC)


PARSED = parse(UK.format, (HERE / UK.file).read_bytes(), feed=UK.feed, time_zone=UK.time_zone, on=NOW.date())
MEETINGS = {meeting.meeting_id: meeting for meeting in PARSED.meetings}


@given(YEARS)
def test_every_one_is_in_the_directory_when_it_says(now: datetime) -> None:
    for occasion in begun(now):
        occurrence = occurrence_on(MEETINGS[occasion.meeting_id], occasion.date)
        assert occurrence is not None
        assert occurrence.start == occasion.start


@given(YEARS)
def test_the_first_began_15_to_75_minutes_ago_on_the_hour(now: datetime) -> None:
    first, second, *_ = begun(now)
    clocks_went_back = first.start.month == 10 and first.start.day > 24 and first.start.isoweekday() == 7
    if not clocks_went_back:
        assert AT_LEAST <= now - first.start <= AT_MOST
        assert AT_LEAST <= now - second.start <= AT_MOST
        assert (first.start.minute, second.start.minute) == (0, 30) or first.start.minute == second.start.minute == 0
    assert all(AT_LEAST <= now - occasion.start <= WORTH for occasion in begun(now))


def test_in_the_hour_that_comes_twice_it_is_the_last_that_began() -> None:
    """The clocks show 01:50 for the second time."""
    first, *_ = begun(datetime(2026, 10, 25, 1, 50, tzinfo=UTC))
    assert first.start.isoformat() == "2026-10-25T01:30:00+01:00"


def test_in_the_night_when_an_hour_is_skipped_there_is_one() -> None:
    first, *_ = begun(datetime(2026, 3, 29, 1, 20, tzinfo=UTC))
    assert first.start.isoformat() == "2026-03-29T02:00:00+01:00"


@pytest.mark.parametrize(
    ("state", "minutes_ago", "fits"),
    [
        ("planned", 20, True),
        ("not-heard-yet", 119, True),
        ("not-heard-yet", 121, False),
        ("attended", 20, False),
        ("not-known", 20, False),
        ("withdrawn", 20, False),
    ],
)
def test_a_commitment_fits_until_it_is_settled_or_two_hours_old(state: str, minutes_ago: int, fits: bool) -> None:
    assert still_fits(made("c", minutes_ago, state), NOW) is fits


def test_the_example_stays_with_its_commitment() -> None:
    commitments = [made("lately", 20), made("before", 80), made("coming", -60)]
    assert (todays(commitments, "before", NOW) or {})["commitmentId"] == "before"
    assert (todays(commitments, None, NOW) or {})["commitmentId"] == "lately"
    assert (todays(commitments, "of other data", NOW) or {})["commitmentId"] == "lately"
    assert todays([], None, NOW) is None


def made(name: str, minutes_ago: int, state: str = "planned") -> dict[str, Any]:
    start = NOW - timedelta(minutes=minutes_ago)
    return {"commitmentId": name, "start": start.isoformat(), "state": state}
