"""On which days an Open Referral schedule takes place: weekdays of every week, of each nth, or the first of a month.

Its rule is iCalendar's in pieces (RFC 5545, 3.3.10): `freq`, `interval`, `byday` (MO to SU, `1TU` in a month), else the
weekday of `dtstart`. 1.0 adds `weekday`. What a meeting cannot hold is refused: a wrong date sends somebody to a locked
door.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from services.referrals.feeds import values
from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line
from shared.meetings.recurrence import MOST_WEEKS, WEEKS_OF_MONTH

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# 1.0's publishers write the unit.
_FREQUENCIES = {
    "weekly": "weekly", "week": "weekly", "daily": "daily", "day": "daily", "monthly": "monthly", "month": "monthly",
}  # fmt: skip
_OTHER_PARTS = ("bymonthday", "bymonth", "byyearday", "byweekno", "count")
_OF_MONTH = re.compile(r"([+-]?\d)(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """One weekday (ISO) and its weeks, as a `Meeting` has them."""

    weekday: int
    every_weeks: int | None = None
    counted_from: date | None = None
    weeks_of_month: tuple[int, ...] | None = None


def days_of(schedule: Line) -> list[Days]:
    """In the week's order, at least one. Unreadable when it is on other days than a meeting can hold."""
    frequency = _frequency(schedule)
    for part in _OTHER_PARTS:
        if values.raw(schedule, part):
            raise Unreadable(part, "is given: only days of the week can be listed, every week or in some of the month")
    every = values.number({"interval": values.raw(schedule, "interval").removesuffix(".0")}, "interval", 1, MOST_WEEKS)
    if frequency != "weekly" and every not in (None, 1):
        raise Unreadable("interval", "leaves out days or months: only weeks can be left out")
    if frequency == "monthly":
        return _of_month(schedule)
    if values.raw(schedule, "bysetpos"):
        raise Unreadable("bysetpos", "is given: it is read of months only")
    weekdays = _weekdays(schedule, frequency)
    if every in (None, 1):
        return [Days(weekday) for weekday in weekdays]
    monday_or_so = _week_counted_from(schedule)
    return [Days(day, every, monday_or_so + timedelta(days=(day - monday_or_so.isoweekday()) % 7)) for day in weekdays]


def _of_month(schedule: Line) -> list[Days]:
    """`1TU,3TU` is the first and the third Tuesday; so is `TU` with `bysetpos` 1,3."""
    weeks: defaultdict[int, set[int]] = defaultdict(set)
    positions = _listed(schedule, "bysetpos")
    for day in _listed(schedule, "byday"):
        written = [f"{position}{day}" for position in positions] if day in _DAYS else [day]
        for each in written or [day]:
            week, weekday = _week_and_day(each)
            weeks[weekday].add(week)
    if not weeks:
        raise Unreadable("byday", "is missing: on which weekday of the month it meets is not said")
    if positions and len(weeks) > 1:
        raise Unreadable("bysetpos", "counts several weekdays together")
    return [
        Days(day, weeks_of_month=tuple(each for each in WEEKS_OF_MONTH if each in of_month))
        for day, of_month in sorted(weeks.items())
    ]


def _week_and_day(written: str) -> tuple[int, int]:
    found = _OF_MONTH.fullmatch(written)
    if not found or int(found[1]) not in WEEKS_OF_MONTH:
        raise Unreadable("byday", f"{values.shown(written)} is not the first to fourth or last of a month, such as 1TU")
    return int(found[1]), _DAYS.index(found[2]) + 1


def _weekdays(schedule: Line, frequency: str) -> list[int]:
    days, named = _by_day(schedule), _named(schedule)
    if days and named and days != [named]:
        raise Unreadable("weekday", f"is another day than byday's {values.shown(values.raw(schedule, 'byday'))}")
    if days:
        return days
    if named:
        return [named]
    return list(range(1, 8)) if frequency == "daily" else [_first_day(schedule, "byday", "on which day").isoweekday()]


def _frequency(schedule: Line) -> str:
    """1.0's `weekday` without a frequency is every week's."""
    written = values.raw(schedule, "freq").lower()
    if not written and not values.raw(schedule, "weekday"):
        raise Unreadable("freq", "is missing: how often it meets is not said")
    frequency = _FREQUENCIES.get(written or "weekly")
    if frequency is None:
        raise Unreadable("freq", f"{values.shown(written)} is neither weekly nor monthly")
    return frequency


def _by_day(schedule: Line) -> list[int]:
    days = _listed(schedule, "byday")
    if strange := [day for day in days if day not in _DAYS]:
        hint = ": the first or last of a month is not every week" if strange[0][-2:] in _DAYS else ""
        raise Unreadable("byday", f"{values.shown(strange[0])} is none of {', '.join(_DAYS)}{hint}")
    return sorted({_DAYS.index(day) + 1 for day in days})


def _listed(schedule: Line, field: str) -> list[str]:
    return [part.strip().upper() for part in values.raw(schedule, field).split(",") if part.strip()]


def _named(schedule: Line) -> int | None:
    """By name. A number counts for nothing beside `byday`, and is refused without: nobody said which day is 1."""
    written = values.raw(schedule, "weekday")
    if written.isdecimal() and values.raw(schedule, "byday"):
        return None
    return values.named_weekday(schedule, "weekday")


def _week_counted_from(schedule: Line) -> date:
    """The first day of the first week: Monday unless `wkst` says another."""
    first = _first_day(schedule, "dtstart", "from which week")
    begins = (values.raw(schedule, "wkst") or "MO").upper()
    if begins not in _DAYS:
        raise Unreadable("wkst", f"{values.shown(begins)} is none of {', '.join(_DAYS)}")
    return first - timedelta(days=(first.weekday() - _DAYS.index(begins)) % 7)


def _first_day(schedule: Line, field: str, what: str) -> date:
    """A date alone: midnight of a summer's day here is the day before in UTC."""
    if first := values.day_of_month(schedule, "dtstart"):
        return first
    raise Unreadable(field, f"is missing: {what} it meets is not said")
