"""When a meeting takes place: dated starts in its own zone, right across the clock changes (3-fama, *Meetings*).

A local time that comes twice (autumn) is its first one; one that is skipped (spring) is moved by the gap: 01:30 is
02:30. Both as RFC 5545, 3.3.5 has it. Where moving would leave the day it moves back instead, and a day that
the zone never had (Samoa, 30 December 2011) has no occurrence: an occurrence's start is always on its date. ADR 0030.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from shared.meetings.meeting import Meeting
from shared.meetings.recurrence import in_its_weeks, longest_pause
from shared.meetings.zones import zone
from shared.rules import rule

# Outside of it there are no occurrences: no arithmetic falls off the calendar, whatever date a caller sends.
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 12, 31)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting on one local date; `start` and `end` are aware, in the meeting's zone."""

    meeting_id: UUID
    date: date
    start: datetime
    end: datetime
    time_zone: str


@rule("A meeting begins at its own local time right across the clock changes.", source="O", effect="keeps")
def occurrences(meeting: Meeting, from_: date, to: date) -> Iterator[Occurrence]:
    """What is planned from one local date to another, both included; nothing unless the meeting is active."""
    if meeting.weekday is None or meeting.status != "active" or from_ > LATEST:
        return
    day = max(from_, EARLIEST)
    day += timedelta(days=(meeting.weekday - day.isoweekday()) % 7)
    while day <= min(to, LATEST):
        if occurrence := occurrence_on(meeting, day):  # in some weeks there is none
            yield occurrence
        day += _WEEK


def occurrence_on(meeting: Meeting, local_date: date) -> Occurrence | None:
    """The one on that date by its schedule, whatever its status is today: what was attended may be told late."""
    if meeting.start is None or local_date.isoweekday() != meeting.weekday or not EARLIEST <= local_date <= LATEST:
        return None
    if not in_its_weeks(meeting, local_date):
        return None
    held = _held(local_date, meeting.start, meeting.length, meeting.time_zone)
    return held and Occurrence(meeting.meeting_id, local_date, held.begins, held.ends, meeting.time_zone)


def start_on(local_date: date, start: time, time_zone: str) -> datetime | None:
    """When whatever is planned for that local time begins, in UTC; none on a day that the zone never had."""
    held = _held(local_date, start, 1, time_zone)
    return held and held.instant


def occurrence_at(meeting: Meeting, observed_at: datetime) -> Occurrence | None:
    """The last one begun by then; ValueError when `observed_at` has no zone."""
    now = _in_utc(observed_at)
    if now is None or meeting.weekday is None or meeting.start is None:
        return None
    # From tomorrow back: clocks set back over midnight let tomorrow begin before today is over (St John's, 00:01).
    # In ordinals, as every attendance event asks: the first of January of year 1, ordinal 1, was a Monday.
    tomorrow = now.astimezone(zone(meeting.time_zone)).toordinal() + 1
    latest = tomorrow - (tomorrow - meeting.weekday) % 7
    # The latest may be still to come, the one before it on a day the zone never had.
    for ordinal in range(latest, latest - 7 * (2 * longest_pause(meeting) + 1), -7):
        day = date.fromordinal(ordinal)
        if not in_its_weeks(meeting, day):
            continue
        held = _held(day, meeting.start, meeting.length, meeting.time_zone)
        if held and held.instant <= now and day >= EARLIEST:
            return Occurrence(meeting.meeting_id, day, held.begins, held.ends, meeting.time_zone)
    return None


def occurrence_of_start(meeting: Meeting, start: datetime) -> Occurrence | None:
    """The one on the local day of `start`: 19:00 and 19:02 are one occurrence (4-events). ValueError without a zone."""
    moment = _in_utc(start)
    if moment is None:
        return None
    return occurrence_on(meeting, moment.astimezone(zone(meeting.time_zone)).date())


class _Held(NamedTuple):
    """`instant` is when it begins, in UTC: two times of different zones are dear to compare."""

    begins: datetime
    ends: datetime
    instant: datetime


@lru_cache(maxsize=4096)  # a batch of attendance is about few evenings: 1 µs instead of 4
def _held(day: date, start: time, length: int, time_zone: str) -> _Held | None:
    there = zone(time_zone)
    for fold in (0, 1):
        begins = datetime(day.year, day.month, day.day, start.hour, start.minute, tzinfo=there, fold=fold)
        instant = begins.astimezone(UTC)
        begins = instant.astimezone(there)
        if begins.date() == day:
            # The end is reckoned in UTC: an hour's meeting lasts an hour in the night the clocks change.
            return _Held(begins, (instant + timedelta(minutes=length)).astimezone(there), instant)
    return None


def _in_utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    # Two times of one zone are compared by their wall clocks, so what is compared is in UTC.
    return moment.astimezone(UTC) if EARLIEST < moment.date() < LATEST else None
