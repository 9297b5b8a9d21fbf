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
    assert "swap numbers" in page
    assert "a few dominate" in page
    assert "Large print, referral for support offered declined" in page
    assert "sponsor" not in page
