"""Stated times: when something happened, beside when we learned of it (2-architecture, decision 3)."""

from datetime import UTC, date, datetime, timedelta

from services.referrals.domain.answers import Refusal
from services.referrals.domain.rules import rule
from shared.meetings.zones import zone

FURTHEST_BACK = timedelta(days=5 * 366)
FURTHEST_AHEAD = timedelta(minutes=5)
WEEK = timedelta(days=7)


def local_day(at: datetime, time_zone: str) -> date:
    """The client's day in words like "the day it was made"."""
    return at.astimezone(zone(time_zone)).date()


def in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


@rule(
    "A time is at most five years back and five minutes ahead.",
    source="sense",
    effect="refuses",
    codes=("no-time-zone", "too-far-back", "in-the-future"),
)
def untimely(at: datetime, recorded_at: datetime, field: str) -> Refusal | None:
    """Five years back at most (late paperwork), five minutes ahead at most (clocks differ)."""
    if at.utcoffset() is None:
        return Refusal("no-time-zone", "Say the time with its zone, for example 2026-11-22T19:00:00+00:00.", field)
    # The year first: at either end of the calendar there is no arithmetic.
    # Then in UTC: within one zone Python would compare the wall clocks.
    passed = (in_utc(recorded_at) - in_utc(at)) if 1900 <= at.year <= 9000 else timedelta(days=1950 - at.year)
    if passed > FURTHEST_BACK:
        return Refusal("too-far-back", "This is more than five years ago.", field)
    if passed < -FURTHEST_AHEAD:
        return Refusal("in-the-future", "This has not happened yet: it is more than five minutes ahead.", field)
    return None
