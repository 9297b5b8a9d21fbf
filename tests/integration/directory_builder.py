"""A referrals service with only its directory's side and the hand-outs, people who call it, and lists to import."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from services.referrals import pages
from services.referrals.directory import pages as feeds
from services.referrals.directory.handlers.finding import Following
from services.referrals.directory.http import BODY_LIMITS, router
from services.referrals.handouts import http as handouts
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.web.application import create_service
from shared.web.claims import person_of, system_of
from shared.web.doorkeeper import Doorkeeper
from shared.web.keysets import KeySet
from shared.web.settings import WebSettings
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Issuer, Tokens
from tests.referrals_tables import REFERRALS_TABLES

REAL = Path("deploy/local/demo")
_ADDRESS = "http://localhost:8401"
_SIGN_IN = "http://localhost:8404"
_KEY = ec.generate_private_key(ec.SECP256R1())


def person(*roles: str, provider: str = "X99") -> dict[str, str]:
    return _bearer({"iss": _SIGN_IN, "sub": "otto", "roles": list(roles), "provider": provider})


def system(*scopes: str) -> dict[str, str]:
    return _bearer({"iss": _ADDRESS, "sub": "check-in", "scope": " ".join(scopes), "provider": "X99"})


def _bearer(claims: dict[str, Any]) -> dict[str, str]:
    soon = datetime.now(UTC) + timedelta(minutes=5)
    return {"Authorization": f"Bearer {jwt.encode({**claims, 'aud': 'famalink', 'exp': soon}, _KEY, 'ES256')}"}


@dataclass
class Directory:
    """`http` calls as nobody; the methods as operations, or as a keyworker for what a keyworker does."""

    http: httpx.AsyncClient
    database: Database

    async def imports(self, body: bytes, *, formats: bytes | None = None, **asked: str) -> httpx.Response:
        """Our CSV of the feed `uk` unless said otherwise."""
        usual = {"feed": "uk", "format": "csv", "timeZone": "Europe/London"}
        brought: dict[str, Any] = {"content": body}
        if formats is not None:
            brought = {"files": {"file": body, "formats": formats}}
        return await self.http.post(
            "/api/directory/imports", params=usual | asked, headers=person("operations"), timeout=60, **brought
        )

    async def alerts(self) -> list[dict[str, Any]]:
        answer = await self.http.get("/api/directory/alerts", headers=person("operations"))
        alerts: list[dict[str, Any]] = answer.json()["alerts"]
        return alerts

    async def meetings(self, **asked: str | list[str]) -> list[dict[str, Any]]:
        meetings: list[dict[str, Any]] = (await self.found(**asked))["meetings"]
        return meetings

    async def found(self, **asked: str | list[str]) -> dict[str, Any]:
        """The whole answer; `from_` stands for `from`."""
        wanted = {"limit": "500", **{name.rstrip("_"): value for name, value in asked.items()}}
        answer = await self.http.get("/api/meetings", params=wanted, headers=person("keyworker"))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def rows(self) -> list[tuple[Any, ...]]:
        """Everything the directory holds."""
        return await self._all("SELECT * FROM meeting ORDER BY meeting_id")

    async def said(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Topic, key and data of what was said since it was asked last."""
        return await self._all("DELETE FROM outbox RETURNING topic, key, convert_from(value, 'UTF8')::json")

    async def _all(self, query: str) -> list[tuple[Any, ...]]:
        async with self.database.reading() as connection:
            return await (await connection.execute(query.encode())).fetchall()


@asynccontextmanager
async def opened_directory(database: Database, master: MasterKeys, state: Path) -> AsyncIterator[Directory]:
    with psycopg.connect(database.url) as connection:
        connection.execute(REFERRALS_TABLES)
    settings = WebSettings.read("referrals", {"SIGN_IN_ISSUER": _SIGN_IN, "STATE_DIR": str(state)})
    app = create_service(
        settings,
        title="referrals",
        master=master,
        database=database,
        routers=[router, handouts.router, *feeds.routers],
        body_limits={**BODY_LIMITS, **feeds.BODY_LIMITS},
        templates=[pages.TEMPLATES, feeds.TEMPLATES],
    )
    app.state.directory = Following()
    app.state.meeting_changes = nobody_plans
    app.state.meeting_pauses = nobody_plans
    app.state.feeds_inward = "loopback"
    keys = KeySet({"keys": [ECAlgorithm.to_jwk(_KEY.public_key(), as_dict=True)]})
    taken = {_SIGN_IN: Issuer(keys, person_of), _ADDRESS: Issuer(keys, system_of)}
    app.state.doorkeeper = Doorkeeper(Tokens(taken), Sessions("referrals", master))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=_ADDRESS) as http:
        yield Directory(http, database)


async def nobody_plans(*_: object) -> None:
    """This directory has no pathways."""


def listed(name: str, **said: str) -> dict[str, str]:
    """A line of our CSV, its id the name's."""
    usual = {"id": name.lower().replace(" ", "-"), "name": name, "organisation": "aa", "format": "in-person"}
    return usual | {"weekday": "Tuesday", "start": "19:30"} | said


def as_csv(*lines: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for line in lines for name in line)) or list(listed("x"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def ten() -> list[dict[str, str]]:
    return [listed(f"Group {number}") for number in range(10)]
