"""Registering systems: by operations of the provider, with every fault named, and journal told of emitters."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.systems_builder import ec_key, referrals, register, rsa_key, said, staff

KEY = ec_key()
SHORT = rsa_key(1024)
PRIVATE = RSAAlgorithm.to_jwk(generate_private_key(65537, 2048), as_dict=True)


@pytest.fixture
async def client(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with referrals(database, master, tmp_path) as opened:
        yield opened


async def test_an_emitter_is_registered_and_said(client: httpx.AsyncClient, database: Database) -> None:
    answer = await register(client, KEY)
    assert answer.status_code == 201
    assert answer.json() == {
        "name": "check-in",
        "provider": "X99",
        "source": "https://check-in.example",
        "reportsAs": "emitter",
        "scopes": ["attendance.write", "system/Goal.rs"],
        "keys": ["key-1"],
        "state": "active",
    }
    registered = {"source": "https://check-in.example", "reportsAs": "emitter", "provider": "X99", "state": "active"}
    assert await said(database) == [("fama.systems", "https://check-in.example", registered)]


async def test_disabling_is_said_once_and_registering_again_enables(
    client: httpx.AsyncClient, database: Database
) -> None:
    await register(client, KEY)
    for _ in range(2):
        answer = await client.post("/api/systems/check-in/disabling", headers=staff("operations"))
        assert (answer.status_code, answer.json()["state"]) == (200, "disabled")
    again = await register(client, KEY)
    assert (again.status_code, again.json()["state"]) == (200, "active")
    assert [data["state"] for _, _, data in await said(database)] == ["active", "disabled", "active"]


async def test_a_system_that_says_nothing_about_attendance_is_not_said(
    client: httpx.AsyncClient, database: Database
) -> None:
    answer = await register(client, KEY, source=None, reportsAs=None, scopes=["system/*.rs"])
    assert answer.status_code == 201
    assert await said(database) == []


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"name": "Check In"}, "name", "name-malformed"),
        ({"name": "x" * 61}, "name", "name-malformed"),
        ({"source": "check-in"}, "source", "source-malformed"),
        ({"source": "/famalink/journal"}, "source", "source-malformed"),
        ({"source": "https://[broken"}, "source", "source-malformed"),
        ({"source": "https://check in.example"}, "source", "source-malformed"),
        ({"source": None}, "source", "missing"),
        ({"reportsAs": None}, "reportsAs", "missing"),
        ({"source": None, "reportsAs": None}, "source", "missing"),
        ({"reportsAs": "boss"}, "reportsAs", "unknown"),
        ({"scopes": []}, "scopes", "missing"),
        ({"scopes": ["attendance.write", "system/Patient.rs"]}, "scopes.1", "scope-unknown"),
        ({"scopes": ["system/CarePlan.cruds"]}, "scopes.0", "scope-unknown"),
        ({"jwks": {}}, "jwks", "jwks-malformed"),
        ({"jwks": {"keys": ["key"]}}, "jwks", "jwks-malformed"),
        ({"jwks": {"keys": [PRIVATE]}}, "jwks.keys.0", "key-private"),
        ({"jwks": {"keys": [{**KEY.jwk, "kid": None}]}}, "jwks.keys.0.kid", "kid-missing"),
        ({"jwks": {"keys": [KEY.jwk, KEY.jwk]}}, "jwks.keys", "kid-repeated"),
        ({"jwks": {"keys": [{**KEY.jwk, "crv": "P-256"}]}}, "jwks.keys.0", "key-unfit"),
        ({"jwks": {"keys": [{**KEY.jwk, "alg": "ES256"}]}}, "jwks.keys.0", "key-unfit"),
        ({"jwks": {"keys": [{**KEY.jwk, "x": "AAAA"}]}}, "jwks.keys.0", "key-malformed"),
        ({"jwks": SHORT.jwks}, "jwks.keys.0", "key-size"),
        ({"provider": "x"}, "provider", "string-pattern-mismatch"),
        ({"extra": 1}, "extra", "extra-forbidden"),
    ],
)
async def test_a_registration_that_is_not_sound_is_refused_with_field_and_reason(
    client: httpx.AsyncClient, database: Database, changed: dict[str, object], field: str, code: str
) -> None:
    answer = await register(client, KEY, **changed)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    assert answer.json()["errors"][0]["reason"]
    assert await said(database) == []


async def test_a_name_and_a_source_belong_to_one_system_for_ever(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    moved = await register(client, KEY, source="https://other.example")
    same_source = await register(client, KEY, name="second")
    assert [(a.status_code, a.json()["errors"][0]["code"]) for a in (moved, same_source)] == [
        (409, "source-fixed"),
        (409, "source-taken"),
    ]


async def test_another_provider_neither_takes_sees_nor_disables_it(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    other = staff("operations", provider="X98")
    body = {"name": "check-in", "provider": "X98", "scopes": ["events.read"], "jwks": KEY.jwks}
    taken = await client.post("/api/systems", json=body, headers=other)
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (409, "name-taken")
    assert (await client.get("/api/systems", headers=other)).json() == {"systems": []}
    assert (await client.post("/api/systems/check-in/disabling", headers=other)).status_code == 404
    assert (await client.get("/api/systems", headers=staff("operations"))).json()["systems"][0]["state"] == "active"


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        (dict, 401, "token-missing"),
        (lambda: staff("keyworker", "team-lead"), 403, "role"),
        (lambda: staff("operations", provider="X98"), 403, "other-provider"),
    ],
)
async def test_only_operations_of_the_provider_register(
    client: httpx.AsyncClient, who: Callable[[], dict[str, str]], status: int, code: str
) -> None:
    body = {"name": "check-in", "provider": "X99", "scopes": ["events.read"], "jwks": KEY.jwks}
    answer = await client.post("/api/systems", json=body, headers=who())
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)
