"""What the pathway's rules suggest and remember, on the client's page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, referrals


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        yield opened


async def test_what_is_worth_doing_and_what_is_known_is_on_the_clients_page(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    held = await here.post(
        f"/referrals/{referral}/sessions",
        {
            "stage": 3,
            "heldAt": (datetime.now(UTC) - timedelta(days=2)).isoformat(),
            "takingPart": [{"organisation": "smart-recovery", "way": "swap-numbers"}],
            "didNotFit": [{"organisation": "na", "reasons": ["a-few-dominate"]}],
            "needs": {"largePrint": True, "onwardReferral": "offered-declined"},
        },
    )
    assert held.status_code == 201
    page = (await here.http.get(f"/clients/{referral}", headers=here.person())).text
    assert "SMART Recovery: next could be to go to one meeting regularly." in page
    assert "swaps telephone numbers" in page
    assert "a few dominate" in page
    assert "Large print; support with it: offered, declined" in page
    assert "sponsor" not in page


async def test_what_the_day_of_release_still_lacks_is_on_the_clients_page(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    assert "day of release" not in await _page(here, f"/clients/{referral}")
    said = {"releaseFrom": "prison", "releaseOn": "2190-01-02"}
    assert (await here.put(f"/referrals/{referral}/circumstances", said)).status_code == 200
    page = await _page(here, f"/clients/{referral}")
    assert "Note the area that the client is released to" in page
    assert "Plan a first meeting for the day of release" in page
    assert "Arrange somebody to go with on the day of release" in page


async def test_who_does_not_read_goes_through_the_hand_outs_together_and_nothing_asks_what_was_read(
    here: Referrals,
) -> None:
    referral = (await here.open())["referralId"]
    read = 'name="handouts-3" type="checkbox" value="read"'
    pages = [await _page(here, f"/clients/{referral}{at}") for at in ("", "/sessions/new")]
    assert not any("Go through them together" in page for page in pages)
    assert read in pages[1]
    held = datetime.now(UTC) - timedelta(days=2)
    session = {"stage": 1, "heldAt": held.isoformat(), "needs": {"unreadText": True}}
    assert (await here.post(f"/referrals/{referral}/sessions", session)).status_code == 201
    pages = [await _page(here, f"/clients/{referral}{at}") for at in ("", "/sessions/new")]
    assert all("Go through them together" in page for page in pages)
    assert read not in pages[1]


async def _page(here: Referrals, path: str) -> str:
    answer = await here.http.get(path, headers=here.person())
    assert answer.status_code == 200
    return answer.text
