"""BMLT, the meeting list of Narcotics Anonymous: what a root server answers to `GetSearchResults`.

Every value is a string; `weekday_tinyint` 1 is Sunday; times are local, usually without saying where. What its own
pages know as contact fields is not read.
"""

from dataclasses import replace
from functools import partial

from services.referrals.feeds import values
from services.referrals.feeds.bmlt_formats import (
    HYBRID,
    ONLINE,
    TEMPORARILY_CLOSED,
    Formats,
    Meaning,
    doubt_of,
    read_formats,
)
from services.referrals.feeds.coordinates import coordinates
from services.referrals.feeds.lines import gather, rows_of
from services.referrals.feeds.parsed import Parsed, Source, Unreadable
from services.referrals.feeds.values import Line
from shared.meetings import ORGANISATIONS, Format, Meeting, meeting_id

NA = ORGANISATIONS["na"]
_VENUES: dict[str, Format] = {"1": "in-person", "2": "online", "3": "hybrid"}
_ADDRESS = (
    "location_street",
    "location_city_subsection",
    "location_municipality",
    "location_province",
    "location_postal_code_1",
)
_DOOR = ("location_info", "train_lines", "bus_lines", "comments", "virtual_meeting_additional_info")
_NO_KINDS = (
    "Of no meeting is known which kind it is (open, for women, in Spanish): each server has formats of its own, "
    "and they did not come along. Bring them with --formats, or name their address."
)
# Some servers send a field's label along with its value.
_LABEL_ENDS = "#@-@#"


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """`formats` is what the server answers to `GetFormats`; with `get_used_formats=1` the feed holds them itself."""
    rows = rows_of(text, "meetings")
    known = read_formats(formats if formats is not None else text if text.lstrip().startswith("{") else None)
    parsed = gather(enumerate(rows, 1), partial(_meeting, source=source, formats=known), "id_bigint")
    if not (known.by_id or known.by_key):
        parsed = replace(parsed, notes=(_NO_KINDS,))
    brought = formats is not None or text.lstrip().startswith("{")
    return replace(parsed, doubt=doubt_of(known, rows)) if brought else parsed


def _meeting(line: Line, source: Source, formats: Formats) -> list[Meeting]:
    if values.raw(line, "published") == "0":
        return []
    own_id = values.source_id(line, "id_bigint")
    means = formats.meaning(line)
    where = _format(line, means)
    start = values.clock(line, "start_time")
    if start is None:
        raise Unreadable("start_time", "is missing")
    time_zone = values.zone_of(line, "time_zone", source)
    latitude, longitude = coordinates(line, "latitude", "longitude", time_zone)
    unlabelled = {field: _unlabelled(line, field) for field in _DOOR}
    return [
        Meeting(
            meeting_id=meeting_id(source.feed, own_id),
            feed=source.feed,
            source_id=own_id,
            name=values.needed(line, "meeting_name", values.NAME),
            organisation=NA.code,
            format=where,
            place_name=values.text(line, "location_text", values.PLACE),
            address=values.address(line, *_ADDRESS),
            finding_the_door=values.prose(unlabelled, *_DOOR, limit=values.DOOR),
            latitude=latitude,
            longitude=longitude,
            online_link=values.link(line, "virtual_meeting_link"),
            weekday=_weekday(line),
            start=start,
            length=values.duration(line, "duration_time"),
            time_zone=time_zone,
            kinds=tuple(sorted(means.kinds)),
            audience=NA.audience,
            for_what=NA.for_what,
            status="closed-for-now" if _is_shut(where, means) else "active",
            in_feed_on=source.on,
        )
    ]


def _weekday(line: Line) -> int:
    number = values.number(line, "weekday_tinyint", 1, 7)
    if number is None:
        raise Unreadable("weekday_tinyint", "is missing")
    return (number - 2) % 7 + 1  # theirs: 1 = Sunday; ISO: 7 = Sunday


def _format(line: Line, means: Meaning) -> Format:
    venue = values.raw(line, "venue_type")
    if venue in _VENUES:
        return _VENUES[venue]
    if HYBRID in means.world_ids:
        return "hybrid"
    return "online" if ONLINE in means.world_ids else "in-person"


def _is_shut(where: Format, means: Meaning) -> bool:
    """Its building is shut for now, and it has not gone online instead."""
    return where == "in-person" and TEMPORARILY_CLOSED in means.world_ids


def _unlabelled(line: Line, field: str) -> str:
    return values.raw(line, field).rpartition(_LABEL_ENDS)[2]
