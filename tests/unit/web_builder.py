"""An issuer with keys of its own, and a service that is only its web side: no database is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

import httpx
import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import APIRouter, FastAPI
from jwt.algorithms import ECAlgorithm
from starlette.routing import BaseRoute

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from shared.web.application import create_service
from shared.web.identity import Person
from shared.web.keysets import KeySet, cache_file
from shared.web.settings import WebSettings

PEOPLE = "http://localhost:1"
SYSTEMS = "http://localhost:2"
"""Where nobody answers, even while Famalink runs on this machine."""
HERE = "http://localhost:8402"
KAY = Person("kay", frozenset({"keyworker"}), "X99", "north", "Kay Keyworker")
MASTER = MasterKeys("1", {"1": b"m" * 32}, b"i" * 32)


@dataclass
class TestIssuer:
    """Nobody listens at its address: what it published is on disk, or handed over."""

    __test__ = False
    issuer: str = PEOPLE
    key_id: str = "one"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def jwks(self) -> dict[str, Any]:
        return {"keys": [{**ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True), "kid": self.key_id}]}

    def person(self, **changed: object) -> str:
        """A keyworker's bearer, but for what is changed; None takes a claim away."""
        claims = {"sub": "kay", "roles": ["keyworker"], "provider": "X99", "team": "north"}
        return self.signed({**claims, **changed})

    def system(self, scope: str, **changed: object) -> str:
        return self.signed({"sub": "demo-emitter", "scope": scope, "provider": "X99", **changed})

    def signed(self, claims: dict[str, object], **header: object) -> str:
        said = {"iss": self.issuer, "aud": "famalink", "exp": int(time()) + 300} | claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(kept, self.key, "ES256", headers={"kid": self.key_id, **header})

    def publish(self, state_dir: Path) -> None:
        """As a service keeps it that asked once."""
        file = cache_file(state_dir, self.issuer)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(orjson.dumps({"issuer": self.issuer, "document": self.jwks}))


def settings(state_dir: Path, **more: str) -> WebSettings:
    return WebSettings.read(
        "journal", {"SIGN_IN_ISSUER": PEOPLE, "REFERRALS_URL": SYSTEMS, "STATE_DIR": str(state_dir), **more}
    )


def service(
    state_dir: Path,
    routers: Sequence[APIRouter] = (),
    routes: Sequence[BaseRoute] = (),
    systems: TestIssuer | None = None,
    **more: Any,  # noqa: ANN401 - whatever `create_service` takes
) -> FastAPI:
    return create_service(
        settings(state_dir),
        title="journal",
        master=MASTER,
        database=nobodys_database(),
        routers=routers,
        routes=routes,
        system_keys=KeySet(systems.jwks if systems else {}),
        **more,
    )


def nobodys_database() -> Database:
    nowhere = "postgresql://localhost:1/nowhere"
    return Database(nowhere, Keyring(nowhere, MASTER, "journal"), "journal")


def client(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HERE, headers=headers)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def codes(answer: httpx.Response) -> list[str]:
    return [problem["code"] for problem in answer.json()["errors"]]
