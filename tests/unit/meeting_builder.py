"""A meeting for a test that says only what it is about."""

from datetime import date, time
from typing import Any

from shared.meetings import Meeting, meeting_id


def a_meeting(**said: object) -> Meeting:
    """Wednesdays at 19:00 in London, an hour, active; `said` replaces any of it."""
    usual: dict[str, Any] = {
        "feed": "demo",
        "source_id": "1",
        "name": "Just for Today",
        "organisation": "na",
        "format": "in-person",
        "weekday": 3,
        "start": time(19),
        "length": 60,
        "time_zone": "Europe/London",
        "audience": "self",
        "for_what": ("drug",),
        "in_feed_on": date(2026, 1, 5),
    }
    usual.update(said)
    usual.setdefault("meeting_id", meeting_id(usual["feed"], usual["source_id"]))
    return Meeting(**usual)
