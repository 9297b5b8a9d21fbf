"""On which weekdays an Open Referral schedule takes place, when it is a weekly one.

Its rule is iCalendar's in pieces (RFC 5545, 3.3.10): `freq`, `interval`, `byday` (MO to SU), else the weekday of
`dtstart`. 1.0 adds `weekday`. What a weekly meeting cannot hold is refused: a wrong weekday sends somebody to a locked
door.
"""

from datetime import date

from services.referrals.feeds import values
from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# 1.0's publishers write the unit.
_FREQUENCIES = {"weekly": "weekly", "week": "weekly", "daily": "daily", "day": "daily"}
_OTHER_PARTS = ("bymonthday", "bymonth", "byyearday", "byweekno", "bysetpos", "count")


def weekdays(schedule: Line) -> list[int]:
    """ISO, in order, at least one. Unreadable when it is not every week on the same days."""
    frequency = _frequency(schedule)
    for part in _OTHER_PARTS:
        if values.raw(schedule, part):
            raise Unreadable(part, "is given: only meetings of every week, without an end, can be listed")
    days, named = _by_day(schedule), _named(schedule)
    if days and named and days != [named]:
        raise Unreadable("weekday", f"is another day than byday's {values.shown(values.raw(schedule, 'byday'))}")
    if days:
        return days
    if named:
        return [named]
    return list(range(1, 8)) if frequency == "daily" else [_first_day(schedule).isoweekday()]


def _frequency(schedule: Line) -> str:
    """1.0's `weekday` without a frequency is every week's."""
    written = values.raw(schedule, "freq").lower()
    if not written and not values.raw(schedule, "weekday"):
        raise Unreadable("freq", "is missing: how often it meets is not said")
    frequency = _FREQUENCIES.get(written or "weekly")
    if frequency is None:
        raise Unreadable("freq", f"{values.shown(written)} is not weekly: only meetings of every week can be listed")
    if values.raw(schedule, "interval") not in ("", "1", "1.0"):
        every = values.shown(values.raw(schedule, "interval"))
        raise Unreadable("interval", f"{every} is not every week: only meetings of every week can be listed")
    return frequency


def _by_day(schedule: Line) -> list[int]:
    written = values.raw(schedule, "byday")
    days = [day.strip().upper() for day in written.split(",") if day.strip()]
    if strange := [day for day in days if day not in _DAYS]:
        hint = ": the first or last of a month is no weekly meeting" if strange[0][-2:] in _DAYS else ""
        raise Unreadable("byday", f"{values.shown(strange[0])} is none of {', '.join(_DAYS)}{hint}")
    return sorted({_DAYS.index(day) + 1 for day in days})


def _named(schedule: Line) -> int | None:
    """By name. A number counts for nothing beside `byday`, and is refused without: nobody said which day is 1."""
    written = values.raw(schedule, "weekday")
    if written.isdecimal() and values.raw(schedule, "byday"):
        return None
    return values.named_weekday(schedule, "weekday")


def _first_day(schedule: Line) -> date:
    """A date alone: midnight of a summer's day here is the day before in UTC."""
    if first := values.day_of_month(schedule, "dtstart"):
        return first
    raise Unreadable("byday", "is missing: on which day it meets is not said")
