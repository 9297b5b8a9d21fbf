"""A referrals service with only its systems' side, a person who may register some, and a system with a key."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from services.referrals.systems.http import discovery, router
from services.referrals.systems.own_keys import OwnKeys
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.web.application import create_service
from shared.web.claims import person_of, system_of
from shared.web.doorkeeper import Doorkeeper
from shared.web.keysets import KeySet
from shared.web.settings import WebSettings
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Issuer, Tokens

ADDRESS = "http://localhost:8401"
TOKEN_URL = f"{ADDRESS}/oauth2/token"
SIGN_IN = "http://localhost:8404"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TABLES = Path("services/referrals/systems/tables.sql").read_bytes()
_staff_key = ec.generate_private_key(ec.SECP256R1())


T = TypeVar("T")


@dataclass(frozen=True)
class Key:
    """A system's own pair."""

    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    algorithm: str
    key_id: str = "key-1"

    @property
    def jwk(self) -> dict[str, Any]:
        return {**public_jwk(self.private), "kid": self.key_id}

    @property
    def jwks(self) -> dict[str, Any]:
        return {"keys": [self.jwk]}

    def assertion(self, header: dict[str, Any] | None = None, **changed: object) -> str:
        """A sound one, but for what is changed; None takes a claim away."""
        claims: dict[str, object] = {
            "iss": "check-in",
            "sub": "check-in",
            "aud": TOKEN_URL,
            "exp": int((datetime.now(UTC) + timedelta(minutes=4)).timestamp()),
            "jti": uuid4().hex,
        }
        claims = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        headers = {"kid": self.key_id, **(header or {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        return jwt.encode(claims, self.private, self.algorithm, headers)


def public_jwk(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    if isinstance(private, rsa.RSAPrivateKey):
        return RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    return ECAlgorithm.to_jwk(private.public_key(), as_dict=True)


def rsa_key(bits: int = 2048, algorithm: str = "RS384", key_id: str = "key-1") -> Key:
    return Key(rsa.generate_private_key(65537, bits), algorithm, key_id)


def ec_key(key_id: str = "key-1") -> Key:
    return Key(ec.generate_private_key(ec.SECP384R1()), "ES384", key_id)


def staff(*roles: str, provider: str = "X99") -> dict[str, str]:
    """The header of a person who signed in."""
    soon = datetime.now(UTC) + timedelta(minutes=5)
    claims = {"iss": SIGN_IN, "aud": "famalink", "sub": "otto", "roles": roles, "provider": provider, "exp": soon}
    return {"Authorization": f"Bearer {jwt.encode({**claims, 'roles': list(roles)}, _staff_key, 'ES256')}"}


def staff_keys() -> KeySet:
    """What the sign-in provider of `staff` publishes."""
    return KeySet({"keys": [ECAlgorithm.to_jwk(_staff_key.public_key(), as_dict=True)]})


@asynccontextmanager
async def referrals(database: Database, master: MasterKeys, state: Path) -> AsyncIterator[httpx.AsyncClient]:
    with psycopg.connect(database.url) as connection:
        if connection.execute("SELECT to_regclass('registered_system')").fetchone() == (None,):
            connection.execute(TABLES)
    settings = WebSettings.read("referrals", {"SIGN_IN_ISSUER": SIGN_IN, "STATE_DIR": str(state)})
    keys = OwnKeys(database)
    app = create_service(
        settings,
        title="referrals",
        master=master,
        database=database,
        routers=[router(ADDRESS)],
        routes=[discovery(ADDRESS)],
        system_keys=keys,
    )
    taken = {SIGN_IN: Issuer(staff_keys(), person_of), ADDRESS: Issuer(keys, system_of)}
    app.state.doorkeeper = Doorkeeper(Tokens(taken), Sessions("referrals", master))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


async def register(client: httpx.AsyncClient, key: Key, **changed: object) -> httpx.Response:
    body: dict[str, object] = {
        "name": "check-in",
        "provider": "X99",
        "source": "https://check-in.example",
        "reportsAs": "emitter",
        "scopes": ["attendance.write", "system/Goal.rs"],
        "jwks": key.jwks,
    }
    body = {name: value for name, value in {**body, **changed}.items() if value is not None}
    return await client.post("/api/systems", json=body, headers=staff("operations"))


async def ask(
    client: httpx.AsyncClient, assertion: str, scope: str = "attendance.write", **changed: str
) -> httpx.Response:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
        "scope": scope,
    }
    return await client.post(
        "/oauth2/token", data={name: value for name, value in {**form, **changed}.items() if value}
    )


async def said(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    """Topic, key and data of what waits in the outbox."""
    async with database.reading() as connection:
        rows = await (
            await connection.execute("SELECT topic, key, convert_from(value, 'UTF8')::json FROM outbox ORDER BY seq")
        ).fetchall()
    return [(topic, key, value) for topic, key, value in rows]


async def together(*calls: Coroutine[Any, Any, T]) -> list[T]:
    return list(await asyncio.gather(*calls))
