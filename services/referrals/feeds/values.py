"""Values of one line, read or refused with a reason. Absent or empty is None; what is there and wrong refuses."""

import re
from collections.abc import Mapping
from datetime import date, time
from urllib.parse import urlsplit

from services.referrals.feeds.parsed import Source, Unreadable
from services.referrals.feeds.text import plain
from shared.meetings.meeting import LONGEST
from shared.meetings.zones import is_zone

Line = Mapping[str, object]

# Characters. The name is Meeting Guide's limit, the others leave three times what the longest of real feeds needs.
SOURCE_ID, NAME, PLACE, ADDRESS, DOOR, LINK = 128, 255, 255, 500, 1000, 1000
# Minutes, where a feed does not say how long a meeting takes: Meeting Guide's own rule for a missing end.
UNKNOWN_LENGTH = 60

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)


def text(line: Line, field: str, limit: int) -> str | None:
    """Plain text of at most `limit` characters."""
    words = plain(raw(line, field))
    if len(words) > limit:
        raise Unreadable(field, f"is {len(words)} characters long; {limit} is the most")
    return words or None


def needed(line: Line, field: str, limit: int) -> str:
    words = text(line, field, limit)
    if words is None:
        raise Unreadable(field, "is missing")
    return words


def source_id(line: Line, field: str) -> str:
    """The id as it stands: it is never cleaned, or two could become one."""
    value = raw(line, field)
    if not value:
        raise Unreadable(field, "is missing: without its id a meeting cannot be followed from import to import")
    if len(value) > SOURCE_ID or not value.isprintable():
        raise Unreadable(field, f"is not an id of up to {SOURCE_ID} printable characters")
    return value


def prose(line: Line, *fields: str, limit: int) -> str | None:
    """Several remarks as one, cut short at the limit: half a remark finds more doors than none."""
    remarks = dict.fromkeys(words for field in fields if (words := plain(raw(line, field))))
    joined = " · ".join(remarks)
    return (joined if len(joined) <= limit else joined[: limit - 1].rstrip() + "…") or None


def address(line: Line, *fields: str) -> str | None:
    """Its parts in one line, each once: several feeds say the town twice."""
    whole = ", ".join(dict.fromkeys(part for field in fields if (part := plain(raw(line, field)))))
    if len(whole) > ADDRESS:
        raise Unreadable(fields[0], f"makes an address of over {ADDRESS} characters")
    return whole or None


def clock(line: Line, field: str) -> time | None:
    """`19:00`, `9:30` or `19:00:00`, on a clock of 24 hours."""
    value = raw(line, field)
    if not value:
        return None
    found = _CLOCK.fullmatch(value)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Unreadable(field, f"{shown(value)} is not a time such as 19:30")
    return time(int(found[1]), int(found[2]))


def number(line: Line, field: str, least: int, most: int) -> int | None:
    value = raw(line, field)
    if not value:
        return None
    if not re.fullmatch(r"\d{1,6}", value, re.ASCII) or not least <= int(value) <= most:
        raise Unreadable(field, f"{shown(value)} is not a whole number from {least} to {most}")
    return int(value)


def named_weekday(line: Line, field: str) -> int | None:
    """ISO, of an English name. A number is refused: 1 is Sunday to some and Monday to others."""
    name = raw(line, field).lower()
    if not name:
        return None
    if name not in _WEEKDAYS:
        raise Unreadable(field, f"{shown(name)} is not Monday to Sunday; leave it empty for by appointment")
    return _WEEKDAYS.index(name) + 1


def length_until(line: Line, field: str, start: time | None) -> int:
    """Minutes from `start`; an end that is earlier is on the next day."""
    end = clock(line, field)
    if start is None or end is None:
        return UNKNOWN_LENGTH
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return known_length(field, minutes % (24 * 60))


def duration(line: Line, field: str) -> int:
    """Minutes out of hours and minutes, `01:30:00`."""
    value = raw(line, field)
    found = _CLOCK.fullmatch(value or "0:00")
    if not found or int(found[2]) > 59:
        raise Unreadable(field, f"{shown(value)} is not a length such as 01:30:00")
    return known_length(field, int(found[1]) * 60 + int(found[2]))


def known_length(field: str, minutes: int | None) -> int:
    """Unknown (none or nought) is an hour; more than a day is a mistake."""
    if (minutes or 0) > LONGEST:
        raise Unreadable(field, "is more than a day")
    return minutes or UNKNOWN_LENGTH


def day_of_month(line: Line, field: str) -> date | None:
    value = raw(line, field)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as wrong:
        raise Unreadable(field, f"{shown(value)} is not a date such as 2026-11-22") from wrong


def several(line: Line, field: str) -> tuple[str, ...]:
    """What semicolons separate, in lower case, each once."""
    return tuple(sorted({part for each in raw(line, field).split(";") if (part := each.strip().lower())}))


def link(line: Line, field: str) -> str | None:
    """Only the web's addresses: a page puts it behind a click."""
    value = raw(line, field)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or len(value) > LINK or not value.isprintable() or re.search(r"[\s<>\"\\]", value):
        raise Unreadable(field, "is not a link that begins with https:// or http://")
    return value


def zone_of(line: Line, field: str, source: Source) -> str:
    """The line's own time zone, or the one given at import."""
    value = raw(line, field) or source.time_zone
    if not is_zone(value):
        raise Unreadable(field, f"{shown(value)} is not the name of a time zone such as Europe/London")
    return value


def raw(line: Line, field: str) -> str:
    """What is written there; numbers as they are written."""
    value = line.get(field)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unreadable(field, "is neither text nor a number")
    return str(value).strip()


def shown(value: str) -> str:
    """A stranger's value inside a reason: short and plain."""
    return f"“{plain(value)[:40]}”"
