"""Meeting Guide, the feed of Alcoholics Anonymous' app: a list of meetings, `day` 0 is Sunday, none is by appointment.

Contact fields are not read, nor the number to dial in by.
"""

from datetime import time
from functools import partial

from services.referrals.feeds import values
from services.referrals.feeds.lines import gather, rows_of
from services.referrals.feeds.meeting_guide_types import LOCATION_TEMPORARILY_CLOSED, ONLINE, TYPES
from services.referrals.feeds.parsed import Parsed, Source, Unreadable
from services.referrals.feeds.values import Line
from shared.meetings import ORGANISATIONS, Format, Meeting, meeting_id

AA = ORGANISATIONS["aa"]
_ADDRESS = ("address", "city", "state", "postal_code")
_DOOR = ("location_notes", "notes", "conference_url_notes")


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """The list as the specification has it; it needs no `formats`, its types are the same everywhere."""
    return gather(enumerate(rows_of(text), 1), partial(_meetings, source=source), "slug")


def _meetings(line: Line, source: Source) -> list[Meeting]:
    """One, or one a day where `day` is a list; those have ids of their own, `<slug>/<ISO weekday>`."""
    slug = values.source_id(line, "slug")
    days = line.get("day")
    if not isinstance(days, list):
        return [_meeting(line, source, slug, _weekday(line))]
    weekdays = sorted({_weekday({"day": day}) or 0 for day in days})
    if not weekdays or 0 in weekdays:
        raise Unreadable("day", "is a list without days, or with an empty one")
    return [_meeting(line, source, f"{slug}/{weekday}", weekday) for weekday in weekdays]


def _meeting(line: Line, source: Source, own_id: str, weekday: int | None) -> Meeting:
    types = _types(line)
    where = _format(line, types)
    start = values.clock(line, "time")
    if (weekday is None) != (start is None):
        raise Unreadable("time" if start is None else "day", "is missing: a day and a time come together, or neither")
    latitude, longitude = values.coordinates(line, "latitude", "longitude")
    return Meeting(
        meeting_id=meeting_id(source.feed, own_id),
        feed=source.feed,
        source_id=own_id,
        name=values.needed(line, "name", values.NAME),
        organisation=AA.code,
        format=where,
        place_name=values.text(line, "location", values.PLACE),
        address=_address(line),
        finding_the_door=values.prose(line, *_DOOR, limit=values.DOOR),
        latitude=latitude,
        longitude=longitude,
        online_link=values.link(line, "conference_url"),
        weekday=weekday,
        start=start,
        length=_length(line, start),
        time_zone=values.zone_of(line, "timezone", source),
        kinds=tuple(sorted({TYPES[code] for code in types if code in TYPES})),
        audience=AA.audience,
        for_what=AA.for_what,
        status="closed-for-now" if _is_shut(where, types) else "active",
        in_feed_on=source.on,
    )


def _weekday(line: Line) -> int | None:
    number = values.number(line, "day", 0, 6)
    return None if number is None else number or 7  # theirs: 0 = Sunday; ISO: 7 = Sunday


def _length(line: Line, start: time | None) -> int:
    """To `end_time`; one that is earlier than the start is on the next day."""
    end = values.clock(line, "end_time")
    if start is None or end is None:
        return values.UNKNOWN_LENGTH
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return values.known_length("end_time", minutes % (24 * 60))


def _types(line: Line) -> set[str]:
    listed = line.get("types") or []
    if not isinstance(listed, list):
        raise Unreadable("types", "is not a list")
    return {values.raw({"types": code}, "types") for code in listed}


def _format(line: Line, types: set[str]) -> Format:
    """No link and no place is online all the same: so are groups that meet by e-mail or chat listed."""
    placed = bool(_address(line)) and values.raw(line, "approximate") != "yes"
    linked = any(values.raw(line, field) for field in ("conference_url", "conference_phone")) or ONLINE in types
    if placed and linked and LOCATION_TEMPORARILY_CLOSED not in types:
        return "hybrid"
    return "in-person" if placed and not linked else "online"


def _is_shut(where: Format, types: set[str]) -> bool:
    """Its place is shut for now, and it has not gone online instead."""
    return where == "in-person" and LOCATION_TEMPORARILY_CLOSED in types


def _address(line: Line) -> str | None:
    return values.text(line, "formatted_address", values.ADDRESS) or values.address(line, *_ADDRESS)
