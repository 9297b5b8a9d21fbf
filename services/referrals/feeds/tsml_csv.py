"""The CSV of 12 Step Meeting List, the WordPress plugin behind most lists of Alcoholics Anonymous' intergroups.

    Time, Day, Name, Slug                               needed (time and day may be left empty: by appointment)
    End Time, Location, Address, City, State, Postal Code, Types, Notes, Location Notes, Timezone, Latitude, Longitude,
    Approximate, Conference URL, Conference URL Notes, Conference Phone          may be left empty or out
    Organisation                                        ours: for lists of others than Alcoholics Anonymous

It is Meeting Guide's list in other words: days by name, times as the site writes them (`7:30 pm`), types by name.
Every other column is dropped with its heading, contacts first of all. What is written in which way is the plugin's
`tsml_ajax_csv` (export) and `tsml_import_sanitize_meetings` (import).
"""

import re
from collections import Counter
from dataclasses import replace
from functools import partial

from services.referrals.feeds import meeting_guide, values
from services.referrals.feeds.csv_lines import csv_lines, field_name, refuse_uneven
from services.referrals.feeds.lines import gather
from services.referrals.feeds.parsed import BrokenFeed, Parsed, Source
from services.referrals.feeds.recognition import named
from services.referrals.feeds.text import plain
from services.referrals.feeds.tsml_types import CODES
from services.referrals.feeds.values import Line
from shared.meetings import Meeting, Organisation

NEEDED = ("time", "day", "name", "slug")
OPTIONAL = (
    "end_time", "location", "address", "city", "state", "postal_code", "types", "notes", "location_notes", "timezone",
    "latitude", "longitude", "approximate", "conference_url", "conference_url_notes", "conference_phone",
    "organisation",
)  # fmt: skip
_TWELVE_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::00)?\s*([ap])\.?\s?m\.?", re.ASCII | re.IGNORECASE)


def read(text: str, source: Source, formats: str | None) -> Parsed:
    """BrokenFeed when a needed column is not in the heading, or one that is read is there twice."""
    heading, lines = csv_lines(text, _heading)
    left_out: Counter[str] = Counter()
    parsed = gather(lines, partial(_meeting, source=source, columns=len(heading), left_out=left_out), "slug")
    return replace(parsed, notes=meeting_guide.types_left_out(left_out))


def _heading(cells: list[str]) -> list[str]:
    fields = [field_name(cell) for cell in cells]
    missing = [field for field in NEEDED if field not in fields]
    twice = [field for field in NEEDED + OPTIONAL if fields.count(field) > 1]
    if missing or twice:
        raise BrokenFeed(
            "wrong-shape",
            f"The heading is not the plugin's; missing: {', '.join(missing) or 'none'}; "
            f"twice: {', '.join(twice) or 'none'}.",
        )
    return [field if field in NEEDED + OPTIONAL else f"column {n}" for n, field in enumerate(fields, 1)]


def _meeting(line: Line, source: Source, columns: int, left_out: Counter[str]) -> list[Meeting]:
    refuse_uneven(line, columns)
    slug, weekday = values.source_id(line, "slug"), values.named_weekday(line, "day")
    told: dict[str, object] = {
        "time": _clock(line, "time"),
        "end_time": _clock(line, "end_time"),
        "types": _types(line),
    }
    left_out.update(meeting_guide.no_kinds(told))
    return [meeting_guide.meeting({**line, **told}, source, slug, weekday, _organisation(line))]


def _clock(line: Line, field: str) -> str:
    """`7:30 pm` as `19:30`; anything else as it stands."""
    written = values.raw(line, field)
    found = _TWELVE_HOURS.fullmatch(written)
    if not found or not 1 <= int(found[1]) <= 12:
        return written
    hour = int(found[1]) % 12 + (12 if found[3] in "pP" else 0)
    return f"{hour}:{found[2] or '00'}"


def _types(line: Line) -> list[str]:
    """Meeting Guide's codes; the plugin itself takes both names and codes."""
    listed = [plain(name) for name in values.raw(line, "types").split(",")]
    return [CODES.get(name.lower(), name.upper()) for name in listed if name]


def _organisation(line: Line) -> Organisation:
    """The file does not say whose list it is: as in Meeting Guide's it is AA's, unless a column of ours says more."""
    name = values.text(line, "organisation", values.NAME)
    return named(name) if name else meeting_guide.AA
