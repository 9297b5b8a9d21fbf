"""A client's story as it is told to the running services: by their keyworker, by an app of theirs, by an emitter."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from deploy.local.demo.doors import Doors
from deploy.local.demo.systems import RECORD_SYSTEM, SOURCE, DemoSystem, register
from shared.meetings import meeting_id
from tests.eventually import eventually
from tests.fictional import nhs_number
from tests.integration.walls.scene import CLOUD, reported

LONDON = ZoneInfo("Europe/London")
FEED = "scenes"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORGANISATIONS = {"aa": "self", "smart-recovery": "self", "al-anon": "family"}
CHECK_IN = DemoSystem("scene-check-in", ("attendance.write",), SOURCE, "emitter")
OWN_APP = DemoSystem("scene-own-app", ("attendance.write",), "https://app.example/x99", "client")
CONTACT: dict[str, Any] = {
    "email": "robin@mail.example",
    "nameToUse": "Robin",
    "timeZone": LONDON.key,
    "purposes": ["meeting-reminders", "check-ins"],
    "mayNameService": False,
}
Json = dict[str, Any]
_people = count(1)


def day(ahead: int) -> date:
    """Today, so many days from now."""
    return datetime.now(LONDON).date() + timedelta(days=ahead)


def at(ahead: int, hour: int = 8, minute: int = 0) -> str:
    return datetime.combine(day(ahead), time(hour, minute), LONDON).isoformat()


def meeting(organisation: str, ahead: int) -> UUID:
    """The organisation's meeting at seven in the evening on that day of the week."""
    return meeting_id(FEED, f"{organisation}-{DAYS[day(ahead).weekday()]}")


async def set_the_scene(doors: Doors) -> None:
    """Meetings of three organisations on each day, and the systems that report and read."""
    for system in (CHECK_IN, OWN_APP, RECORD_SYSTEM):
        await register(doors, system)
    lines = [
        f"{organisation}-{weekday},{weekday} evening,{organisation},in-person,{weekday},19:00,{audience}"
        for organisation, audience in ORGANISATIONS.items()
        for weekday in DAYS
    ]
    body = "\n".join(["id,name,organisation,format,weekday,start,audience", *lines, ""]).encode()
    asked = {"feed": FEED, "format": "csv", "timeZone": LONDON.key}
    await doors.call("otto", "POST", "referrals", "/api/directory/imports", params=asked, content=body)


@dataclass
class Story:
    """One referral. `tell…` are what is asked of a service, `shown…` what it answers to whoever looks."""

    doors: Doors
    number: str
    client: str
    referral: str

    @classmethod
    async def opened(cls, doors: Doors, *, ahead: int = -60, for_: str = "self", number: str = "") -> "Story":
        """Of somebody new, unless the number is known here. Agreed to everything that can be agreed to."""
        number = number or nhs_number(next(_people) + 4000)
        body = {
            "nhsNumber": number,
            "name": "Robin Example",
            "birthDate": "1980-02-03",
            "for": for_,
            "forWhat": ["alcohol"],
            "timeZone": LONDON.key,
            "openedAt": at(ahead, 0),
        }
        answer = await doors.call("kay", "POST", "referrals", "/api/referrals", json=body)
        story = cls(doors, number, answer.json()["clientId"], answer.json()["referralId"])
        agreed: Json = {"records": True, "peers": True, "emitters": [SOURCE]}
        await story.put("consents", agreed | ({"treatmentReturn": True} if for_ == "self" else {}))
        return story

    async def post(self, path: str, body: Json) -> Json:
        answer = await self.doors.call("kay", "POST", "referrals", f"/api/referrals/{self.referral}/{path}", json=body)
        return answer.json()  # type: ignore[no-any-return]

    async def put(self, path: str, body: Json) -> Json:
        answer = await self.doors.call("kay", "PUT", "referrals", f"/api/referrals/{self.referral}/{path}", json=body)
        return answer.json()  # type: ignore[no-any-return]

    async def hold(self, stage: int, ahead: int, **noted: object) -> Json:
        return await self.post("sessions", {"stage": stage, "heldAt": at(ahead), **noted})

    async def commit(self, organisation: str, ahead: int, *, made: int) -> str:
        body = {"meetingId": str(meeting(organisation, ahead)), "date": str(day(ahead)), "madeAt": at(made)}
        return str((await self.post("commitments", body))["commitmentId"])

    async def is_written_to(self) -> None:
        """By e-mail, at an address and for purposes that the client agreed to."""
        path = f"/api/clients/{self.client}/contact"
        await self.doors.call_until_known("kay", "PUT", "reminders", path, json=CONTACT)

    async def tell(
        self, organisation: str, ahead: int, outcome: str = "attended", *, by: DemoSystem = CHECK_IN
    ) -> None:
        """Journal takes it, as soon as it has heard of the client, the meeting and the consent."""
        event = reported(at(ahead, 20, 30), source=str(by.source), client=self.client)
        event["data"] |= {
            "meetingId": str(meeting(organisation, ahead)),
            "outcome": outcome,
            "reportedBy": by.reports_as,
        }
        body = {"content": orjson.dumps(event), "headers": CLOUD}
        await self.doors.call_until_known(by.caller("attendance.write"), "POST", "journal", "/events", **body)

    async def shown(self) -> Json:
        answer = await self.doors.call("kay", "GET", "referrals", f"/api/referrals/{self.referral}")
        return answer.json()  # type: ignore[no-any-return]

    async def commitments(self) -> dict[str, str]:
        """By id, the state of each."""
        return {made["commitmentId"]: made["state"] for made in (await self.shown())["commitments"]}

    async def comes_to(self, commitment: str, state: str) -> Json:
        """The referral, once what was told has arrived."""

        async def there() -> bool:
            return (await self.commitments())[commitment] == state

        await eventually(there, within=60)
        return await self.shown()

    async def goals(self) -> dict[str, list[Json]]:
        """By kind."""
        found: dict[str, list[Json]] = {}
        for goal in (await self.shown())["goals"]:
            found.setdefault(goal["kind"], []).append(goal)
        return found

    async def on_record(self) -> dict[str, Json]:
        """The Goals of this referral as a record system gets them, by id."""
        scopes = "system/CarePlan.rs system/Goal.rs"
        asked = {"patient:identifier": f"https://fhir.nhs.uk/Id/nhs-number|{self.number}", "_include": "CarePlan:goal"}
        caller = RECORD_SYSTEM.caller(scopes)
        answer = await self.doors.call(caller, "POST", "referrals", "/fhir/CarePlan/_search", data=asked)
        found = [entry["resource"] for entry in answer.json().get("entry", [])]
        return {one["id"]: one for one in found if one["resourceType"] == "Goal"}

    async def messages(self, commitment: str | None = None) -> dict[str, Json]:
        """By rule, those about one commitment or all that there are."""
        answer = await self.doors.call_until_known("kay", "GET", "reminders", f"/api/clients/{self.client}/reminders")
        all_ = answer.json()["reminders"]
        return {one["rule"]: one for one in all_ if commitment in (None, one["commitmentId"])}

    async def words(self) -> list[Json]:
        """What journal keeps: each occasion, and every word it stands on."""
        answer = await self.doors.call_until_known("kay", "GET", "journal", f"/api/clients/{self.client}/attendance")
        return answer.json()["occurrences"]  # type: ignore[no-any-return]
