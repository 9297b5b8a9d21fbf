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
    referral = _demo_referral(settings)
    pathway = call("GET", "referrals", f"/api/referrals/{referral}", bearer_of(KEYWORKER))
    commitment = _last_begun(pathway.get("commitments", []))
    said = {
        "client": pathway["clientId"],
        "meeting_id": commitment["meetingId"],
        "start": commitment["start"],
        "outcome": "attended",
        "observed_at": commitment["start"],
        "reported_by": "emitter",
    }
    return attendance_event(f"attended-{commitment['commitmentId']}", source, said)


def _demo_referral(settings: Settings) -> str:
    try:
        return str(json.loads(settings.demo.read_bytes())["referralId"])
    except (OSError, ValueError, KeyError):
        raise Failed(f"There is no demo data yet ({settings.demo} is missing). It is made by: make run") from None


def _last_begun(commitments: list[dict[str, Any]]) -> dict[str, Any]:
    now = datetime.now(UTC)
    begun = [one for one in commitments if datetime.fromisoformat(one["start"]) <= now]
    if not begun:
        raise Failed("The demo's client has no commitment that has begun. Start the local run again: make run")
    return max(begun, key=lambda one: datetime.fromisoformat(one["start"]))
