"""Meeting Guide, the feed of Alcoholics Anonymous' app: a list of meetings, `day` 0 is Sunday, none is by appointment.

Contact fields are not read, nor the number to dial in by.
"""

from collections import Counter
from dataclasses import replace
from functools import partial

from services.referrals.feeds import values
from services.referrals.feeds.coordinates import coordinates
from services.referrals.feeds.lines import gather, rows_of
from services.referrals.feeds.meeting_guide_types import LOCATION_TEMPORARILY_CLOSED, ONLINE, TYPES
from services.referrals.feeds.parsed import Parsed, Source, Unreadable
from services.referrals.feeds.values import Line
from shared.meetings import ORGANISATIONS, Format, Meeting, Organisation, meeting_id

AA = ORGANISATIONS["aa"]
_ADDRESS = ("address", "city", "state", "postal_code")
_CODES_SHOWN = 20
_DOOR = ("location_notes", "notes", "conference_url_notes")


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """The list as the specification has it; it needs no `formats`, its types are the same everywhere."""
    left_out: Counter[str] = Counter()
    parsed = gather(enumerate(rows_of(text), 1), partial(_meetings, source=source, left_out=left_out), "slug")
    return replace(parsed, notes=types_left_out(left_out))


def types_left_out(counted: Counter[str]) -> tuple[str, ...]:
    """In a sentence, if there are any: a code that we do not know may be the one that says who may come."""
    if not counted:
        return ()
    most = ", ".join(f"{values.shown(code)} ({many:,})" for code, many in counted.most_common(_CODES_SHOWN))
    others = f" and {len(counted) - _CODES_SHOWN:,} others" if len(counted) > _CODES_SHOWN else ""
    return (f"Types that are no kind of meeting here were left out, so many times each: {most}{others}.",)


def no_kinds(line: Line) -> set[str]:
    """Those of a line's types that say nothing here."""
    return _types(line) - TYPES.keys() - {LOCATION_TEMPORARILY_CLOSED, ONLINE, ""}


def _meetings(line: Line, source: Source, left_out: Counter[str]) -> list[Meeting]:
    """One, or one a day where `day` is a list; those have ids of their own, `<slug>/<ISO weekday>`."""
    left_out.update(no_kinds(line))
    slug = values.source_id(line, "slug")
    days = line.get("day")
    if not isinstance(days, list):
        return [meeting(line, source, slug, _weekday(line))]
    weekdays = sorted({_weekday({"day": day}) or 0 for day in days})
    if not weekdays or 0 in weekdays:
        raise Unreadable("day", "is a list without days, or with an empty one")
    return [meeting(line, source, f"{slug}/{weekday}", weekday) for weekday in weekdays]


def meeting(line: Line, source: Source, own_id: str, weekday: int | None, organisation: Organisation = AA) -> Meeting:
    """Of a line whose `time` and `end_time` are on a clock of 24 hours and whose `types` are codes."""
    types = _types(line)
    where = _format(line, types)
    start = values.clock(line, "time")
    if (weekday is None) != (start is None):
        raise Unreadable("time" if start is None else "day", "is missing: a day and a time come together, or neither")
    time_zone = values.zone_of(line, "timezone", source)
    latitude, longitude = coordinates(line, "latitude", "longitude", time_zone)
    return Meeting(
        meeting_id=meeting_id(source.feed, own_id),
        feed=source.feed,
        source_id=own_id,
        name=values.needed(line, "name", values.NAME),
        organisation=organisation.code,
        format=where,
        place_name=values.text(line, "location", values.PLACE),
        address=_address(line),
        finding_the_door=values.prose(line, *_DOOR, limit=values.DOOR),
        latitude=latitude,
        longitude=longitude,
        online_link=values.link(line, "conference_url"),
        weekday=weekday,
        start=start,
        length=values.length_until(line, "end_time", start),
        time_zone=time_zone,
        kinds=tuple(sorted({TYPES[code] for code in types if code in TYPES})),
        audience=organisation.audience,
        for_what=organisation.for_what,
        status="closed-for-now" if _is_shut(where, types) or _is_inactive(line) else "active",
        in_feed_on=source.on,
    )


def _weekday(line: Line) -> int | None:
    number = values.number(line, "day", 0, 6)
    return None if number is None else number or 7  # theirs: 0 = Sunday; ISO: 7 = Sunday


def _types(line: Line) -> set[str]:
    listed = line.get("types") or []
    if not isinstance(listed, list):
        raise Unreadable("types", "is not a list")
    return {values.raw({"types": code}, "types") for code in listed}


def _format(line: Line, types: set[str]) -> Format:
    """No link and no place is online all the same: so are groups that meet by e-mail or chat listed."""
    linked = any(values.raw(line, field) for field in ("conference_url", "conference_phone")) or ONLINE in types
    named = not linked and all(values.raw(line, field) for field in ("location", "latitude", "longitude"))
    placed = named or (bool(_address(line)) and values.raw(line, "approximate") != "yes")
    if placed and linked and LOCATION_TEMPORARILY_CLOSED not in types:
        return "hybrid"
    return "in-person" if placed and not linked else "online"


def _is_shut(where: Format, types: set[str]) -> bool:
    """Its place is shut for now, and it has not gone online instead."""
    return where == "in-person" and LOCATION_TEMPORARILY_CLOSED in types


def _is_inactive(line: Line) -> bool:
    """The plugin's word for a meeting whose place is shut and that is not online either."""
    return values.raw(line, "attendance_option") == "inactive"


def _address(line: Line) -> str | None:
    return values.text(line, "formatted_address", values.ADDRESS) or values.address(line, *_ADDRESS)
