"""Where a feed is fetched from, and when. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import httpx

from services.referrals.feeds.feed import wrongly_asked
from shared.fetching import Inward
from shared.meetings import start_on
from shared.meetings.zones import zone
from shared.problems import Problem

MOST_HOURS = 720
LONGEST_URL, LONGEST_NAME = 1000, 255
_ONE_OF_TWO = "Say at what time each day (dailyAt) or every how many hours (everyHours), and only one of them."
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=15), timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`every_hours` or `daily_at` (local in `time_zone`). `owner` answers for the `area`; `formats_url` is BMLT's."""

    source_id: UUID
    feed: str
    format: str
    url: str
    formats_url: str | None
    time_zone: str
    every_hours: int | None
    daily_at: time | None
    owner: str
    area: str


def problems_of(source: Source, inward: Inward) -> list[Problem]:
    """What is wrong with it, each at its field as the caller spells it."""
    problems = wrongly_asked(source.format, source.feed, source.time_zone)
    problems += [Problem(field, "no-address", why) for field, why in _addresses(source, inward)]
    if (source.every_hours is None) == (source.daily_at is None):
        problems.append(Problem("everyHours", "one-of-two", _ONE_OF_TWO))
    elif source.every_hours is not None and not 1 <= source.every_hours <= MOST_HOURS:
        problems.append(Problem("everyHours", "out-of-range", f"Every 1 to {MOST_HOURS} hours."))
    elif source.daily_at is not None and (source.daily_at.tzinfo or source.daily_at.second):
        problems.append(Problem("dailyAt", "not-a-time", "A local time to the minute, such as 04:30."))
    for field, value in (("owner", source.owner), ("area", source.area)):
        if not 1 <= len(value.strip()) <= LONGEST_NAME:
            problems.append(Problem(field, "missing", "Somebody answers for it: name them, and the area."))
    if source.formats_url and source.format != "bmlt":
        problems.append(Problem("formatsUrl", "not-of-this-format", "Only a BMLT server has formats of its own."))
    return problems


def next_due(source: Source, after: datetime) -> datetime:
    """By its schedule; on a day whose clocks skip that time, when they have moved on."""
    if source.every_hours is not None:
        return after + timedelta(hours=source.every_hours)
    today = after.astimezone(zone(source.time_zone)).date()
    for days in range(3):
        due = start_on(today + timedelta(days=days), source.daily_at or time(0), source.time_zone)
        if due and due > after:
            return due
    return after + timedelta(days=1)


def due_after_failures(failures: int, now: datetime) -> datetime:
    """Each pause is twice the one before; a server that is down is not helped by being asked."""
    doubled: int = 2 ** min(failures - 1, 10)
    return now + min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)


def _addresses(source: Source, inward: Inward) -> list[tuple[str, str]]:
    given = {"url": source.url} | ({"formatsUrl": source.formats_url} if source.formats_url else {})
    return [(field, why) for field, url in given.items() if (why := _wrong_address(url, inward))]


def _wrong_address(text: str, inward: Inward) -> str | None:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        return "This is not an address such as https://lists.example/meetings.json."
    if len(text) > LONGEST_URL or not url.host or url.scheme not in ("https", "http"):
        return "This is not an address such as https://lists.example/meetings.json."
    if url.userinfo:
        return "A name and password do not belong into the address: whoever may look at sources would read them."
    if url.scheme != "https" and inward == "never":
        return "The address has to begin with https://: on the way, anybody could write another list."
    return None
