"""The event that fits today's demo data: the README's client went to the meeting that they had committed to."""

import json
from datetime import UTC, datetime
from typing import Any

from shared.cli.attendance_event import attendance_event
from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import KEYWORKER, bearer_of
from shared.cli.settings import Settings


def todays_event(settings: Settings, source: str) -> dict[str, Any]:
    """The same commitment gives the same event, to the byte: sent twice, it is the same news."""
    made = _manifest(settings)
    pathway = call("GET", "referrals", f"/api/referrals/{made['referralId']}", bearer_of(KEYWORKER))
    commitment = _todays(pathway["commitments"], made.get("commitmentId"))
    said = {
        "client": pathway["clientId"],
        "meeting_id": commitment["meetingId"],
        "start": commitment["start"],
        "outcome": "attended",
        "observed_at": commitment["start"],
        "reported_by": "emitter",
    }
    return attendance_event(f"attended-{commitment['commitmentId']}", source, said)


def _manifest(settings: Settings) -> dict[str, Any]:
    """What the demo data's maker left behind."""
    try:
        made: dict[str, Any] = json.loads(settings.demo.read_bytes())
    except (OSError, ValueError):
        made = {}
    if not made.get("referralId"):
        raise Failed(f"There is no demo data yet: {settings.demo} does not say so. It is made by: make run")
    return made


def _todays(commitments: list[dict[str, Any]], made: str | None) -> dict[str, Any]:
    """The one that the last start made, else the last that has begun."""
    now = datetime.now(UTC)
    begun = [one for one in commitments if datetime.fromisoformat(one["start"]) <= now]
    if not begun:
        raise Failed("The demo's client has no commitment that has begun. Start the local run again: make run")
    return max(begun, key=lambda one: (one["commitmentId"] == made, datetime.fromisoformat(one["start"])))
