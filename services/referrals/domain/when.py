"""Stated times: when something happened, beside when we learned of it (2-architecture, decision 3)."""

from datetime import UTC, date, datetime, timedelta

from services.referrals.domain.answers import Refusal
from services.referrals.domain.rules import rule
from shared.meetings.zones import zone

LONG_AGO = timedelta(days=5 * 366)
"""Late paperwork is rarely older: a slip in the year, perhaps."""
_FIRST_YEAR, _LAST_YEAR = 1900, 9000
FURTHEST_AHEAD = timedelta(minutes=5)
WEEK = timedelta(days=7)


def local_day(at: datetime, time_zone: str) -> date:
    """The client's day in words like "the day it was made"."""
    return at.astimezone(zone(time_zone)).date()


def in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


@rule(
    "A time is not before 1900 and at most five minutes ahead.",
    source="sense",
    effect="refuses",
    codes=("no-time-zone", "too-far-back", "in-the-future"),
)
def untimely(at: datetime, recorded_at: datetime, field: str) -> Refusal | None:
    """However late the paperwork; five minutes ahead at most (clocks differ)."""
    if at.utcoffset() is None:
        return Refusal("no-time-zone", "Say the time with its zone, for example 2026-11-22T19:00:00+00:00.", field)
    # The year first: at either end of the calendar there is no arithmetic.
    if at.year < _FIRST_YEAR:
        return Refusal("too-far-back", "This is before 1900.", field)
    # Then in UTC: within one zone Python would compare the wall clocks.
    if at.year > _LAST_YEAR or in_utc(at) - in_utc(recorded_at) > FURTHEST_AHEAD:
        return Refusal("in-the-future", "This has not happened yet: it is more than five minutes ahead.", field)
    return None
