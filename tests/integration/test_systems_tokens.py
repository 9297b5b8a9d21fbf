"""SMART Backend Services, as a system's developer meets it: sound assertions get a token, each other one a reason."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key

from services.referrals.systems import handlers
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.web.identity import System
from tests.integration.systems_builder import (
    ADDRESS,
    TOKEN_URL,
    Key,
    ask,
    ec_key,
    referrals,
    register,
    rsa_key,
    staff,
    together,
)

KEY = rsa_key()


@pytest.fixture
async def client(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with referrals(database, master, tmp_path) as opened:
        yield opened


async def published_key(client: httpx.AsyncClient) -> jwt.PyJWK:
    keys = (await client.get("/.well-known/jwks.json")).json()["keys"]
    assert len(keys) == 1
    return jwt.PyJWK(keys[0])


@pytest.mark.parametrize("key", [KEY, rsa_key(algorithm="RS512"), ec_key()], ids=["RS384", "RS512", "ES384"])
async def test_a_system_gets_a_token_that_anybody_can_check(client: httpx.AsyncClient, key: Key) -> None:
    assert (await register(client, key)).status_code == 201
    answer = await ask(client, key.assertion(), "attendance.write system/Goal.r")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("bearer", 300, "attendance.write system/Goal.r")
    token = body["access_token"]
    claims = jwt.decode(token, await published_key(client), ["ES256"], audience="famalink", issuer=ADDRESS)
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"
    assert {name: claims[name] for name in ("sub", "provider", "source", "reports_as", "scope")} == {
        "sub": "check-in",
        "provider": "X99",
        "source": "https://check-in.example",
        "reports_as": "emitter",
        "scope": "attendance.write system/Goal.r",
    }
    assert "d" not in (await client.get("/.well-known/jwks.json")).json()["keys"][0]


async def test_our_own_doors_believe_the_token(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    token = (await ask(client, KEY.assertion())).json()["access_token"]
    doorkeeper = client._transport.app.state.doorkeeper  # type: ignore[attr-defined]
    caller = await doorkeeper._tokens.caller(token)
    assert isinstance(caller, System)
    assert caller.may("attendance.write")
    assert caller.source == "https://check-in.example"
    # and a system is no person:
    answer = await client.get("/api/systems", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "not-a-person")


OTHER = rsa_key()


def minutes_from_now(minutes: int) -> int:
    return int((datetime.now(UTC) + timedelta(minutes=minutes)).timestamp())


@pytest.mark.parametrize(
    ("assertion", "says"),
    [
        (lambda: "not-a-jwt", "not a JWT"),
        (lambda: KEY.assertion(sub="check-in", iss="other"), "iss and sub"),
        (lambda: KEY.assertion(sub="stranger", iss="stranger"), "No system is registered"),
        (lambda: KEY.assertion(aud="https://elsewhere.example/token"), TOKEN_URL),
        (lambda: KEY.assertion(aud=None), "iss, sub, aud, exp and jti"),
        (lambda: KEY.assertion(exp=minutes_from_now(-60)), "expired"),
        (lambda: KEY.assertion(exp=minutes_from_now(60)), "at most five minutes"),
        (lambda: KEY.assertion(exp=None), "iss, sub, aud, exp and jti"),
        (lambda: KEY.assertion(exp=float("inf")), "not valid"),
        (lambda: KEY.assertion(jti=None), "iss, sub, aud, exp and jti"),
        (lambda: KEY.assertion(jti="x" * 300), "255"),
        (lambda: KEY.assertion({"kid": "key-9"}), "No registered key"),
        (lambda: KEY.assertion({"kid": None}), "no kid"),
        (OTHER.assertion, "signature does not fit"),
        (lambda: ec_key().assertion(), "No registered key"),
        (lambda: jwt.encode({"iss": "check-in", "sub": "check-in"}, "s" * 64, "HS256", {"kid": "key-1"}), "RS384"),
        (lambda: jwt.encode({"iss": "check-in", "sub": "check-in"}, "", "none", {"kid": "key-1"}), "RS384"),
        (lambda: rsa_key(algorithm="RS256").assertion(), "RS384"),
    ],
)
async def test_an_assertion_that_proves_nothing_is_refused_with_the_reason(
    client: httpx.AsyncClient, assertion: Callable[[], str], says: str
) -> None:
    await register(client, KEY)
    answer = await ask(client, assertion())
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert says in answer.json()["error_description"]


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"client_assertion_type": "secret"}, 401, "invalid_client"),
        ({"client_assertion": ""}, 401, "invalid_client"),
        ({"scope": ""}, 400, "invalid_scope"),
        ({"scope": "system/CarePlan.rs"}, 400, "invalid_scope"),
        ({"scope": "system/Goal.rsu"}, 400, "invalid_scope"),
        ({"scope": 'attendance.write "Ünsinn"'}, 400, "invalid_scope"),
    ],
)
async def test_a_request_that_is_not_as_rfc_6749_has_it_is_refused_in_its_words(
    client: httpx.AsyncClient, changed: dict[str, str], status: int, error: str
) -> None:
    await register(client, KEY)
    answer = await ask(client, KEY.assertion(), **changed)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"].isascii()


async def test_a_body_that_is_no_form_or_says_something_twice_is_refused(client: httpx.AsyncClient) -> None:
    answers = [
        await client.post("/oauth2/token", json={"grant_type": "client_credentials"}),
        await client.post(
            "/oauth2/token", content=b"\xff", headers={"Content-Type": "application/x-www-form-urlencoded"}
        ),
        await client.post(
            "/oauth2/token", content="scope=a&scope=b", headers={"Content-Type": "application/x-www-form-urlencoded"}
        ),
    ]
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(400, "invalid_request")] * 3


async def test_an_assertion_counts_once_also_when_it_comes_twice_at_a_time(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    await ask(client, KEY.assertion())
    assertion = KEY.assertion()
    answers = await together(*(ask(client, assertion) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    late = await ask(client, assertion)
    assert "used before" in late.json()["error_description"]


async def test_a_disabled_system_gets_no_token_from_then_on(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    assert (await ask(client, KEY.assertion())).status_code == 200
    await client.post("/api/systems/check-in/disabling", headers=staff("operations"))
    answer = await ask(client, KEY.assertion())
    assert answer.status_code == 401
    assert "disabled" in answer.json()["error_description"]


async def test_a_key_that_was_replaced_no_longer_signs(client: httpx.AsyncClient) -> None:
    await register(client, KEY)
    new = ec_key("key-2")
    assert (await register(client, new)).status_code == 200
    assert (await ask(client, KEY.assertion())).status_code == 401
    assert (await ask(client, new.assertion())).status_code == 200


async def test_two_processes_that_start_together_make_one_signing_key(
    database: Database, client: httpx.AsyncClient
) -> None:
    async def process() -> str:
        async with database.work() as uow:
            return (await handlers.current_key(uow)).key_id

    assert len(set(await together(*(process() for _ in range(4))))) == 1
    await published_key(client)


async def test_the_signing_key_is_not_readable_in_the_database(database: Database, client: httpx.AsyncClient) -> None:
    await published_key(client)
    with psycopg.connect(database.url) as connection:
        row = connection.execute("SELECT private FROM signing_key").fetchone()
    assert row is not None
    with pytest.raises(ValueError, match="deserialize"):
        load_der_private_key(row[0], None)


async def test_discovery_says_what_is_so(client: httpx.AsyncClient) -> None:
    found = (await client.get("/fhir/.well-known/smart-configuration")).json()
    assert found["token_endpoint"] == TOKEN_URL
    assert found["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert found["grant_types_supported"] == ["client_credentials"]
    assert (await client.get(found["jwks_uri"])).status_code == 200
    for algorithm, key in {"RS384": KEY, "RS512": rsa_key(algorithm="RS512"), "ES384": ec_key()}.items():
        assert algorithm in found["token_endpoint_auth_signing_alg_values_supported"]
        await register(client, key, scopes=found["scopes_supported"])
        assert (await ask(client, key.assertion(), " ".join(found["scopes_supported"]))).status_code == 200
