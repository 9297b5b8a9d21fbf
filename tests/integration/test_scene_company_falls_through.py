"""Scene 7 (3-fama), on three running services, real Kafka and real PostgreSQL."""

import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from deploy.local.demo.doors import Doors
from deploy.local.postgres import EmbeddedPostgres
from shared.meetings import meeting_id
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.fictional import early_afternoon
from tests.integration.company_builder import ROWAN
from tests.integration.journal_builder import read_topic
from tests.integration.walls.scene import nhs_number
from tests.whole import Whole, whole

ZONE: ZoneInfo = early_afternoon()
"""It is early in the afternoon there: a civil hour, and the meeting is three hours away."""
START = (datetime.now(ZONE) + timedelta(hours=3)).replace(second=0, microsecond=0)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MEETING = meeting_id("scene-seven", "tonight")
PRIVATE = ("07700 900111", "07700900111", "rowan.f@mail.example", "Rowan", "Featherstonehaugh")
OF_THE_CLIENT = ("07700 900333", "07700900333", "Robin", "Sandpiper")


@pytest.fixture
async def services(postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(postgres, kafka_settings.bootstrap, tmp_path, prefix=kafka_settings.prefix) as up:
        await up.bring_up()
        yield up


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_scene_7_the_peer_pulls_out_three_hours_before_and_the_client_is_told_neutrally(
    services: Whole, kafka_settings: KafkaSettings
) -> None:
    doors = services.doors
    await _lists_tonights_meeting(doors)
    reached, unreached = await _goes_with_rowan(doors, phone=True), await _goes_with_rowan(doors, phone=False)
    for one in (reached, unreached):
        await _presses(one["link"], "cannot-come")

    await eventually(lambda: _flagged(doors, reached, {"company-fell-through"}))
    await eventually(lambda: _flagged(doors, unreached, {"company-fell-through", "act-by-hand"}))
    for one in (reached, unreached):
        [made] = (await _shown(doors, one))["commitments"]
        assert (made["state"], made["accompanied"]) == ("planned", False)
        [company] = await _company(doors, one)
        assert (company["state"], company["with"]) == ("fell-through", None)

    await eventually(lambda: _told(services))
    [told] = [mail for mail in _mails(services) if "come along" in mail.get_content()]
    assert told["To"] == "robin.sandpiper@mail.example"
    text = f"{told['Subject']} {told.get_content()}"
    assert not re.findall(r"meeting|AA|alcohol|service|keyworker|cancel|let you down", text, re.IGNORECASE)
    assert [word for word in PRIVATE if word in told.as_string()] == []

    after = (await _opened(one["link"])).text
    assert [word for word in (*PRIVATE[:3], *OF_THE_CLIENT) if word in after] == []
    said = str(await read_topic(kafka_settings, "fama.referrals"))
    assert [word for word in (*PRIVATE, *OF_THE_CLIENT, one["peer"]) if word in said] == []


async def _lists_tonights_meeting(doors: Doors) -> None:
    start = f"{START:%H:%M}"
    lines = [
        "id,name,organisation,format,weekday,start,audience,place,address",
        f"tonight,Tonight,aa,in-person,{DAYS[START.weekday()]},{start},self,Hall,1 High Street",
        "",
    ]
    params = {"feed": "scene-seven", "format": "csv", "timeZone": ZONE.key}
    content = "\n".join(lines).encode()
    await doors.call("otto", "POST", "referrals", "/api/directory/imports", params=params, content=content)


async def _goes_with_rowan(doors: Doors, *, phone: bool) -> dict[str, Any]:
    """A client with tonight's meeting planned, and Rowan, who has said yes by the link. Without a phone: no address."""
    body = {
        "nhsNumber": nhs_number(),
        "name": "Robin Sandpiper",
        "birthDate": "1980-02-03",
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": ZONE.key,
    }
    opened = (await doors.call("kay", "POST", "referrals", "/api/referrals", json=body)).json()
    at = f"/api/referrals/{opened['referralId']}"
    if phone:
        contact = {
            "email": "robin.sandpiper@mail.example",
            "nameToUse": "Sandy",
            "timeZone": ZONE.key,
            "purposes": ["meeting-reminders"],
            "mayNameService": False,
        }
        client = f"/api/clients/{opened['clientId']}/contact"
        await doors.call_until_known("kay", "PUT", "reminders", client, json=contact)
    planned = {"meetingId": str(MEETING), "date": str(START.date())}
    made = (await doors.call("kay", "POST", "referrals", f"{at}/commitments", json=planned)).json()
    asked = f"{at}/commitments/{made['commitmentId']}/company"
    wish = {"firstName": "Robin", "contact": "07700 900333"}
    company = (await doors.call("kay", "POST", "referrals", asked, json=wish)).json()["companyId"]
    peer = (await doors.call("rory", "POST", "referrals", "/api/peers", json=ROWAN)).json()["peerId"]
    offer = f"/api/company/{company}/offer/{peer}"
    link = (await doors.call("rory", "POST", "referrals", offer)).json()["link"]
    agreed = await _presses(link, "yes")
    assert "Robin" in agreed.text
    return {"at": at, "link": link, "peer": peer}


async def _presses(link: str, answer: str) -> httpx.Response:
    async with httpx.AsyncClient(follow_redirects=True) as phone:
        return await phone.post(link, data={"answer": answer})


async def _opened(link: str) -> httpx.Response:
    async with httpx.AsyncClient() as phone:
        return await phone.get(link)


async def _shown(doors: Doors, one: dict[str, Any]) -> dict[str, Any]:
    return (await doors.call("kay", "GET", "referrals", one["at"])).json()  # type: ignore[no-any-return]


async def _company(doors: Doors, one: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await doors.call("kay", "GET", "referrals", f"{one['at']}/company")
    return answer.json()["company"]  # type: ignore[no-any-return]


async def _flagged(doors: Doors, one: dict[str, Any], codes: set[str]) -> bool:
    return {flag["code"] for flag in (await _shown(doors, one))["flags"]} == codes


async def _told(services: Whole) -> bool:
    return any("come along" in mail.get_content() for mail in _mails(services))


def _mails(services: Whole) -> list[EmailMessage]:
    files = services.mail.glob("*.eml")
    return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
