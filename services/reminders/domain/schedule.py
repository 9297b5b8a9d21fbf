"""When each message is due, how long it is useful, and at which hours a person may be written to.

Everything is reckoned on the client's own clock and answered in UTC, so that days of 23 and 25 hours come out right.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from services.reminders.domain.rules import Rule
from shared.meetings.zones import zone

QUIET_FROM = time(20)
QUIET_UNTIL = time(9)
_EVENING = time(18)
_MORNING = time(10)
_TWO_HOURS = timedelta(hours=2)
_ANSWERABLE_DAYS = 3
_DAY = timedelta(days=1)

LONGEST = timedelta(days=8)
"""No message is of use so long after its meeting began: a meeting of a day, the next morning, three days."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`due`: when it should go out, whatever the hour. `useful_until`: from then on it is pointless. Both in UTC."""

    due: datetime
    useful_until: datetime


def slot(rule: Rule, start: datetime, end: datetime, time_zone: str, news: datetime | None = None) -> Slot:
    """For a meeting from `start` to `end`, by the clock of `time_zone` (7-running, the rules).

    `news`: when what has to be told at once happened; it is of use until the start.
    """
    day = start.astimezone(zone(time_zone)).date()
    match rule:
        case Rule.MEETING_DAY_BEFORE:
            return _the_day_before(day, time_zone)
        case Rule.MEETING_TWO_HOURS:
            return Slot(start.astimezone(UTC) - _TWO_HOURS, start.astimezone(UTC))
        case Rule.COMPANY_FELL_THROUGH:
            return Slot((news or start - _TWO_HOURS).astimezone(UTC), start.astimezone(UTC))
        case Rule.DID_YOU_GO | Rule.HOW_WAS_IT:
            return _the_morning_after(day, end, time_zone)
        case Rule.HANDED_OVER:
            raise ValueError("A handover is not about a meeting: see `handover`.")


def civil(moment: datetime, time_zone: str) -> datetime:
    """The moment itself, or when the quiet hours (20:00 to 09:00) that it falls into are over. UTC."""
    there = zone(time_zone)
    local = moment.astimezone(there)
    day = local.date()
    while not QUIET_UNTIL <= local.time() < QUIET_FROM:
        opening = _on_the_clock(day, QUIET_UNTIL, time_zone)
        local = max(opening, moment).astimezone(there)
        day += _DAY
    return local.astimezone(UTC)


def _the_day_before(day: date, time_zone: str) -> Slot:
    """18:00 the day before; useful while it is still that day: it says "tomorrow" (ADR 0080)."""
    midnight = _on_the_clock(day, time(0), time_zone)
    before = day - _DAY
    while (due := _on_the_clock(before, _EVENING, time_zone)) >= midnight:
        before -= _DAY  # a day that the zone never had
    return Slot(due, midnight)


def _the_morning_after(day: date, end: datetime, time_zone: str) -> Slot:
    """10:00 the next day, once the meeting is over; useful for three days."""
    after = day + _DAY
    while (due := _on_the_clock(after, _MORNING, time_zone)) < end:
        after += _DAY
    return Slot(due, _on_the_clock(after + timedelta(days=_ANSWERABLE_DAYS), _MORNING, time_zone))


def _on_the_clock(day: date, at: time, time_zone: str) -> datetime:
    """The first moment when the clock there shows it; a time that is skipped is moved by the gap (RFC 5545, 3.3.5)."""
    return datetime.combine(day, at, zone(time_zone)).astimezone(UTC)
