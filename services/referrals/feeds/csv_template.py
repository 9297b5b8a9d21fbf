"""Our own plain list, for services that keep their meetings in a spreadsheet: CSV in UTF-8, a meeting a line.

What each column holds is `shared.meetings.plain_list`, which is also what people are told.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import cast, get_args

from services.referrals.feeds import values
from services.referrals.feeds.coordinates import coordinates
from services.referrals.feeds.csv_lines import csv_lines, field_name, refuse_uneven
from services.referrals.feeds.csv_weeks import weeks_of
from services.referrals.feeds.lines import gather
from services.referrals.feeds.parsed import BrokenFeed, Parsed, Source, Unreadable
from services.referrals.feeds.recognition import named
from services.referrals.feeds.values import Line
from shared.meetings import Audience, Format, ForWhat, Meeting, Status, meeting_id
from shared.meetings.kinds import KINDS, is_kind
from shared.meetings.meeting import LONGEST
from shared.meetings.plain_list import COLUMNS

NEEDED = tuple(column.name for column in COLUMNS if column.needed)
OPTIONAL = tuple(column.name for column in COLUMNS if not column.needed)


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """BrokenFeed when the heading is not the template's or the end is missing."""
    heading, lines = csv_lines(text, _heading)
    return gather(lines, partial(_meeting, source=source, columns=len(heading)), "id")


def _heading(cells: list[str]) -> list[str]:
    names = ",".join(map(field_name, cells)).rstrip(",").split(",")
    missing = [name for name in NEEDED if name not in names]
    strange = [name for name in names if name not in NEEDED + OPTIONAL or names.count(name) > 1]
    if missing or strange:
        raise BrokenFeed(
            "wrong-shape",
            f"The heading is not the template's; missing: {', '.join(missing) or 'none'}; "
            f"unknown or twice: {', '.join(map(values.shown, strange[:5])) or 'none'}.",
        )
    return names


def _meeting(line: Line, source: Source, columns: int) -> list[Meeting]:
    refuse_uneven(line, columns)
    own_id, organisation = values.source_id(line, "id"), named(values.needed(line, "organisation", values.NAME))
    weekday, start = values.named_weekday(line, "weekday"), values.clock(line, "start")
    if (weekday is None) != (start is None):
        raise Unreadable("start" if start is None else "weekday", "is missing: they come together, or neither")
    weeks = weeks_of(line, weekday)
    time_zone = values.zone_of(line, "time_zone", source)
    latitude, longitude = coordinates(line, "latitude", "longitude", time_zone)
    return [
        Meeting(
            meeting_id=meeting_id(source.feed, own_id),
            feed=source.feed,
            source_id=own_id,
            name=values.needed(line, "name", values.NAME),
            organisation=organisation.code,
            format=cast("Format", _one_of(line, "format", get_args(Format), None)),
            place_name=values.text(line, "place", values.PLACE),
            address=values.text(line, "address", values.ADDRESS),
            finding_the_door=values.text(line, "directions", values.DOOR),
            latitude=latitude,
            longitude=longitude,
            online_link=values.link(line, "online_link"),
            weekday=weekday,
            start=start,
            length=values.known_length("minutes", values.number(line, "minutes", 0, LONGEST)),
            time_zone=time_zone,
            kinds=_kinds(line),
            audience=cast("Audience", _one_of(line, "audience", get_args(Audience), organisation.audience)),
            for_what=_for_what(line) or organisation.for_what,
            status=cast("Status", _one_of(line, "status", ("active", "closed-for-now"), "active")),
            in_feed_on=source.on,
            confirmed_on=_confirmed_on(line, source),
            every_weeks=weeks.every_weeks,
            counted_from=weeks.counted_from,
            weeks_of_month=weeks.weeks_of_month,
        )
    ]


def _one_of(line: Line, field: str, allowed: Sequence[str], otherwise: str | None) -> str:
    value = values.raw(line, field).lower() or otherwise
    if value is None or value not in allowed:
        raise Unreadable(field, f"{values.shown(value or '')} is none of {', '.join(allowed)}")
    return value


def _kinds(line: Line) -> tuple[str, ...]:
    kinds = values.several(line, "kinds")
    if strange := [kind for kind in kinds if not is_kind(kind)]:
        raise Unreadable("kinds", f"{values.shown(strange[0])} is none of {', '.join(KINDS)}, language-…")
    return kinds


def _for_what(line: Line) -> tuple[ForWhat, ...]:
    named = values.several(line, "for_what")
    if strange := [what for what in named if what not in get_args(ForWhat)]:
        raise Unreadable("for_what", f"{values.shown(strange[0])} is none of {', '.join(get_args(ForWhat))}")
    return cast("tuple[ForWhat, ...]", named)


def _confirmed_on(line: Line, source: Source) -> date | None:
    day = values.day_of_month(line, "confirmed_on")
    if day and day > source.on:
        raise Unreadable("confirmed_on", f"{day} is still to come")
    return day
