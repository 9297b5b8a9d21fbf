"""Hand-out 6 printed for one client: with what may be suggested to them, near where they say they are."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, meeting, referrals

HERE = "53.95, -4.20"
_AT: dict[str, Any] = {"latitude": 53.95, "longitude": -4.20}
AA = meeting("Grown-ups", **_AT)
YOUNG = meeting("Youngsters", weekday=3, kinds=("young-people",), **_AT)
FAR = meeting("Far away", weekday=4, latitude=50.1, longitude=-4.2)


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA, YOUNG, FAR)
        yield opened


async def printed(here: Referrals, referral: str, **typed: str) -> httpx.Response:
    return await here.http.post(f"/clients/{referral}/meetings/print", data=typed, headers=here.person())


def headings(answer: httpx.Response) -> str:
    """The outline, where a PDF says its headings in plain bytes."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    return " | ".join(re.findall(r"/Title\(((?:[^()\\]|\\.)*)\)", answer.content.decode("latin-1")))


async def test_the_groups_near_the_client_are_in_it_with_the_worksheets(here: Referrals) -> None:
    said = headings(await printed(here, (await here.open())["referralId"], near=HERE))
    for part in ("Grown-ups", "Youngsters", "6b. Choosing a group"):
        assert part in said
    assert "Far away" not in said


async def test_somebody_under_18_gets_young_peoples_meetings_only(here: Referrals) -> None:
    born = f"{datetime.now(UTC).year - 15}-01-01"
    said = headings(await printed(here, (await here.open(birthDate=born))["referralId"], near=HERE))
    assert "Youngsters" in said
    assert "Groups for young people near you" in said
    assert "Grown-ups" not in said


async def test_what_the_safeguarding_lead_has_agreed_to_is_for_all_again(here: Referrals) -> None:
    referral = (await here.open(birthDate=f"{datetime.now(UTC).year - 15}-01-01"))["referralId"]
    agreed = {"safeguardingAgreedBy": "Sal Lead", "safeguardingAgreedOn": "2026-01-02"}
    assert (await here.put(f"/referrals/{referral}/circumstances", agreed)).status_code == 200
    said = headings(await printed(here, referral, near=HERE))
    assert "Grown-ups" in said
    assert "Groups for young people near you" not in said


async def test_where_nothing_is_near_there_is_room_to_write(here: Referrals) -> None:
    said = headings(await printed(here, (await here.open())["referralId"], near="10,10"))
    assert said.count("A group:") == 2


async def test_without_a_place_the_form_comes_again_and_says_so(here: Referrals) -> None:
    answer = await printed(here, (await here.open())["referralId"], format="in-person")
    assert answer.status_code == 422
    assert "Say where: hand-out 6 lists the groups near a place." in answer.text
