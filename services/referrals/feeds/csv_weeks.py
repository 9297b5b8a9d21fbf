"""In which weeks a meeting of our own list is held."""

from dataclasses import dataclass
from datetime import date

from services.referrals.feeds import values
from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line
from shared.meetings.recurrence import LAST, MOST_WEEKS, WEEKS_OF_MONTH, wrong_recurrence

_WEEKS = {"last" if week == LAST else str(week): week for week in WEEKS_OF_MONTH}


@dataclass(frozen=True, slots=True)
class Weeks:
    """In which weeks, as a `Meeting` has them."""

    weekday: int | None
    every_weeks: int | None
    counted_from: date | None
    weeks_of_month: tuple[int, ...] | None


def weeks_of(line: Line, weekday: int | None) -> Weeks:
    every = values.number(line, "every_weeks", 2, MOST_WEEKS)
    weeks = Weeks(weekday, every, values.day_of_month(line, "counted_from"), _of_month(line))
    if wrong := wrong_recurrence(weeks):
        field, _, reason = wrong.partition(": ")
        raise Unreadable(field, f"cannot be: {reason}")
    return weeks


def _of_month(line: Line) -> tuple[int, ...] | None:
    said = values.several(line, "weeks_of_month")
    if strange := [week for week in said if week not in _WEEKS]:
        raise Unreadable("weeks_of_month", f"{values.shown(strange[0])} is none of {', '.join(_WEEKS)}")
    return tuple(number for name, number in _WEEKS.items() if name in said) or None
