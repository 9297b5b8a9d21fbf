"""The online meeting that the README's client is committed to: it began between 15 and 75 minutes ago.

One begins at every hour of every day, and another at every half hour for who tries the example twice. Only in the
night in October when the clocks go back none does in the hour that comes for the second time: then it is the last.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.local.demo.doors import Doors, until
from deploy.local.demo.lists import UK
from deploy.local.demo.timeline import ZONE, Occasion
from shared.cli.failing import Failed
from shared.meetings import meeting_id

AT_LEAST, AT_MOST = timedelta(minutes=15), timedelta(minutes=75)
WORTH = timedelta(hours=2)
"""So long after its start a commitment still fits the README's example."""
_MADE_BEFORE = timedelta(minutes=10)
"""Less than from one meeting to the next: the one before cannot be a meeting gone to instead."""
_HALF = timedelta(minutes=30)
_SETTLED = frozenset({"attended", "not-attended", "not-known", "went-to-another", "withdrawn"})


def begun(now: datetime) -> list[Occasion]:
    """The one that is meant first: on the hour, 15 to 75 minutes ago. Then what else began lately, the last first."""
    slot = (now - AT_LEAST).astimezone(UTC)
    slot = slot.replace(minute=slot.minute // 30 * 30, second=0, microsecond=0)
    found: list[Occasion] = []
    while now - slot <= WORTH:
        # What the clocks show for the second time is no start: a meeting is held at the first.
        if (start := slot.astimezone(ZONE)).fold == 0:
            found.append(Occasion(meeting_id(UK.feed, _line(start)), start, start + _HALF))
        slot -= _HALF
    return sorted(found, key=lambda occasion: now - occasion.start > AT_MOST or occasion.start.minute != 0)


def todays(commitments: Sequence[Mapping[str, Any]], known: str | None, now: datetime) -> Mapping[str, Any] | None:
    """The one that the example was about last time, else the last one that has begun."""
    for one in commitments:
        if one["commitmentId"] == known:
            return one
    return max((one for one in commitments if _start(one) <= now), key=_start, default=None)


def still_fits(commitment: Mapping[str, Any], now: datetime) -> bool:
    return commitment["state"] not in _SETTLED and now - _start(commitment) <= WORTH


async def commit(doors: Doors, referral: Mapping[str, Any], known: str | None, now: datetime) -> str:
    """The id of the commitment that today's example is about: the last one if it still fits, else a new one."""
    last = todays(referral["commitments"], known, now)
    if last and still_fits(last, now):
        return str(last["commitmentId"])
    taken = {(one["meetingId"], one["date"]) for one in referral["commitments"]}
    for occasion in begun(now):
        if (str(occasion.meeting_id), occasion.date.isoformat()) not in taken:
            return await _commit_to(doors, referral, occasion)
    if last is None:
        raise Failed("No online meeting has begun within the last two hours.")
    return str(last["commitmentId"])


async def _commit_to(doors: Doors, referral: Mapping[str, Any], occasion: Occasion) -> str:
    """Returns when the question how it went is planned."""
    body = {
        "meetingId": str(occasion.meeting_id),
        "date": occasion.date.isoformat(),
        "madeAt": (occasion.start.astimezone(UTC) - _MADE_BEFORE).isoformat(),
    }
    path = f"/api/referrals/{referral['referralId']}/commitments"
    made = (await doors.call("kay", "POST", "referrals", path, json=body)).json()
    commitment_id = str(made["commitmentId"])
    if await _went_to_another(doors, referral, commitment_id):
        raise Failed(
            "The demo client went to a later meeting, so there is no question to plan; `make reset` begins anew."
        )
    await until("The message did-you-go is planned", lambda: _is_asked(doors, referral["clientId"], commitment_id))
    return commitment_id


async def _went_to_another(doors: Doors, referral: Mapping[str, Any], commitment_id: str) -> bool:
    shown = (await doors.call("kay", "GET", "referrals", f"/api/referrals/{referral['referralId']}")).json()
    state = next(one["state"] for one in shown["commitments"] if one["commitmentId"] == commitment_id)
    return bool(state == "went-to-another")


async def _is_asked(doors: Doors, client_id: str, commitment_id: str) -> bool:
    answer = await doors.call("kay", "GET", "reminders", f"/api/clients/{client_id}/reminders", also=[404])
    planned = [] if answer.status_code == 404 else answer.json()["reminders"]
    return any((one["rule"], one["commitmentId"]) == ("did-you-go", commitment_id) for one in planned)


def _line(start: datetime) -> str:
    """Its id in the list."""
    if start.minute == 0:
        return f"round-the-clock-{start.isoweekday()}-{start:%H}"
    return f"half-past-{start.isoweekday()}-{start:%H}-30"


def _start(commitment: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(commitment["start"])
