"""Dates in a search: a date is the whole of its day (month, year), and a prefix says how to compare with it."""

import re
from datetime import UTC, datetime, timedelta, timezone

from shared.fhir.search.query import Period

PREFIXES = ("eq", "ne", "gt", "ge", "lt", "le", "sa", "eb")
"""`ap`, approximately, is not offered: whoever asks for a time means it."""

_DATE = re.compile(
    r"(?P<prefix>[a-z]{2})?(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,6}))?)?"
    r"(?P<zone>Z|[+ -][0-9]{2}:[0-9]{2})?)?)?)?"
)


class NotADate(ValueError):
    """With a reason that can be shown."""


def period(text: str) -> Period:
    """`ge2026-11-01`, `2026`, `lt2026-11-22T09:00:00Z`. Without a zone it is UTC. Raises NotADate."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise NotADate("A date is written like 2026-11-22 or 2026-11-22T09:30:00Z, a prefix such as ge before it.")
    prefix = match["prefix"] or "eq"
    if prefix not in PREFIXES:
        raise NotADate(f"The prefix {prefix} is not one of {', '.join(PREFIXES)}.")
    try:
        start, end = _span(match)
    except (ValueError, OverflowError):
        raise NotADate("There is no such day or time.") from None
    return _compared(prefix, start, end)


def _compared(prefix: str, start: datetime, end: datetime) -> Period:
    match prefix:
        case "eq":
            return Period(start, end)
        case "ne":
            return Period(start, end, outside=True)
        case "gt" | "sa":
            return Period(start=end)
        case "ge":
            return Period(start=start)
        case "lt" | "eb":
            return Period(end=start)
        case _:
            return Period(end=end)


def _span(match: re.Match[str]) -> tuple[datetime, datetime]:
    """From the first moment that the text may mean to the first that it no longer does."""
    year, month, day = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    fraction = (match["fraction"] or "").ljust(6, "0")
    clock = (int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0), int(fraction))
    start = datetime(year, month, day, *clock, tzinfo=_zone(match["zone"]))
    return start, _after(start, match)


def _after(start: datetime, match: re.Match[str]) -> datetime:
    if match["month"] is None:
        return start.replace(year=start.year + 1)
    if match["day"] is None:
        return (start + timedelta(days=31)).replace(day=1)
    if match["hour"] is None:
        return start + timedelta(days=1)
    if match["second"] is None:
        return start + timedelta(minutes=1)
    if match["fraction"] is None:
        return start + timedelta(seconds=1)
    return start + timedelta(microseconds=10 ** (6 - len(match["fraction"])))


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    # A plus that nobody escaped arrives as a space.
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return timezone(-offset if text[0] == "-" else offset)
