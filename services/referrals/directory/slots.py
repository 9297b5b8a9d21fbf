"""When the meetings of a large directory come next, reckoned once for all that share weekday, start, length and zone.

Starts are seconds since 1970: thousands of them are compared in a request.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from services.referrals.directory.wanted import AHEAD, Free, Wanted, period
from shared.meetings import EARLIEST, LATEST, start_on
from shared.meetings.zones import zone

NEVER = 1 << 60
"""By appointment, or on no day of the period."""
_DAY = 24 * 60 * 60
_1970 = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Slot:
    """The meetings of an index from one position up to another. `weekday` is ISO, none by appointment."""

    weekday: int | None
    start: time | None
    length: int
    time_zone: str
    first: int
    end: int


def next_start(slot: Slot, wanted: Wanted, now: datetime) -> int:
    """Its first start in the period asked for, else in the coming week."""
    if slot.weekday is None or slot.start is None:
        return NEVER
    if wanted.between_dates:
        return _first_between(slot.weekday, slot.start, slot.time_zone, *period(wanted, now.date()))
    return _first_from(slot.weekday, slot.start, slot.time_zone, now)


def is_free(slot: Slot, start: int, wanted: Wanted) -> bool:
    """Whether the client has time for all of it, at its first start in the period."""
    if wanted.free is None or slot.start is None or start == NEVER:
        return False
    if wanted.free_zone is None:
        weekday, begins = slot.weekday, slot.start.hour * 60 + slot.start.minute
    else:
        there = datetime.fromtimestamp(start, zone(wanted.free_zone))
        weekday, begins = there.isoweekday(), there.hour * 60 + there.minute
    return any(_holds(free, weekday, begins, begins + slot.length) for free in wanted.free)


def _holds(free: Free, weekday: int | None, begins: int, ends: int) -> bool:
    return free.weekday == weekday and free.from_ <= begins and ends <= free.to


def _first_from(weekday: int, start: time, time_zone: str, now: datetime) -> int:
    since = int(now.timestamp()) + (now.microsecond > 0)
    today = _date_there(int(now.timestamp()), time_zone)
    day = today + (weekday - today) % 7
    for ordinal in (day, day + 7):
        begins = _begins(ordinal, start, time_zone)
        if since <= begins < since + AHEAD.total_seconds():
            return begins
    return NEVER


def _first_between(weekday: int, start: time, time_zone: str, from_: date, to: date) -> int:
    first, last = max(from_, EARLIEST).toordinal(), min(to, LATEST).toordinal()
    for ordinal in range(first + (weekday - first) % 7, last + 1, 7):
        begins = _begins(ordinal, start, time_zone)
        if begins != NEVER:
            return begins
    return NEVER


@lru_cache(maxsize=512)
def _date_there(now: int, time_zone: str) -> int:
    """As an ordinal: the first of January of year 1, ordinal 1, was a Monday."""
    return datetime.fromtimestamp(now, zone(time_zone)).toordinal()


def _begins(ordinal: int, start: time, time_zone: str) -> int:
    offset = _offset(ordinal, time_zone)
    if offset is not None:
        return (ordinal - _1970) * _DAY + start.hour * 3600 + start.minute * 60 - offset
    begins = start_on(date.fromordinal(ordinal), start, time_zone)
    return NEVER if begins is None else int(begins.timestamp())


@lru_cache(maxsize=8192)
def _offset(ordinal: int, time_zone: str) -> int | None:
    """Seconds east of UTC, all day long; none on a day on which the clocks change."""
    midnights = [datetime.fromordinal(each).replace(tzinfo=zone(time_zone)) for each in (ordinal, ordinal + 1)]
    one, other = (each.utcoffset() for each in midnights)
    return int(one.total_seconds()) if one is not None and one == other else None
