"""Whose clients are whose: the lists of a keyworker and of a team, on the real doors."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, referrals

KIT = {"sub": "kit", "name": "Kit Colleague"}
SAM = {"sub": "sam", "team": "south"}


@pytest.fixture
async def at(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as made:
        yield made


async def opened(at: Referrals, name: str, who: dict[str, Any] | None = None, /, **said: object) -> dict[str, Any]:
    body = {"name": name, "birthDate": "1980-02-03", "for": "self", "forWhat": ["alcohol"], "timeZone": "Europe/London"}
    answer = await at.post("/referrals", body | said, who=at.person(**(who or {})))
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def names(at: Referrals, asked: str = "", who: dict[str, Any] | None = None) -> list[str]:
    answer = await at.get(f"/caseload{asked}", who=at.person(**(who or {})))
    assert answer.status_code == 200, answer.text
    return [case["name"] for case in answer.json()["cases"]]


async def test_a_keyworker_sees_the_teams_clients_by_name_and_can_ask_for_their_own(at: Referrals) -> None:
    await opened(at, "Robin Own")
    await opened(at, "ann Colleagues", KIT)
    await opened(at, "Sol South", SAM)
    assert await names(at) == ["ann Colleagues", "Robin Own"]
    assert await names(at, "?keyworker=me") == ["Robin Own"]
    assert await names(at, "?keyworker=kit") == ["ann Colleagues"]
    assert await names(at, who=SAM) == ["Sol South"]


async def test_whose_client_it_is_stands_there_with_the_keyworkers_name(at: Referrals) -> None:
    await opened(at, "Ann Colleagues", KIT)
    await names(at, who=KIT)
    [case] = (await at.get("/caseload")).json()["cases"]
    assert case["keyworker"] == {"sub": "kit", "name": "Kit Colleague"}
    assert (case["stage"], case["state"], case["flags"]) == (None, "open", [])


async def test_lists_are_narrowed_by_what_the_pathways_are(at: Referrals) -> None:
    first = await opened(at, "Fay First")
    await opened(at, "Fred Family", **{"for": "family"})
    over = await opened(at, "Olive Over")
    await at.post(
        f"/referrals/{first['referralId']}/sessions",
        {"stage": 1, "heldAt": (datetime.now(UTC) - timedelta(days=1)).isoformat()},
    )
    await at.post(f"/referrals/{over['referralId']}/ending", {"kind": "transferred"})
    assert await names(at) == ["Fay First", "Fred Family"]
    assert await names(at, "?for=family") == ["Fred Family"]
    assert await names(at, "?state=ended") == ["Olive Over"]
    assert await names(at, "?stage=0") == ["Fred Family"]
    assert await names(at, "?stage=1") == ["Fay First"]
    assert await names(at, "?flagged=true") == []
    assert await names(at, "?flag=wants-to-talk&notHeardFrom=true") == []


async def test_another_team_is_for_team_leads_of_the_provider(at: Referrals) -> None:
    await opened(at, "Sol South", SAM)
    refused = await at.get("/caseload?team=south")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (403, "other-team")
    lead = {"sub": "tess", "roles": ["team-lead"]}
    assert await names(at, "?team=south", lead) == ["Sol South"]
    assert await names(at, "?team=south", {**lead, "provider": "X98"}) == []


async def test_everybody_on_a_list_is_noted_as_seen(at: Referrals) -> None:
    first, second = await opened(at, "Ann One"), await opened(at, "Bob Two")
    await names(at)
    async with at.database.reading() as connection:
        rows = await (await connection.execute(b"SELECT actor, subject, client FROM audit")).fetchall()
    assert {(actor, subject, str(client)) for actor, subject, client in rows} == {
        ("person:kay", "caseload", one["clientId"]) for one in (first, second)
    }


async def test_colleagues_are_those_who_have_been_here(at: Referrals) -> None:
    await names(at, who=KIT)
    await names(at, who={"sub": "zoe", "provider": "X98"})
    told = (await at.get("/colleagues")).json()["colleagues"]
    assert {(one["sub"], one["team"]) for one in told} == {("kit", "north"), ("kay", "north")}
