"""Who looked and who changed what: shown to the team lead, and to the second of two who edit the same pathway."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import NUMBER, Referrals, referrals

KAY = {"name": "Kay Keyworker"}
SAM = {"sub": "sam", "team": "south", "name": "Sam South"}
TESS = {"sub": "tess", "team": "south", "roles": ["team-lead"], "name": "Tess Teamlead"}
LEA = {"sub": "lea", "provider": "X98", "roles": ["team-lead"]}


@pytest.fixture
async def at(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as made:
        for who in (KAY, SAM):
            await made.get("/caseload", who=made.person(**who))
        yield made


async def lines(at: Referrals, asked: str, who: dict[str, Any] = TESS) -> list[tuple[str, str, str, bool]]:
    answer = await at.get(f"/audit{asked}", who=at.person(**who))
    assert answer.status_code == 200, answer.text
    return [(line["by"], line["role"], line["what"], line["changed"]) for line in answer.json()["lines"]]


def session() -> dict[str, object]:
    return {"stage": 1, "heldAt": datetime.now(UTC).isoformat()}


async def test_a_team_lead_sees_who_looked_at_a_client_and_who_changed_what(at: Referrals) -> None:
    opened = await at.open()
    referral = f"/referrals/{opened['referralId']}"
    await at.get(referral, who=at.person(**KAY))
    await at.post(f"{referral}/sessions", session(), who=at.person(**KAY))
    await at.post("/clients/_search", {"nhsNumber": NUMBER}, who=at.person(**SAM))
    body = {"reason": "Unwell in our waiting room."}
    await at.post(f"/clients/{opened['clientId']}/access", body, who=at.person(**SAM))
    kay, sam = ("Kay Keyworker", "keyworker"), ("Sam South", "keyworker")
    assert await lines(at, f"?client={opened['clientId']}") == [
        (*sam, "Opened the record as somebody of another team, with a reason", False),
        (*sam, "To look at: Looked at from another team", True),
        (*sam, "Found them by a search", False),
        (*kay, "Stage 1 session held", True),
        (*kay, "Looked at the pathway", False),
        (*kay, "Referral opened", True),
    ]
    assert (await lines(at, f"?client={opened['clientId']}"))[0][2] == "Looked at this list"


async def test_the_team_lead_sees_all_of_the_team_and_nobody_elses(at: Referrals) -> None:
    opened = await at.open()
    await at.get(f"/referrals/{opened['referralId']}")
    assert [what for _, _, what, _ in await lines(at, "?team=north")] == [
        "Looked at the pathway",
        "Changed the pathway",
    ]
    assert await lines(at, "") == []
    assert await lines(at, "?team=north", LEA) == []
    foreign = await at.get(f"/audit?client={opened['clientId']}", who=at.person(**LEA))
    assert foreign.status_code == 404
    assert (await at.get("/audit")).status_code == 403


async def test_after_an_erasure_the_audit_says_that_somebody_was_here_and_no_more(at: Referrals) -> None:
    opened = await at.open()
    await at.get(f"/referrals/{opened['referralId']}")
    await at.http.delete(f"/api/clients/{opened['clientId']}", headers=at.person(**TESS))
    said = await lines(at, f"?client={opened['clientId']}")
    assert [what for _, _, what, _ in said] == ["Erased everything about the client", "Looked at the pathway"]
    answer = await at.get(f"/audit?client={opened['clientId']}", who=at.person(**TESS))
    assert {line["name"] for line in answer.json()["lines"]} == {None}


async def test_the_second_of_two_is_told_what_the_first_has_changed(at: Referrals) -> None:
    opened = await at.open()
    referral = f"/referrals/{opened['referralId']}"
    read = (await at.get(referral)).headers["ETag"]
    await at.post(f"{referral}/sessions", session(), who=at.person(**KAY), if_match=read)
    goal = {"kind": "keep-journal", "state": "agreed"}
    await at.post(f"{referral}/goals", goal, who=at.person(**TESS))
    late = await at.post(f"{referral}/goals", goal, who=at.person(**SAM, roles=["team-lead"]), if_match=read)
    assert late.status_code == 412
    assert [(one["words"], one["by"], one["role"]) for one in late.json()["changes"]] == [
        ("Stage 1 session held", "Kay Keyworker", "keyworker"),
        ("Goal agreed: Keep the journal", "tess", "staff"),
    ]
    now = late.headers["ETag"]
    assert (await at.post(f"{referral}/goals", goal, if_match=now)).status_code == 201
