"""The end of a pathway on a keyworker's pages: what is said, what is asked once more, and what still can be done."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, days_ahead, meeting, referrals

AA = meeting("Grange AA", 2)


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA)
        yield opened


async def lapsed(here: Referrals) -> str:
    """Somebody with a meeting planned and a lapse noted."""
    referral: str = (await here.open())["referralId"]
    at = f"/referrals/{referral}"
    await here.post(f"{at}/commitments", {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))})
    held = datetime.now(UTC) - timedelta(days=1)
    session = {"stage": 2, "heldAt": held.isoformat(), "lapseOn": str((held - timedelta(days=1)).date())}
    assert (await here.post(f"{at}/sessions", session)).status_code == 201
    return referral


async def types(here: Referrals, referral: str, page: str, **typed: str) -> httpx.Response:
    return await here.http.post(f"/clients/{referral}/{page}", data=typed, headers=here.person())


async def reads(here: Referrals, path: str) -> str:
    answer = await here.http.get(path, headers=here.person())
    assert answer.status_code == 200
    return answer.text


async def test_that_a_client_has_died_is_asked_once_more_and_only_then_noted(here: Referrals) -> None:
    referral = await lapsed(here)
    asked = await types(here, referral, "ending", ending="died")
    assert "Has Robin Example died?" in asked.text
    assert "This cannot be undone." in asked.text
    assert (await here.shown(referral))["state"] == "open"
    done = await types(here, referral, "ending", ending="died", certain="yes")
    assert done.headers["location"] == f"/clients/{referral}?said=died"
    assert (await here.shown(referral))["ending"]["kind"] == "died"


async def test_after_a_death_nothing_says_that_it_can_be_opened_again_nor_asks_for_a_contact(here: Referrals) -> None:
    referral = await lapsed(here)
    assert "Bring the next contact forward" in await reads(here, f"/clients/{referral}")
    await types(here, referral, "ending", ending="died", certain="yes")
    page = await reads(here, f"/clients/{referral}?said=died")
    assert "It is noted that the client has died." in page
    for words in ("opened again", "Open it again", "next contact", "What does the client say", "new attendance card"):
        assert words not in page
    for path in ("/", "/?whose=team"):
        assert "next contact" not in await reads(here, path)


async def test_a_death_noted_on_a_page_that_is_stale_is_not_noted(here: Referrals) -> None:
    referral = await lapsed(here)
    assert (await types(here, referral, "ending", ending="died", certain="yes", version="1")).status_code == 412
    assert (await here.shown(referral))["state"] == "open"


async def test_a_session_from_before_the_ending_is_written_down_after_it(here: Referrals) -> None:
    referral = await lapsed(here)
    await types(here, referral, "ending", ending="engaged")
    page = await reads(here, f"/clients/{referral}?said=ended")
    assert "It can be opened again at any time." in page
    assert f'href="/clients/{referral}/sessions/new"' in page
    assert "is said below" in page
    assert "next contact" not in page
    today = datetime.now(UTC).date()
    day = {"heldAt-day": str(today.day), "heldAt-month": str(today.month), "heldAt-year": str(today.year)}
    session = "sessions/0a0a0a0a-0000-4000-8000-000000000001"
    assert (await types(here, referral, session, stage="3", **day)).status_code == 303
    assert [one["stage"] for one in (await here.shown(referral))["sessions"]] == [2, 3]
