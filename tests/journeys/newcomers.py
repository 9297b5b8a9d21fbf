"""Clients of a journey's own, and the online meetings that they can go to at any hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from deploy.local.demo.systems import SOURCE
from deploy.local.demo.timeline import Occasion
from deploy.local.demo.todays_meeting import AT_LEAST, begun
from shared.cli.attendance_event import attendance_event
from tests.fictional import early_afternoon, nhs_number
from tests.journeys.local_run import LocalRun

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whose keyworker is kay. It is about one o'clock where they live."""

    run: LocalRun
    referral_id: str
    client_id: str
    nhs_number: str

    async def agrees(self, *, records: bool = False, emitters: Sequence[str] = ()) -> None:
        await self.put("/consents", {"records": records, "peers": False, "emitters": list(emitters)})

    async def has_goal(self, kind: str) -> str:
        return str((await self.post("/goals", {"kind": kind, "state": "agreed"}))["goalId"])

    async def commits_to(self, meeting: Occasion) -> dict[str, Any]:
        return await self.post("/commitments", {"meetingId": str(meeting.meeting_id), "date": str(meeting.date)})

    async def can_be_written_to(self, email: str) -> None:
        body = {
            "email": email,
            "nameToUse": "Sam",
            "timeZone": early_afternoon().key,
            "purposes": ["meeting-reminders", "check-ins"],
            "mayNameService": False,
        }
        path = f"/api/clients/{self.client_id}/contact"
        await self.run.doors.call_until_known("kay", "PUT", "reminders", path, json=body)

    def attended(self, meeting: Occasion, source: str = SOURCE) -> dict[str, Any]:
        """What a check-in app sends."""
        said = {
            "client": self.client_id,
            "meeting_id": str(meeting.meeting_id),
            "start": meeting.start.isoformat(),
            "outcome": "attended",
            "observed_at": meeting.start.isoformat(),
            "reported_by": "emitter",
        }
        return attendance_event(uuid4().hex, source, said)

    async def refusal(self, emitter: str, source: str) -> str:
        """Why journal would not take this emitter's word now, for any meeting; `unknown-meeting` if it would."""
        event = self.attended(lately_begun(), source)
        event["data"]["meetingId"] = str(uuid4())
        call = self.run.doors.call
        who, headers = f"system:{emitter}:attendance.write", {"content-type": "application/cloudevents+json"}
        answer = await call(who, "POST", "journal", "/events", json=event, headers=headers, also=[403, 422])
        return str(answer.json()["errors"][0]["code"])

    async def attendance(self) -> list[str]:
        """What stands of each meeting, as journal knows it."""
        path = f"/api/clients/{self.client_id}/attendance"
        answer = await self.run.doors.call("kay", "GET", "journal", path, also=[404])
        return [one["outcome"] for one in answer.json().get("occurrences", [])]

    async def post(self, path: str, body: object) -> dict[str, Any]:
        return await self._referral("POST", path, body)

    async def put(self, path: str, body: object) -> None:
        await self._referral("PUT", path, body)

    async def _referral(self, method: str, path: str, body: object) -> dict[str, Any]:
        where = f"/api/referrals/{self.referral_id}{path}"
        answer = await self.run.doors.call("kay", method, "referrals", where, json=body)
        said: dict[str, Any] = answer.json()
        return said


async def newcomer(run: LocalRun) -> Newcomer:
    number = nhs_number(next(_numbers))
    body = {
        "nhsNumber": number,
        "name": f"Newcomer {number}",
        "birthDate": "1980-01-01",
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": early_afternoon().key,
        "openedAt": (datetime.now(UTC) - timedelta(days=2)).isoformat(),
    }
    opened = (await run.doors.call("kay", "POST", "referrals", "/api/referrals", json=body)).json()
    return Newcomer(run, opened["referralId"], opened["clientId"], number)


def lately_begun() -> Occasion:
    """An online meeting that began between 15 and 75 minutes ago."""
    return begun(datetime.now(UTC))[0]


def soon_to_begin() -> Occasion:
    """An online meeting on the hour, ten to seventy minutes from now."""
    hour = (datetime.now(UTC) + timedelta(minutes=70)).replace(minute=0, second=0, microsecond=0)
    return begun(hour + AT_LEAST)[0]
