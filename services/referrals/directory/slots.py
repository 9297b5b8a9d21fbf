"""When the meetings of a large directory come next, reckoned once for all that share days, start, length and zone.

Starts are seconds since 1970: thousands of them are compared in a request.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from math import inf
from typing import NamedTuple

from services.referrals.directory.wanted import AHEAD, Free, Wanted, period
from shared.meetings import EARLIEST, LATEST, start_on
from shared.meetings.recurrence import in_its_weeks
from shared.meetings.zones import zone

NEVER = 1 << 60
"""By appointment, or on no day of the period."""
_DAY = 24 * 60 * 60
_1970 = date(1970, 1, 1).toordinal()
_Numbered = list[tuple[int, time, int]]
"""Slots by number, with their start and that in seconds after midnight."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The meetings of an index from one position up to another. `weekday` is ISO, none by appointment.

    The last three say in which weeks, as of a `Meeting`.
    """

    weekday: int | None
    start: time | None
    length: int
    time_zone: str
    first: int
    end: int
    every_weeks: int | None = None
    counted_from: date | None = None
    weeks_of_month: tuple[int, ...] | None = None


class _Days(NamedTuple):
    """On which days, whatever the time: those of slots that are reckoned together."""

    weekday: int
    time_zone: str
    every_weeks: int | None
    counted_from: date | None
    weeks_of_month: tuple[int, ...] | None


class Slots:
    """All of an index. Those of the same days and zone are reckoned together: the days' offset is the same."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        self.all = slots
        self._days: defaultdict[_Days, _Numbered] = defaultdict(list)
        for number, slot in enumerate(slots):
            if slot.weekday is not None and slot.start is not None:
                seconds = slot.start.hour * 3600 + slot.start.minute * 60
                weeks = (slot.every_weeks, slot.counted_from, slot.weeks_of_month)
                self._days[_Days(slot.weekday, slot.time_zone, *weeks)].append((number, slot.start, seconds))
        self._timed = lru_cache(maxsize=64)(self._reckoned)

    def timed(self, wanted: Wanted, now: datetime) -> "Timed":
        if wanted.between_dates:
            return self._timed(period(wanted, now.date()), 0)
        # Meetings begin on the minute: what begins from now on begins from the next full one on, a week later as well.
        return self._timed(None, -(-now.timestamp() // 60) * 60)

    def _reckoned(self, dates: tuple[date, date] | None, since: float) -> "Timed":
        starts = [NEVER] * len(self.all)
        for days, slots in self._days.items():
            waiting, window = slots, _window(days.weekday, days.time_zone, dates, since)
            for ordinal in window.days:
                if in_its_weeks(days, date.fromordinal(ordinal)):
                    waiting = _put(starts, waiting, window, _Day(ordinal, days.time_zone))
                if not waiting:
                    break
        return Timed(starts, sorted(range(len(starts)), key=starts.__getitem__))


class Timed(NamedTuple):
    """Of each slot its first start in the period asked for, else in the coming week, or NEVER; the soonest first."""

    starts: Sequence[int]
    order: Sequence[int]


def free_slots(slots: Sequence[Slot], starts: Sequence[int], wanted: Wanted) -> Iterator[Slot]:
    """Those for all of which the client has time, at their first start in the period."""
    free: defaultdict[int, list[Free]] = defaultdict(list)
    for each in wanted.free or ():
        free[each.weekday].append(each)
    for slot, start in zip(slots, starts, strict=True):
        # First what is quickly told: of thousands of slots few are left.
        if start != NEVER and (wanted.free_zone or slot.weekday in free):
            weekday, begins = _on_the_clock(slot, start, wanted.free_zone)
            if weekday in free and any(it.from_ <= begins and begins + slot.length <= it.to for it in free[weekday]):
                yield slot


def _on_the_clock(slot: Slot, start: int, time_zone: str | None) -> tuple[int, int]:
    """ISO weekday and minutes after midnight: there, or the meeting's own."""
    if time_zone is None:
        return slot.weekday or 0, slot.start.hour * 60 + slot.start.minute if slot.start else 0
    offset = _offset_of_utc_day(start // _DAY, time_zone)
    if offset is None:
        there = datetime.fromtimestamp(start, zone(time_zone))
        return there.isoweekday(), there.hour * 60 + there.minute
    day, second = divmod(start + offset, _DAY)
    return (day + _1970 - 1) % 7 + 1, second // 60


class _Window(NamedTuple):
    """From which moment up to which, and the days it may be, as ordinals: 1, in the year 1, was a Monday."""

    since: float
    until: float
    days: range


class _Day(NamedTuple):
    ordinal: int
    time_zone: str


def _window(weekday: int, time_zone: str, dates: tuple[date, date] | None, since: float) -> _Window:
    if dates:
        first, last = max(dates[0], EARLIEST).toordinal(), min(dates[1], LATEST).toordinal()
        return _Window(-inf, NEVER, range(first + (weekday - first) % 7, last + 1, 7))
    today = _date_there(int(since), time_zone)
    day = today + (weekday - today) % 7
    return _Window(since, since + AHEAD.total_seconds(), range(day, day + 8, 7))


def _put(found: list[int], waiting: _Numbered, window: _Window, day: _Day) -> _Numbered:
    """Writes down those that begin on that day, in the window; the others wait for the next."""
    offset = _offset(*day)
    midnight = (day.ordinal - _1970) * _DAY - (offset or 0)
    others = []
    for number, start, seconds in waiting:
        begins = midnight + seconds if offset is not None else _start_on(day, start)
        if window.since <= begins < window.until:
            found[number] = begins
        else:
            others.append((number, start, seconds))
    return others


def _start_on(day: _Day, start: time) -> int:
    begins = start_on(date.fromordinal(day.ordinal), start, day.time_zone)
    return NEVER if begins is None else int(begins.timestamp())


@lru_cache(maxsize=512)
def _date_there(now: int, time_zone: str) -> int:
    return datetime.fromtimestamp(now, zone(time_zone)).toordinal()


@lru_cache(maxsize=8192)
def _offset(ordinal: int, time_zone: str) -> int | None:
    """Seconds east of UTC, all day long; none on a day on which the clocks change."""
    midnights = [datetime.fromordinal(each).replace(tzinfo=zone(time_zone)) for each in (ordinal, ordinal + 1)]
    one, other = (each.utcoffset() for each in midnights)
    return int(one.total_seconds()) if one is not None and one == other else None


@lru_cache(maxsize=8192)
def _offset_of_utc_day(day: int, time_zone: str) -> int | None:
    midnights = [datetime.fromtimestamp(each * _DAY, zone(time_zone)) for each in (day, day + 1)]
    one, other = (each.utcoffset() for each in midnights)
    return int(one.total_seconds()) if one is not None and one == other else None
