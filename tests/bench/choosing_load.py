"""A directory of 100,000 meetings, and what keyworkers ask of it.

The meetings are the real lists of the local run, each copied to other regions: other days, times, zones and places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from deploy.local.demo.lists import LISTS
from services.referrals.feeds import parse
from shared.meetings import Meeting, meeting_id

_ZONES = ("Europe/London", "America/New_York", "Europe/Dublin", "America/Chicago", "Australia/Sydney", "Europe/Madrid")
_EVENINGS = ["monday 18:00-22:00", "tuesday 18:00-22:00", "thursday 17:30-21:30", "saturday 10:00-16:00"]


def many_meetings(number: int) -> list[Meeting]:
    today = datetime.now(UTC).date()
    real = [meeting for meeting in _real(today) if meeting.status == "active"]
    copies = (_elsewhere(meeting, copy, today) for copy in count() for meeting in real)
    return list(islice(copies, number))


def _real(today: date) -> Iterator[Meeting]:
    for wanted in LISTS:
        files = wanted.files
        read = parse(
            wanted.format,
            files["file"],
            feed=wanted.feed,
            time_zone=wanted.time_zone,
            on=today,
            formats=files.get("formats"),
        )
        yield from read.meetings


def _elsewhere(meeting: Meeting, copy: int, today: date) -> Meeting:
    """The first copy is the list as it is. Confirmed up to half a year ago, a third of them never."""
    feed, north, east = f"{meeting.feed}-{copy}", copy % 7 * 1.3 - 3.9, copy % 11 * 2.9 - 14.5
    confirmed = None if copy % 3 == 2 else today - timedelta(days=copy * 37 % 180)
    return replace(
        meeting,
        feed=feed,
        meeting_id=meeting_id(feed, meeting.source_id),
        weekday=meeting.weekday and (meeting.weekday - 1 + copy) % 7 + 1,
        counted_from=meeting.counted_from and meeting.counted_from + timedelta(days=copy),
        start=meeting.start and _later(meeting.start, copy % 4 * 15),
        time_zone=_ZONES[copy % len(_ZONES)] if copy else meeting.time_zone,
        latitude=meeting.latitude and meeting.latitude + (north if copy else 0),
        longitude=meeting.longitude and meeting.longitude + (east if copy else 0),
        confirmed_on=confirmed if copy else meeting.confirmed_on,
    )


def _later(start: time, minutes: int) -> time:
    after = (start.hour * 60 + start.minute + minutes) % (24 * 60)
    return time(after // 60, after % 60)


def asked(meetings: Sequence[Meeting], number: int) -> list[dict[str, Any]]:
    """Bodies of `_search`, the same in every run: mostly near a place, on days, for somebody; some ask for hardly
    anything, some for what there is not."""
    random = Random(20261124)  # noqa: S311 - a load, not a secret
    placed = [meeting for meeting in meetings if meeting.latitude is not None]
    return [_one(random, placed) for _ in range(number)]


def _one(random: Random, placed: Sequence[Meeting]) -> dict[str, Any]:
    there = random.choice(placed)
    near = {"near": f"{there.latitude:.3f},{there.longitude:.3f}", "within": random.choice([3, 5, 10, 25, 50])}
    someone = {"audience": "self", "forWhat": [random.choice(["alcohol", "drug"])]}
    today = datetime.now(UTC).date()
    soon = today + timedelta(days=random.randrange(1, 14))
    return random.choice(
        [
            near | someone | {"day": random.sample(["monday", "tuesday", "thursday", "friday"], 2)},
            near | someone | {"free": random.sample(_EVENINGS, 3), "prefer": ["newcomer"]},
            near | {"kind": ["women"], "prefer": ["newcomer", "wheelchair"]},
            near | someone | {"kind": ["wheelchair"], "leaveOut": ["na"]},
            near | {"within": 100, "prefer": ["newcomer", "secular", "open"]},
            someone | {"format": ["online", "hybrid"], "free": _EVENINGS, "timeZone": "Europe/London"},
            someone | {"format": ["online"], "kind": ["language-es"]},
            someone | {"from": soon.isoformat(), "to": (soon + timedelta(days=random.choice([0, 2, 6]))).isoformat()},
            {"kind": ["secular"], "format": ["online"], "prefer": ["newcomer", "discussion", "open"]},
            {"audience": "family", "prefer": ["newcomer"]},
            near | {"kind": ["women", "language-cy"], "day": ["sunday"]},
            {},
        ]
    )
