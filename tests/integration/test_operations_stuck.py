"""Parked events and dead letters through the doors of `/api`: seen, retried, discarded and replayed by their own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.operations_builder import Ward, opened, service
from tests.integration.systems_builder import staff

ILL, CLIENT = uuid4(), uuid4()


@pytest.fixture
def ward(database: Database) -> Ward:
    return Ward(database, ill={ILL})


@pytest.fixture
async def http(database: Database, ward: Ward, master: MasterKeys, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with service(database, ward, master, tmp_path) as client:
        yield client


async def parked(http: httpx.AsyncClient, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await http.get("/api/parked", headers=headers)).json()["parked"]
    return found


async def test_what_failed_is_listed_with_what_waits_behind_it(http: httpx.AsyncClient, ward: Ward) -> None:
    failed, later, other = opened(CLIENT, referral=ILL), opened(CLIENT), opened(uuid4())
    await ward.hears(failed, later, other)
    rows = await parked(http)
    assert [(row["eventId"], row["code"]) for row in rows] == [
        (str(failed.id), "handler-failed"),
        (str(later.id), "behind-parked"),
    ]
    assert ward.applied == [other.id]
    one = (await http.get(f"/api/parked/{rows[0]['seq']}")).json()
    assert (one["behind"], one["client"], one["provider"]) == (1, str(CLIENT), "X99")
    assert "Thistlewood" not in str(one)


async def test_a_retry_applies_the_whole_key_in_order_once_its_reason_is_gone(
    http: httpx.AsyncClient, ward: Ward
) -> None:
    failed, later = opened(CLIENT, referral=ILL), opened(CLIENT)
    await ward.hears(failed, later)
    seq = (await parked(http))[0]["seq"]
    again = (await http.post(f"/api/parked/{seq}/retry")).json()
    assert (again["applied"], again["problem"]["code"]) == (0, "handler-failed")
    assert [row["tries"] for row in await parked(http)] == [1, 0]
    ward.ill.clear()
    assert (await http.post(f"/api/parked/{seq}/retry")).json() == {"applied": 2, "problem": None}
    assert ward.applied == [failed.id, later.id]
    assert await parked(http) == []


async def test_a_discarded_event_is_never_applied_and_frees_those_behind_it(
    http: httpx.AsyncClient, ward: Ward
) -> None:
    failed, later = opened(CLIENT, referral=ILL), opened(CLIENT)
    await ward.hears(failed, later)
    seq = (await parked(http))[0]["seq"]
    assert (await http.post(f"/api/parked/{seq}/discard")).json() == {"discarded": True}
    assert ward.applied == [later.id]
    assert (await http.post(f"/api/parked/{seq}/discard")).status_code == 404


async def test_a_dead_letter_is_shown_without_what_it_held_and_stays_until_it_can_be_taken(
    http: httpx.AsyncClient, ward: Ward
) -> None:
    await ward.hears_nonsense()
    [letter] = (await http.get("/api/deadletters")).json()["deadletters"]
    assert (letter["topic"], letter["field"], letter["code"]) == ("fama.referrals", "type", "unknown-type")
    assert "Thistlewood" not in str((await http.get(f"/api/deadletters/{letter['id']}")).json())
    again = (await http.post(f"/api/deadletters/{letter['id']}/replay")).json()
    assert again["problem"]["code"] == "unknown-type"
    assert len((await http.get("/api/deadletters")).json()["deadletters"]) == 1


async def test_another_provider_sees_and_moves_nothing(http: httpx.AsyncClient, ward: Ward) -> None:
    await ward.hears(opened(CLIENT, referral=ILL))
    seq = (await parked(http))[0]["seq"]
    other = staff("operations", provider="X98")
    assert await parked(http, headers=other) == []
    answers = [
        await http.get(f"/api/parked/{seq}", headers=other),
        await http.post(f"/api/parked/{seq}/retry", headers=other),
        await http.post(f"/api/parked/{seq}/discard", headers=other),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len(await parked(http)) == 1


@pytest.mark.parametrize("path", ["/api/parked", "/api/parked/1", "/api/deadletters", f"/api/deadletters/{uuid4()}"])
async def test_only_operations_may_look(http: httpx.AsyncClient, path: str) -> None:
    assert (await http.get(path, headers=staff("keyworker", "team-lead"))).status_code == 403
    assert (await http.get(path, headers={"Authorization": "Bearer nonsense"})).status_code == 401


async def test_who_moved_what_is_audited(http: httpx.AsyncClient, ward: Ward, database: Database) -> None:
    await ward.hears(opened(CLIENT, referral=ILL))
    seq = (await parked(http))[0]["seq"]
    await http.post(f"/api/parked/{seq}/retry")
    async with database.reading() as connection:
        rows = await (await connection.execute("SELECT actor, provider, action, client FROM audit")).fetchall()
    assert rows == [("person:otto", "X99", "retry", CLIENT)]
