"""What a session and a plan note beyond date and stage, through the doors of a real service."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.handlers.flagging import Flagging
from shared.events.envelope import Event
from shared.events.journal import TalkAskedFor
from shared.events.saying import about_client
from tests.integration.referrals_builder import Referrals, days_ahead, meeting, referrals, words

AA = meeting("AA", weekday=2)
YOUNG = meeting("Young AA", weekday=3, kinds=("young-people",))


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA, YOUNG)
        yield opened


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


async def test_circumstances_are_put_as_a_whole_and_shown(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    said = {"courtOrdered": True, "courtSetBy": "Leeds court", "releaseFrom": "prison", "releaseOn": "2190-01-02"}
    answer = await here.put(f"/referrals/{referral}/circumstances", said)
    assert (answer.status_code, answer.json()) == (200, said)
    shown = await here.shown(referral)
    assert shown["circumstances"] == said
    assert [one["code"] for one in shown["suggestions"]] == [
        *("release-area", "release-day-meeting", "release-day-company")
    ]
    assert "court" not in str(await here.said()).lower()
    assert "circumstances-set" in [line["what"] for line in shown["history"]]


async def test_somebody_under_18_is_sent_to_no_adult_meeting_unless_the_lead_agreed(here: Referrals) -> None:
    seventeen = datetime.now(UTC).date() - timedelta(days=17 * 365)
    referral = (await here.open(birthDate=str(seventeen)))["referralId"]
    path = f"/referrals/{referral}"
    adult = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))}
    refused = await here.post(f"{path}/commitments", adult)
    assert (refused.status_code, words(refused)) == (422, [("meetingId", "adult-meeting")])
    young = {"meetingId": str(YOUNG.meeting_id), "date": str(days_ahead(3, weeks=1))}
    assert (await here.post(f"{path}/commitments", young)).status_code == 201
    agreed = {"safeguardingAgreedBy": "Sam Lead", "safeguardingAgreedOn": str(datetime.now(UTC).date())}
    assert (await here.put(f"{path}/circumstances", agreed)).status_code == 200
    assert (await here.post(f"{path}/commitments", adult)).status_code == 201


async def test_a_meeting_planned_over_a_safety_notice_says_why(here: Referrals) -> None:
    path = f"/referrals/{(await here.open())['referralId']}"
    held = await here.post(f"{path}/sessions", {"stage": 2, "heldAt": ago(days=1), "risks": ["withdrawal-risk"]})
    assert [warning["code"] for warning in held.json()["warnings"]] == ["withdrawal-risk"]
    planned = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))}
    refused = await here.post(f"{path}/commitments", planned)
    assert (refused.status_code, words(refused)) == (422, [("overrideReason", "safety-notice")])
    made = await here.post(f"{path}/commitments", planned | {"overrideReason": "Detox begins on Monday with Ellen"})
    assert made.status_code == 201
    assert "Ellen" not in str(await here.said())


async def test_who_wants_to_talk_is_on_the_keyworkers_day_until_they_have_talked(here: Referrals) -> None:
    opened = await here.open()
    asked = datetime.now(UTC) - timedelta(days=2)
    event: Event[Any] = about_client(
        "journal",
        TalkAskedFor(),
        client=UUID(opened["clientId"]),
        provider="X99",
        team="north",
        time=asked,
        recorded=asked,
    )
    async with here.database.work() as uow:
        await Flagging(here.app.state.saving).wants_to_talk(uow, [event, event])
    flags = (await here.shown(opened["referralId"]))["flags"]
    assert [flag["code"] for flag in flags] == ["wants-to-talk"]
    await here.post(f"/referrals/{opened['referralId']}/sessions", {"stage": 3, "heldAt": ago(days=1)})
    assert (await here.shown(opened["referralId"]))["flags"] == []


async def test_a_team_does_not_take_back_a_client_who_has_moved_on(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    await here.post(f"/referrals/{referral}/ending", {"kind": "transferred"})
    south = here.person(team="south")
    again = await here.post("/referrals", _robin(), who=south)
    assert again.status_code == 201
    await here.post(f"/referrals/{again.json()['referralId']}/ending", {"kind": "engaged"}, who=south)
    refused = await here.post(f"/referrals/{referral}/reopening", {})
    assert (refused.status_code, words(refused)) == (422, [("state", "other-team")])


async def test_replies_to_concerns_are_at_hand(here: Referrals) -> None:
    answer = await here.get("/concerns?for=family")
    codes = {concern["code"] for concern in answer.json()["concerns"]}
    assert "guilt" in codes
    assert "prescribed-medicine" not in codes
    assert "I do not want to go alone." in [concern["says"] for concern in answer.json()["concerns"]]


def _robin() -> dict[str, object]:
    return {
        "nhsNumber": "9990548609",
        "name": "Robin Example",
        "birthDate": "1980-02-03",
        "for": "self",
        "forWhat": ["alcohol"],
        "timeZone": "Europe/London",
    }
