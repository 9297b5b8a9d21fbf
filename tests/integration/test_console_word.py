"""How a meeting was, on a keyworker's pages: whose word it is, why not, and meetings that nobody had planned."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.events.journal import Standing
from tests.integration.referrals_builder import Referrals, attended, days_ahead, meeting, referrals

AA = meeting("Tuesday Steps")
SMART = meeting("Quayside", organisation="smart-recovery", start=time(12), place_name="Old Library")
FAMILY = meeting("Al-Anon", organisation="al-anon", audience="family")
LAST = days_ahead(2, weeks=-1)


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA, SMART, FAMILY)
        yield opened


async def planned(here: Referrals) -> tuple[dict[str, Any], str]:
    """A referral with last Tuesday's meeting planned; and that commitment's id."""
    opened = await here.open()
    before = datetime.combine(LAST, time(8), UTC).isoformat()
    asked = {"meetingId": str(AA.meeting_id), "date": str(LAST), "madeAt": before}
    made = await here.post(f"/referrals/{opened['referralId']}/commitments", asked)
    assert made.status_code == 201, made.text
    return opened, made.json()["commitmentId"]


async def types(here: Referrals, path: str, **typed: object) -> httpx.Response:
    return await here.http.post(f"/clients/{path}", data=typed, headers=here.person())


async def reads(here: Referrals, path: str) -> str:
    answer = await here.http.get(f"/clients/{path}", headers=here.person())
    assert answer.status_code == 200
    return " ".join(answer.text.split())


async def reported(here: Referrals) -> list[dict[str, Any]]:
    return [data for kind, data in await here.said() if kind == "attendance.reported"]


def dated(day: date) -> dict[str, str]:
    return {"date-day": str(day.day), "date-month": str(day.month), "date-year": str(day.year)}


async def test_the_second_word_says_which_one_it_corrects(here: Referrals) -> None:
    opened, made = await planned(here)
    at = f"{opened['referralId']}/commitments/{made}/outcome"
    for outcome in ("not-attended", "not-attended", "attended"):
        assert (await types(here, at, outcome=outcome, by="client")).status_code == 303
    first, second = await reported(here)
    assert (first["outcome"], first.get("corrects")) == ("not-attended", None)
    assert (second["outcome"], UUID(second["corrects"]).version) == ("attended", 4)


async def test_a_keyworker_confirms_on_a_signed_slip_and_a_reason_stays_in_the_house(here: Referrals) -> None:
    opened, made = await planned(here)
    referral = opened["referralId"]
    at = f"{referral}/commitments/{made}/outcome"
    assert (await types(here, at, outcome="not-attended", by="signed-slip", reason="not-on")).status_code == 303
    [told] = await reported(here)
    assert told["reportedBy"] == "keyworker"
    assert "not-on" not in str(told)
    await here.hears(attended(opened["clientId"], AA, LAST, "not-attended", by="keyworker"))
    assert "A keyworker, on a signed slip: did not go (it was not on)" in await reads(here, referral)
    shown = await here.shown(referral)
    [word], [seen] = shown["commitments"][0]["heard"], shown["attendance"]["meetings"]
    assert (word["by"], word["outcome"], word["on"], word["reason"]) == (
        "keyworker",
        "not-attended",
        "signed-slip",
        "not-on",
    )
    assert (seen["meetingId"], seen["outcome"], seen["heard"]) == (str(AA.meeting_id), "not-attended", [word])


async def test_a_reason_for_going_is_refused_in_a_sentence(here: Referrals) -> None:
    opened, made = await planned(here)
    answer = await types(
        here, f"{opened['referralId']}/commitments/{made}/outcome", outcome="attended", by="client", reason="ill"
    )
    assert answer.status_code == 422
    assert "A reason is for a meeting that the client did not go to." in answer.text


async def test_where_sources_disagree_the_page_says_who_said_what(here: Referrals) -> None:
    opened, _ = await planned(here)
    client = opened["clientId"]
    await here.hears(attended(client, AA, LAST, "attended", by="client"))
    other = attended(client, AA, LAST, "not-attended")
    stands = Standing(outcome="attended", decided_by="client", disagreement=True)
    await here.hears(replace(other, data=other.data.model_copy(update={"standing": stands})))
    page = await reads(here, opened["referralId"])
    assert "(sources disagree)" in page
    assert "The client: went, " in page
    assert "A check-in system: did not go, " in page


async def test_a_meeting_that_was_not_planned_is_found_by_its_day_and_name_and_told(here: Referrals) -> None:
    opened, made = await planned(here)
    referral = opened["referralId"]
    everything = await types(here, f"{referral}/attended", **dated(LAST))
    assert [name in everything.text for name in ("Tuesday Steps", "Quayside", "Al-Anon,")] == [True, True, False]
    narrowed = await types(here, f"{referral}/attended", **dated(LAST), name="library")
    assert [name in narrowed.text for name in ("Tuesday Steps", "Quayside")] == [False, True]
    chosen = {"meetingId": str(SMART.meeting_id), "outcome": "attended", "by": "client"}
    assert (await types(here, f"{referral}/attended", **dated(LAST), **chosen)).status_code == 303
    [told] = await reported(here)
    assert (told["meetingId"], told["outcome"]) == (str(SMART.meeting_id), "attended")
    await here.hears(attended(opened["clientId"], SMART, LAST, by="client"))
    [shown] = (await here.shown(referral))["commitments"]
    assert (shown["commitmentId"], shown["state"]) == (made, "went-to-another")
    page = await reads(here, referral)
    assert "Quayside, SMART Recovery" in page
    assert "1 attended" in page


@pytest.mark.parametrize(
    ("meeting_id", "day", "reason"),
    [
        (FAMILY.meeting_id, LAST, "This meeting is for family and friends"),
        (AA.meeting_id, LAST + timedelta(days=1), "This meeting is held on "),
        (AA.meeting_id, days_ahead(2, weeks=1), "This meeting has not begun yet."),
        (UUID(int=7), LAST, "This meeting is not in the directory."),
    ],
)
async def test_where_nobody_can_have_been_is_refused_in_a_sentence(
    here: Referrals, meeting_id: UUID, day: date, reason: str
) -> None:
    referral = (await here.open())["referralId"]
    chosen = {"meetingId": str(meeting_id), "outcome": "attended"}
    answer = await types(here, f"{referral}/attended", **dated(day), **chosen)
    assert answer.status_code == 422
    assert reason in answer.text
    assert f'value="{day.year}"' in answer.text
    assert await reported(here) == []


async def test_where_the_client_went_stands_by_name_when_the_meeting_is_over_or_withdrawn(here: Referrals) -> None:
    opened, made = await planned(here)
    referral = opened["referralId"]
    assert "Tuesday Steps, Alcoholics Anonymous" in await reads(here, referral)
    assert (await here.post(f"/referrals/{referral}/commitments/{made}/withdrawal", {})).status_code == 200
    assert "Tuesday Steps, Alcoholics Anonymous" in await reads(here, referral)


async def test_a_session_asks_how_the_planned_meeting_was_and_tells_it_with_the_session(here: Referrals) -> None:
    opened, made = await planned(here)
    referral = opened["referralId"]
    page = await reads(here, f"{referral}/sessions/new")
    assert "Meetings planned: how was it?" in page
    assert "Tuesday Steps" in page
    today = datetime.now(UTC).date()
    held = {"heldAt-day": str(today.day), "heldAt-month": str(today.month), "heldAt-year": str(today.year)}
    told = {f"planned-{made}-outcome": "attended", f"planned-{made}-reason": "ill", f"planned-{made}-by": "client"}
    session = f"{referral}/sessions/{UUID(int=5)}"
    refused = await types(here, session, stage="2", **held, **told)
    assert refused.status_code == 422
    assert f'href="#planned-{made}-reason"' in refused.text
    assert (await here.shown(referral))["sessions"] == []
    told[f"planned-{made}-outcome"] = "not-attended"
    assert (await types(here, session, stage="2", **held, **told)).status_code == 303
    assert len((await here.shown(referral))["sessions"]) == 1
    assert [(one["outcome"], one["reportedBy"]) for one in await reported(here)] == [("not-attended", "client")]
    await here.hears(attended(opened["clientId"], AA, LAST, "not-attended", by="client"))
    assert "Meetings planned: how was it?" not in await reads(here, f"{referral}/sessions/new")
    assert "The client: did not go (was ill)" in await reads(here, referral)
