"""Clients who agreed to everything and committed to a meeting a week, made through the services' own doors.

By HTTP and not by handlers, though that takes longer: what the services then hear of each other has travelled too.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from deploy.local.demo.doors import Doors
from deploy.local.demo.systems import EMITTER, RECORD_SYSTEM, register
from shared.meetings import meeting_id
from tests.fictional import early_afternoon, nhs_number

WEEKS = 5
"""Commitments of a client: the last one was for yesterday, so that a message about it is of use today."""
FEED = "faults"
_AT_ONCE = 8
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Occasion:
    """What facts are about: a meeting that the client committed to, on its day."""

    client: UUID
    meeting: UUID
    date: date
    ended: datetime
    commitment: UUID
    goal: UUID


@dataclass(frozen=True, slots=True)
class Client:
    """`email`: where reminders may write to, if anywhere. The last occasion is yesterday's."""

    client: UUID
    occasions: tuple[Occasion, ...]
    email: str | None


async def open_clients(doors: Doors, count: int) -> list[Client]:
    """Returns when journal takes reports of them from `EMITTER`, and reminders writes to every third."""
    zone = early_afternoon()
    await asyncio.gather(*(register(doors, system) for system in (EMITTER, RECORD_SYSTEM)))
    await _list_meetings(doors, zone)
    turns = asyncio.Semaphore(_AT_ONCE)

    async def in_turn(number: int) -> Client:
        async with turns:
            return await _open(doors, zone, number)

    return list(await asyncio.gather(*map(in_turn, range(count))))


async def _list_meetings(doors: Doors, zone: ZoneInfo) -> None:
    """One each day, at seven in the evening."""
    lines = [f"{day},Evening {day},smart-recovery,online,{day},19:00,both" for day in _DAYS]
    body = "\n".join(["id,name,organisation,format,weekday,start,audience", *lines, ""])
    asked = {"feed": FEED, "format": "csv", "timeZone": zone.key}
    await doors.call("otto", "POST", "referrals", "/api/directory/imports", params=asked, content=body.encode())


async def _open(doors: Doors, zone: ZoneInfo, number: int) -> Client:
    yesterday = datetime.now(zone).date() - timedelta(days=1)
    body = {
        "name": f"Client {number}",
        "birthDate": "1980-01-01",
        "nhsNumber": nhs_number(number),
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": zone.key,
        "openedAt": datetime.combine(yesterday - timedelta(weeks=WEEKS), time(9), zone).isoformat(),
    }
    opened = (await doors.call("kay", "POST", "referrals", "/api/referrals", json=body)).json()
    at, client = f"/api/referrals/{opened['referralId']}", UUID(opened["clientId"])
    consents = {"records": True, "peers": False, "emitters": [EMITTER.source]}
    await doors.call("kay", "PUT", "referrals", f"{at}/consents", json=consents)
    days = [yesterday - timedelta(weeks=week) for week in reversed(range(WEEKS))]
    occasions = [await _commit(doors, zone, at, client, day) for day in days]
    email = f"client-{number}@mail.example" if number % 3 == 0 else None
    if email:
        await _put_contact(doors, zone, client, email)
    return Client(client, tuple(occasions), email)


async def _commit(doors: Doors, zone: ZoneInfo, referral: str, client: UUID, day: date) -> Occasion:
    """Made two days before, so that each has a goal of its own, due before the next."""
    meeting = meeting_id(FEED, _DAYS[day.weekday()])
    made_at = datetime.combine(day - timedelta(days=2), time(12), zone)
    body = {"meetingId": str(meeting), "date": day.isoformat(), "madeAt": made_at.isoformat()}
    made: dict[str, Any] = (await doors.call("kay", "POST", "referrals", f"{referral}/commitments", json=body)).json()
    ended = datetime.fromisoformat(made["end"])
    return Occasion(client, meeting, day, ended, UUID(made["commitmentId"]), UUID(made["goalId"]))


async def _put_contact(doors: Doors, zone: ZoneInfo, client: UUID, email: str) -> None:
    purposes = ["meeting-reminders", "check-ins"]
    body = {"email": email, "nameToUse": "Sam", "timeZone": zone.key, "purposes": purposes, "mayNameService": False}
    await doors.call_until_known("kay", "PUT", "reminders", f"/api/clients/{client}/contact", json=body)
