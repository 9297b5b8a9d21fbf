"""When an Open Referral service takes place: its schedules, those that hold on the day of reading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from services.referrals.feeds import values
from services.referrals.feeds.open_referral_days import Days, days_of
from services.referrals.feeds.parsed import Source, Unreadable
from services.referrals.feeds.values import Line

# Minutes. Nobody sits in a meeting for longer every week: it is when an office or a telephone is open.
LONGEST_SITTING = 6 * 60
_WITH_OFFSET = re.compile(r"[\d:.T\-]*\d{2}:\d{2}(:[\d.]+)?\s*([zZ]|[+-]\d{2}:?\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Time:
    """Its days and local start; `length` in minutes; `remarks` are of the schedule it comes from."""

    days: Days
    start: time
    length: int
    time_zone: str
    remarks: str


def times(schedules: Sequence[Line], source: Source) -> list[Time]:
    """In the week's order, each once; none when all of it has ended, Unreadable when it is not said when."""
    if not schedules:
        raise Unreadable("schedules", "is missing: when it meets is not said; the list of services alone leaves it out")
    holding = [schedule for schedule in schedules if _holds(schedule, source.on)]
    if not holding and not all(_has_ended(schedule, source.on) for schedule in schedules):
        raise Unreadable("schedules", f"none of them holds on {source.on}: they are to come, or have ended")
    each_once = {each for schedule in holding for each in _times(schedule, source)}
    return sorted(each_once, key=lambda when: (when.days.weekday, when.start, str(when)))


def _times(schedule: Line, source: Source) -> list[Time]:
    days, start = days_of(schedule), _clock(schedule, "opens_at")
    if start is None:
        raise Unreadable("opens_at", "is missing: at what time it begins is not said")
    _clock(schedule, "closes_at")
    length = values.length_until(schedule, "closes_at", start)
    if length > LONGEST_SITTING:
        raise Unreadable("closes_at", f"makes {length // 60} hours: these are opening hours, not a meeting")
    zone = values.zone_of(schedule, "timezone", source)
    remarks = values.prose(schedule, "description", "notes", limit=values.DOOR) or ""
    return [Time(day, start, length, zone, remarks) for day in days]


def _clock(schedule: Line, field: str) -> time | None:
    written = values.raw(schedule, field)
    if _WITH_OFFSET.fullmatch(written):
        reason = "is a time from Greenwich: what the clock shows there would be another in summer than in winter"
        raise Unreadable(field, f"{values.shown(written)} {reason}")
    return values.clock(schedule, field)


def _holds(schedule: Line, on: date) -> bool:
    first = [day for field in ("valid_from", "dtstart") if (day := _day(schedule, field))]
    return max(first, default=on) <= on and not _has_ended(schedule, on)


def _has_ended(schedule: Line, on: date) -> bool:
    last = [day for field in ("valid_to", "until") if (day := _day(schedule, field))]
    return min(last, default=on) < on


def _day(schedule: Line, field: str) -> date | None:
    """Of a date, or of a moment as 1.0's publishers write them; a day more or less does not matter here."""
    return values.day_of_month({field: values.raw(schedule, field)[:10]}, field)
