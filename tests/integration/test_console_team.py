"""A team lead's pages, of any team of their provider; and who of another team looked at a client."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, referrals


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        yield opened


def tess(here: Referrals) -> dict[str, str]:
    return here.person(sub="tess", roles=["team-lead"], team="south")


def sam(here: Referrals) -> dict[str, str]:
    return here.person(sub="sam", team="south")


async def reads(here: Referrals, page: str, who: dict[str, str]) -> httpx.Response:
    answer = await here.http.get(page, headers=who)
    assert answer.status_code == 200, answer.text
    return answer


def words(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def broken(here: Referrals) -> dict[str, Any]:
    """Ann of team north, whom Sam of team south has looked at."""
    ann = await here.open(name="Ann Auk")
    form = {"reason": "Came to the wrong door"}
    await here.http.post(f"/people/{ann['clientId']}/access", data=form, headers=sam(here))
    return ann


async def test_a_team_lead_looks_at_the_lists_of_another_team_of_their_provider(here: Referrals) -> None:
    await here.open(name="Ann Auk")
    for page in ("/team", "/clients", "/?whose=team"):
        assert "Ann Auk" not in words(await reads(here, page, tess(here)))
    assert 'href="/team?team=north"' in (await reads(here, "/team", tess(here))).text
    assert "Ann Auk" in words(await reads(here, "/clients?team=north", tess(here)))
    assert "All clients of the team north" in words(await reads(here, "/?team=north", tess(here)))
    other = await here.http.get("/clients?team=north", headers=sam(here))
    assert other.status_code == 403


async def test_who_broke_the_glass_of_any_team_is_told_with_when_and_why(here: Referrals) -> None:
    ann = await broken(here)
    team = words(await reads(here, "/team?team=north", tess(here)))
    assert re.search(r"Ann Auk : .*, \d\d:\d\d to \d\d:\d\d\. Reason: “Came to the wrong door”", team)
    audit = words(await reads(here, "/team/audit?team=north", tess(here)))
    assert "Ann Auk" in audit
    own = words(await reads(here, f"/people/{ann['clientId']}/accesses", here.person()))
    assert "Came to the wrong door" in own
    client = await reads(here, f"/clients/{ann['referralId']}", here.person())
    assert f'href="/people/{ann["clientId"]}/accesses"' in client.text


async def test_nobody_breaks_the_glass_of_their_own_team(here: Referrals) -> None:
    ann = await here.open(name="Ann Auk")
    page = words(await reads(here, f"/people/{ann['clientId']}/access", here.person()))
    assert "in your own team's care" in page
    assert "Why do you need to?" not in page
