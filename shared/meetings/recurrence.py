"""In which weeks a meeting is held on its weekday: every one, each nth, or the first, third, last of a month. Pure."""

from datetime import date
from typing import Protocol

MOST_WEEKS = 52
LAST = -1
WEEKS_OF_MONTH = (1, 2, 3, 4, LAST)
"""The first to the fourth, and the last, which some months have as their fourth and others as their fifth."""
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The furthest that two occurrences of a month's first are apart, in weeks.
_MONTH = 5


class Recurring(Protocol):
    """What says on which dates: `weekday` is ISO; see `Meeting` for the others."""

    @property
    def weekday(self) -> int | None: ...
    @property
    def every_weeks(self) -> int | None: ...
    @property
    def counted_from(self) -> date | None: ...
    @property
    def weeks_of_month(self) -> tuple[int, ...] | None: ...


def wrong_recurrence(it: Recurring) -> str | None:
    """Why it cannot be, beginning with the field; None if it can."""
    if it.weekday is None and not is_weekly(it):
        return "every_weeks: by appointment is in no week more than in another"
    if it.every_weeks is not None and not 2 <= it.every_weeks <= MOST_WEEKS:
        return f"every_weeks: {it.every_weeks} is not 2 to {MOST_WEEKS}; none is every week"
    if (it.counted_from is None) != (it.every_weeks is None):
        return "counted_from: a date on which it is held comes with `every_weeks`, or neither"
    if it.counted_from and it.counted_from.isoweekday() != it.weekday:
        return f"counted_from: {it.counted_from} is not the weekday on which it is held"
    return _wrong_weeks_of_month(it) if it.weeks_of_month is not None else None


def is_weekly(it: Recurring) -> bool:
    return it.every_weeks is None and it.weeks_of_month is None


def in_its_weeks(it: Recurring, day: date) -> bool:
    """Whether it is held then, of a day that is its weekday."""
    if it.weeks_of_month:
        return (day.day - 1) // 7 + 1 in it.weeks_of_month or (LAST in it.weeks_of_month and _is_last(day))
    if it.every_weeks is not None and it.counted_from is not None:
        return (day - it.counted_from).days % (7 * it.every_weeks) == 0
    return True


def longest_pause(it: Recurring) -> int:
    """Weeks from one to the next, at most."""
    return _MONTH if it.weeks_of_month else it.every_weeks or 1


def in_words(it: Recurring) -> str:
    """`on Tuesday`, `every second Tuesday`, `on the first and third Tuesday of the month`; of one with a weekday."""
    day = weekday_name(it.weekday or 1)
    if it.weeks_of_month:
        return f"on the {' and '.join(_ORDINALS[week] for week in it.weeks_of_month)} {day} of the month"
    if it.every_weeks is None:
        return f"on {day}"
    return f"every second {day}" if it.every_weeks == 2 else f"every {it.every_weeks} weeks on {day}"


def sentence(words: str) -> str:
    """To begin one with."""
    return words[:1].upper() + words[1:]


def weekday_name(weekday: int) -> str:
    return _DAYS[weekday - 1]


def _is_last(day: date) -> bool:
    return (date.fromordinal(day.toordinal() + 7)).month != day.month


def _wrong_weeks_of_month(it: Recurring) -> str | None:
    if it.every_weeks is not None:
        return "weeks_of_month: weeks of the month, or every so many weeks, not both"
    if not it.weeks_of_month or it.weeks_of_month != tuple(
        week for week in WEEKS_OF_MONTH if week in it.weeks_of_month
    ):
        return "weeks_of_month: 1 to 4 and -1 (the last), in this order, each once"
    return None
