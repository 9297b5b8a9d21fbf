"""Bearers of people: got without a browser, believed by a service, also while the provider is away."""

import base64
import hashlib
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import psutil
import pytest

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.sign_in_builder import (
    DevelopmentSignIn,
    development_sign_in,
    served,
    signing_in,
    small_service,
)

Service = AbstractAsyncContextManager[str]
DONE = "http://localhost/done"


@pytest.fixture(scope="module")
def shared_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevelopmentSignIn]:
    with development_sign_in(tmp_path_factory.mktemp("provider")) as started:
        yield started


@pytest.fixture
def provider(shared_provider: DevelopmentSignIn) -> Iterator[DevelopmentSignIn]:
    """Up again after a test that stopped it."""
    yield shared_provider
    shared_provider.start()


@pytest.fixture
def start(provider: DevelopmentSignIn, master: MasterKeys, database: Database, tmp_path: Path) -> Callable[[], Service]:
    """Each call starts the service anew, with what it kept on disk."""

    @asynccontextmanager
    async def started() -> AsyncIterator[str]:
        port = free_port()
        settings = signing_in(provider.issuer, port, tmp_path)
        own = Database(database.url, database.keys, database.service)
        async with served(small_service(settings, master, own), port):
            yield f"http://localhost:{port}"

    return started


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def asked(verifier: str, **changed: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": "famalink",
        "redirect_uri": DONE,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        "login_hint": "kay",
    } | changed


async def code_for(http: httpx.AsyncClient, verifier: str, **changed: str) -> str:
    answer = await http.get("/authorize", params=asked(verifier, **changed))
    assert answer.status_code == 303
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def redeem(
    http: httpx.AsyncClient, code: str, verifier: str, changed: dict[str, str] | None = None
) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": DONE,
        "client_id": "famalink",
        "code_verifier": verifier,
    }
    return await http.post("/token", data=form | (changed or {}))


async def token_of(provider: DevelopmentSignIn, person: str) -> str:
    async with httpx.AsyncClient(base_url=provider.issuer) as http:
        verifier = secrets.token_urlsafe(48)
        answer = await redeem(http, await code_for(http, verifier, login_hint=person), verifier)
    return str(answer.json()["access_token"])


async def test_a_bearer_is_had_in_two_requests_and_says_who_it_is(provider: DevelopmentSignIn) -> None:
    claims: dict[str, Any] = jwt.decode(await token_of(provider, "tess"), options={"verify_signature": False})
    assert claims["iss"] == provider.issuer
    assert (claims["aud"], claims["sub"], claims["roles"]) == ("famalink", "tess", ["team-lead"])
    assert (claims["provider"], claims["team"]) == ("X99", "south")


@pytest.mark.parametrize(("person", "status"), [("kay", 200), ("tess", 200), ("zoe", 200), ("otto", 403)])
async def test_a_service_believes_it(
    provider: DevelopmentSignIn, start: Callable[[], Service], person: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {await token_of(provider, person)}"}
    async with start() as address, httpx.AsyncClient(headers=headers) as http:
        answer = await http.get(f"{address}/clients")
    assert answer.status_code == status


async def test_a_service_that_restarts_while_the_provider_is_away_still_knows_its_keys(
    provider: DevelopmentSignIn, start: Callable[[], Service]
) -> None:
    headers = {"Authorization": f"Bearer {await token_of(provider, 'kay')}"}
    async with httpx.AsyncClient(headers=headers) as http:
        async with start() as address:
            assert (await http.get(f"{address}/clients")).status_code == 200
        provider.stop()
        async with start() as address:
            assert (await http.get(f"{address}/clients")).status_code == 200


def test_tokens_stay_good_over_a_restart_of_the_provider(provider: DevelopmentSignIn) -> None:
    before = httpx.get(f"{provider.issuer}/jwks.json").json()
    provider.stop()
    provider.start()
    assert httpx.get(f"{provider.issuer}/jwks.json").json() == before
    assert (provider.directory / "sign-in.pem").stat().st_mode & 0o777 == 0o600


async def test_a_code_is_worth_one_token(provider: DevelopmentSignIn) -> None:
    async with httpx.AsyncClient(base_url=provider.issuer) as http:
        code = await code_for(http, "v" * 43)
        first, second = await redeem(http, code, "v" * 43), await redeem(http, code, "v" * 43)
    assert (first.status_code, second.status_code) == (200, 400)
    assert second.json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://localhost/other"}, "invalid_grant"),
        ({"client_id": "somebody"}, "invalid_grant"),
        ({"code": "made-up"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
async def test_a_code_is_worth_nothing_to_others(
    provider: DevelopmentSignIn, changed: dict[str, str], error: str
) -> None:
    async with httpx.AsyncClient(base_url=provider.issuer) as http:
        answer = await redeem(http, await code_for(http, "v" * 43), "v" * 43, changed)
    assert answer.status_code == 400
    assert answer.json()["error"] == error


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "somebody"},
        {"redirect_uri": "https://evil.example/sign-in/callback"},
        {"redirect_uri": "http://localhost.evil.example/"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": ""},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
    ],
)
async def test_a_request_that_is_not_sound_gets_a_page_and_no_code(
    provider: DevelopmentSignIn, changed: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=provider.issuer) as http:
        answer = await http.get("/authorize", params=asked("v" * 43, **changed))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_it_listens_on_loopback_only(provider: DevelopmentSignIn) -> None:
    assert provider.process
    listening = [at.laddr for at in psutil.Process(provider.process.pid).net_connections() if at.status == "LISTEN"]
    assert [(at.ip, at.port) for at in listening] == [("127.0.0.1", provider.port_base + 4)]


def test_a_port_in_use_is_named_with_the_setting_that_moves_it(provider: DevelopmentSignIn) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "deploy.local.sign_in"],
        env={"FAMALINK_PORT_BASE": str(provider.port_base), "SIGN_IN_KEY_FILE": str(provider.directory / "k.pem")},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert second.returncode == 1
    assert str(provider.port_base + 4) in second.stderr
    assert "FAMALINK_PORT_BASE" in second.stderr
