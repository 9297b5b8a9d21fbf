"""The treatment return at its door: who is in it, who may ask, what is noted, what it refuses."""

import csv
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import NUMBER, Referrals, referrals, words

TODAY = datetime.now(UTC).date()
WINDOW = {"from": str(TODAY - timedelta(days=28)), "to": str(TODAY)}
OLD = {"mapping": "CDS-K", "supersededAnyway": "yes"}
HELD = (datetime.now(UTC) - timedelta(days=3)).isoformat()
AGREED: dict[str, Any] = {"records": False, "peers": False, "emitters": [], "treatmentReturn": True}
OURS: dict[str, Any] = {
    "version": "NEXT",
    "status": "current",
    "columns": [
        {"name": "NHS", "holds": "nhs-number"},
        {"name": "ON", "holds": "date", "format": "YYYY-MM-DD"},
        {"name": "MUTUALAID", "holds": "facilitated", "code": "Y"},
    ],
}


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        yield opened


def lead(here: Referrals, provider: str = "X99") -> dict[str, str]:
    return here.person(sub="tess", roles=["team-lead"], provider=provider, team="south")


async def returned(here: Referrals, *, provider: str = "X99", **asked: str) -> httpx.Response:
    return await here.http.get("/api/returns/ndtms", params=WINDOW | OLD | asked, headers=lead(here, provider))


async def lines(here: Referrals, **asked: str) -> Sequence[dict[str, str]]:
    answer = await returned(here, **asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(answer.text.splitlines()))


async def seen(here: Referrals, *, agreed: bool = True, **changed: object) -> dict[str, Any]:
    """A client with a session three days ago, who agreed to the return."""
    opened = await here.open(**changed)
    at = f"/referrals/{opened['referralId']}"
    assert (await here.post(f"{at}/sessions", {"stage": 1, "heldAt": HELD})).status_code == 201
    if agreed:
        assert (await here.put(f"{at}/consents", AGREED)).status_code == 200
    return opened


async def test_who_agreed_and_had_a_session_is_one_line(here: Referrals) -> None:
    robin = await seen(here)
    answer = await returned(here)
    day = datetime.fromisoformat(HELD).strftime("%d/%m/%Y")
    assert answer.text == f'"CLIENT","SUBMODDT","RECMAID"\r\n"{robin["clientId"]}","{day}","Y"\r\n'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["famalink-mark"] == "do not submit"
    assert answer.headers["content-disposition"].endswith('-DO-NOT-SUBMIT.csv"')


async def test_nobody_is_in_it_who_was_not_asked_or_took_it_back(here: Referrals) -> None:
    robin = await seen(here, agreed=False)
    consents = f"/referrals/{robin['referralId']}/consents"
    assert await lines(here) == []
    assert (await here.shown(robin["referralId"]))["consents"]["treatmentReturn"] is False
    for agrees, how_many in ((True, 1), (None, 1), (False, 0)):
        body = AGREED | {"treatmentReturn": agrees}
        if agrees is None:  # as callers send it who do not know of this consent
            del body["treatmentReturn"]
        assert (await here.put(consents, body)).status_code == 200
        assert len(await lines(here)) == how_many


async def test_whom_its_maker_is_kept_apart_from_is_neither_in_it_nor_counted_nor_noted(here: Referrals) -> None:
    robin = await seen(here)
    await here.get("/caseload", who=lead(here))  # who is known here at all
    mark = f"/clients/{robin['clientId']}/kept-apart/staff/tess"
    assert (await here.put(mark, None)).status_code == 204
    answer = await returned(here)
    assert answer.text == '"CLIENT","SUBMODDT","RECMAID"\r\n'
    assert answer.headers["famalink-left-out"] == "0"
    other = here.person(sub="tilda", roles=["team-lead"], team="south")
    whole = await here.http.get("/api/returns/ndtms", params=WINDOW | OLD, headers=other)
    assert robin["clientId"] in whole.text


async def test_agreeing_to_it_is_told_to_nobody(here: Referrals) -> None:
    robin = await seen(here, agreed=False)
    before = await here.said()
    await here.put(f"/referrals/{robin['referralId']}/consents", AGREED)
    assert await here.said() == before


async def test_family_and_friends_are_not_asked_and_not_in_it(here: Referrals) -> None:
    family = await here.open(**{"for": "family"})
    at = f"/referrals/{family['referralId']}"
    refused = await here.put(f"{at}/consents", AGREED)
    assert (refused.status_code, words(refused)) == (422, [("treatmentReturn", "not-for-family")])
    assert "treatmentReturn" not in (await here.shown(family["referralId"]))["consents"]
    await here.post(f"{at}/sessions", {"stage": 1, "heldAt": HELD})
    own = await seen(here)  # the same person, for themselves
    assert [line["CLIENT"] for line in await lines(here)] == [own["clientId"]]


async def test_another_providers_clients_are_not_in_it(here: Referrals) -> None:
    await seen(here)
    assert await lines(here, provider="X98") == []


async def test_only_a_team_lead_may_ask(here: Referrals) -> None:
    for roles in (["keyworker"], ["operations"], ["recovery-champion"]):
        answer = await here.http.get("/api/returns/ndtms", params=WINDOW | OLD, headers=here.person(roles=roles))
        assert answer.status_code == 403


async def test_each_client_in_it_is_noted(here: Referrals) -> None:
    robin = await seen(here)
    await seen(here, agreed=False, nhsNumber=None, name="Sam Sample")
    await returned(here)
    async with here.database.reading() as connection:
        cursor = await connection.execute("SELECT actor, client, subject FROM audit WHERE action = 'return'")
        noted = await cursor.fetchall()
    assert noted == [("person:tess", UUID(robin["clientId"]), f"return/ndtms/CDS-K/{WINDOW['from']}/{WINDOW['to']}")]


async def test_an_erased_client_is_in_no_return(here: Referrals) -> None:
    robin = await seen(here)
    path = f"/api/clients/{robin['clientId']}"
    assert (await here.http.delete(path, headers=lead(here))).status_code == 202
    assert await lines(here) == []


async def test_a_superseded_mapping_is_refused_unless_asked_for_all_the_same(here: Referrals) -> None:
    refused = await here.http.get("/api/returns/ndtms", params=WINDOW | {"mapping": "CDS-K"}, headers=lead(here))
    assert (refused.status_code, words(refused)) == (422, [("mapping", "superseded")])
    assert "do not submit" in refused.json()["errors"][0]["reason"]


async def test_a_later_data_set_is_a_table_of_ones_own(here: Referrals) -> None:
    await seen(here)
    await seen(here, nhsNumber=None, name="Sam Sample")  # the table calls clients by a number, and Sam has none
    answer = await here.post("/returns/ndtms", {**WINDOW, "mapping": OURS}, who=lead(here))
    assert answer.text == f'"NHS","ON","MUTUALAID"\r\n"{NUMBER}","{HELD[:10]}","Y"\r\n'
    assert answer.headers["famalink-left-out"] == "1"
    assert "famalink-mark" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"mapping": "CDS-Z"}, "mapping"),
        ({"mapping": "=1+1"}, "mapping"),
        ({"from": "2026-13-01"}, "from"),
        ({"to": "1999-01-01"}, "to"),
        ({"nhsNumber": NUMBER}, "nhsNumber"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(here: Referrals, asked: dict[str, str], field: str) -> None:
    answer = await returned(here, **asked)
    assert answer.status_code == 422, answer.text
    assert [problem["field"] for problem in answer.json()["errors"]] == [field]


async def test_a_table_of_ones_own_holds_for_its_own_days(here: Referrals) -> None:
    asked = {**WINDOW, "mapping": OURS | {"validTo": "2020-01-01"}}
    answer = await here.post("/returns/ndtms", asked, who=lead(here))
    assert (answer.status_code, words(answer)) == (422, [("mapping", "not-valid-then")])
