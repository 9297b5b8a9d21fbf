"""Quill, whose every word is known to nobody else: told to the running services as keyworkers and a check-in app do."""

import asyncio
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson

from deploy.local.demo.doors import Doors
from deploy.local.demo.systems import EMITTER, SOURCE, register
from shared.events.envelope import Event
from shared.events.kafka import Record, to_record
from shared.events.referrals import ReferralReopened
from shared.events.saying import about_client
from shared.meetings import meeting_id
from shared.messaging.settings import KafkaSettings
from tests.fictional import early_afternoon
from tests.integration.company_builder import ROWAN
from tests.integration.journal_builder import write
from tests.integration.walls.scene import CLOUD, nhs_number, reported

FEED = "quill"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZONE = early_afternoon()
TODAY = datetime.now(ZONE).date()


@dataclass
class Quill:
    """`words`: what nobody may find; `mailed`: of these, what an e-mail to them holds: it is in their own mailbox.

    `draft`: a session that is half written. `link`: of whoever goes along with them (`company`).
    """

    client: str = ""
    referral: str = ""
    commitments: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    draft: str = ""
    company: str = ""
    link: str = ""

    mailed = ("e-mail", "name to use")

    @property
    def ids(self) -> list[str]:
        return [self.client, self.referral, *self.commitments, self.draft, self.company]


async def told_of(doors: Doors) -> Quill:
    """Sessions and half of one, goals, commitments, somebody who goes along, attendance; e-mails sent and planned."""
    number = nhs_number()
    quill = Quill(words=_words(number))
    await register(doors, EMITTER)
    await _list_meetings(doors)
    await _opened(doors, quill, number)
    at = f"/api/referrals/{quill.referral}"
    contact = {
        "email": quill.words["e-mail"],
        "phone": quill.words["phone"],
        "nameToUse": quill.words["name to use"],
        "timeZone": ZONE.key,
        "purposes": ["meeting-reminders", "check-ins"],
        "mayNameService": False,
    }
    await doors.call_until_known("kay", "PUT", "reminders", f"/api/clients/{quill.client}/contact", json=contact)
    for day, made in ((TODAY - timedelta(days=1), TODAY - timedelta(days=3)), (TODAY + timedelta(days=4), TODAY)):
        answer = await doors.call("kay", "POST", "referrals", f"{at}/commitments", json=commitment(day, made))
        quill.commitments.append(answer.json()["commitmentId"])
    await _half_a_session(doors, quill)
    await _goes_with_rowan(doors, quill)
    await report(doors, quill, TODAY - timedelta(days=1))
    return quill


def commitment(day: date, made: date) -> dict[str, str]:
    made_at = datetime.combine(made, time(0, 1), ZONE).isoformat()
    return {"meetingId": str(_meeting(day)), "date": str(day), "madeAt": made_at}


def _words(number: str) -> dict[str, str]:
    return {
        "name": "Quillon Featherstonehaugh",
        "surname": "Featherstonehaugh",
        "birth date": "1961-09-17",
        "NHS number": number,
        "NHS number, spaced": f"{number[:3]} {number[3:6]} {number[6:]}",
        "e-mail": "quill.feather@kestrel-mail.example",
        "phone": "07700 900914",
        "phone, unspaced": "07700900914",
        "name to use": "Quillybird",
        "own goal": "walk the heron path before breakfast",
        "perception": "the singing frightened me as a child",
        "half a session": "would rather sit by the door at first",
        "passed on: name": "Quillemina",
        "passed on: contact": "07700 900815",
        "starts from": "Otterbourne Lock",
    }


async def _opened(doors: Doors, quill: Quill, number: str) -> None:
    body = {
        "name": quill.words["name"],
        "birthDate": quill.words["birth date"],
        "nhsNumber": quill.words["NHS number, spaced"],
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": ZONE.key,
        "openedAt": (datetime.now(UTC) - timedelta(days=30)).isoformat(),
    }
    opened = (await doors.call("kay", "POST", "referrals", "/api/referrals", json=body)).json()
    quill.client, quill.referral = opened["clientId"], opened["referralId"]
    quill.words["first card"] = opened["cardCode"]
    at = f"/api/referrals/{quill.referral}"
    consents = {"records": True, "peers": True, "emitters": [SOURCE]}
    await doors.call("kay", "PUT", "referrals", f"{at}/consents", json=consents)
    quill.words["card"] = (await doors.call("kay", "POST", "referrals", f"{at}/card")).json()["cardCode"]
    session = {
        "stage": 1,
        "heldAt": (datetime.now(UTC) - timedelta(days=20)).isoformat(),
        "experience": [{"organisation": "aa", "level": "some", "perceptions": quill.words["perception"]}],
        "goals": [{"kind": "own-words", "words": quill.words["own goal"]}],
    }
    await doors.call("kay", "POST", "referrals", f"{at}/sessions", json=session)


async def _half_a_session(doors: Doors, quill: Quill) -> None:
    """As the page keeps it while somebody writes."""
    quill.draft = str(uuid4())
    typed = {"stage": "2", "about-0-organisation": "aa", "about-0-perceptions": quill.words["half a session"]}
    at = f"/clients/{quill.referral}/sessions/{quill.draft}/draft"
    await doors.call("kay", "POST", "referrals", at, data=typed, also=(303,))
    page = await doors.call("kay", "GET", "referrals", f"/clients/{quill.referral}/sessions/{quill.draft}")
    assert quill.words["half a session"] in page.text


async def _goes_with_rowan(doors: Doors, quill: Quill) -> None:
    """Asked, offered, agreed: Rowan's link then shows what Quill chose to have passed on."""
    at = f"/api/referrals/{quill.referral}/commitments/{quill.commitments[-1]}/company"
    wish = {"firstName": quill.words["passed on: name"], "contact": quill.words["passed on: contact"]}
    asked = await doors.call("kay", "POST", "referrals", at, json=wish | {"area": quill.words["starts from"]})
    quill.company = asked.json()["companyId"]
    peer = (await doors.call("rory", "POST", "referrals", "/api/peers", json=ROWAN)).json()["peerId"]
    offer = f"/api/company/{quill.company}/offer/{peer}"
    quill.link = (await doors.call("rory", "POST", "referrals", offer)).json()["link"]
    answer = f"/api/company/{quill.company}/answer"
    await doors.call("rory", "POST", "referrals", answer, json={"answer": "yes"})
    assert quill.words["passed on: contact"] in await seen_by_rowan(quill)


async def seen_by_rowan(quill: Quill) -> str:
    """On a telephone, without an account."""
    async with httpx.AsyncClient() as phone:
        return (await phone.get(quill.link)).text


async def report(doors: Doors, quill: Quill, day: date) -> None:
    """By the card, as soon as journal has heard of it."""
    token = EMITTER.caller("attendance.write")
    event = _report(quill, day)
    await doors.call_until_known(token, "POST", "journal", "/events", content=orjson.dumps(event), headers=CLOUD)


async def refused_report(doors: Doors, quill: Quill, **whom: str) -> str:
    """Its code."""
    event = _report(quill, TODAY - timedelta(days=2))
    event["data"] = {name: value for name, value in event["data"].items() if name != "cardCode"} | whom
    token, sent = EMITTER.caller("attendance.write"), {"content": orjson.dumps(event), "headers": CLOUD}
    answer = await doors.call(token, "POST", "journal", "/events", also=(422,), **sent)
    return "" if answer.is_success else str(answer.json()["errors"][0]["code"])


def _report(quill: Quill, day: date) -> dict[str, Any]:
    ended = datetime.combine(day, time(20), ZONE).isoformat()
    said = reported(ended, source=SOURCE, cardCode=quill.words["card"])
    return said | {"data": said["data"] | {"meetingId": str(_meeting(day))}}


async def gets_stuck(kafka: KafkaSettings, quill: Quill) -> None:
    """One parked in reminders, with its followers; one dead in referrals, in reminders and in journal's intake."""
    parked = to_record(reopened(quill, provider="X98"))
    dead = Record(parked.topic, parked.key, [*parked.headers, ("ce_source", b"/famalink/journal")], parked.value)
    attendance = Record("fama.attendance", quill.client, _without_type(parked), b"{}")
    unreadable = reported("yesterday", source=SOURCE, client=quill.client)
    headers = [("content-type", b"application/cloudevents+json")]
    intake = Record("fama.attendance.intake", quill.client, headers, orjson.dumps(unreadable))
    await write(kafka, dead, parked, to_record(reopened(quill)), attendance, intake)


def reopened(quill: Quill, provider: str = "X99") -> Event[Any]:
    now = datetime.now(UTC)
    data = ReferralReopened(referral_id=UUID(quill.referral), at=now)
    whose: dict[str, Any] = {"client": UUID(quill.client), "provider": provider, "team": "north"}
    return about_client("referrals", data, **whose, time=now, recorded=now)


def _without_type(record: Record) -> list[tuple[str, bytes | None]]:
    kept = [(name, value) for name, value in record.headers if name not in ("ce_type", "ce_id")]
    return [*kept, ("ce_type", b"uk.famalink.journal.attendance.felt.v1"), ("ce_id", str(uuid4()).encode())]


async def _list_meetings(doors: Doors) -> None:
    """One each day, at seven in the evening."""
    lines = [f"{day},Evening {day},smart-recovery,online,{day},19:00,both" for day in DAYS]
    body = "\n".join(["id,name,organisation,format,weekday,start,audience", *lines, ""]).encode()
    asked = {"feed": FEED, "format": "csv", "timeZone": ZONE.key}
    await doors.call("otto", "POST", "referrals", "/api/directory/imports", params=asked, content=body)


def _meeting(day: date) -> UUID:
    return meeting_id(FEED, DAYS[day.weekday()])


async def states(doors: Doors, quill: Quill) -> set[str]:
    """Of the messages to them."""
    answer = await doors.call("kay", "GET", "reminders", f"/api/clients/{quill.client}/reminders")
    return {reminder["state"] for reminder in answer.json()["reminders"]}


async def erased_by_command(environment: dict[str, str], quill: Quill) -> None:
    """`famalink erase`, which signs in by itself."""
    command = ["-m", "shared.cli", "erase", quill.client, "--yes"]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    assert await process.wait() == 0
