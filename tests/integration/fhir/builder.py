"""The FHIR API over its own database, called as a record system calls it: HTTP, real tokens."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
from starlette.routing import Mount

import shared.fhir
from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from services.referrals.fhir import DEFINITIONS, render
from shared.fhir.documents import Rendered
from shared.fhir.rest.outcomes import as_outcome
from shared.fhir.rest.service import FhirApi
from shared.fhir.store.versions import Versions
from shared.storage.database import Database
from shared.web.application import create_service
from shared.web.keysets import KeySet
from tests.unit.fhir_samples import NUMBER
from tests.unit.web_builder import SYSTEMS, TestIssuer, settings

TABLES = Path(shared.fhir.__file__).with_name("tables.sql")
BASE = "http://test/fhir"
ALL = "system/*.rs"


@dataclass
class Records:
    """What a test needs: a place to save to, and a client that calls as `system/*.rs` of X99 unless told otherwise."""

    database: Database
    http: httpx.AsyncClient
    issuer: TestIssuer
    versions: Versions = field(init=False)

    def __post_init__(self) -> None:
        self.versions = Versions(DEFINITIONS, self.database.keys.master.derived("fhir|digest"))

    async def save(self, pathway: Pathway, number: NhsNumber = NUMBER) -> int:
        return await self.store(render(pathway, number))

    async def store(self, rendered: Sequence[Rendered]) -> int:
        async with self.database.work() as uow:
            return await self.versions.save(uow, rendered)

    async def forget(self) -> None:
        """As if nothing had ever been saved or read."""
        async with self.database.work() as uow:
            await uow.connection.execute("TRUNCATE fhir_resource, fhir_version, audit")

    async def hide(self, pathway: Pathway) -> None:
        async with self.database.work() as uow:
            await self.versions.hide(uow, pathway.client_id, pathway.referral_id)

    def bearer(self, scope: str = ALL, **claims: object) -> dict[str, str]:
        return {"authorization": f"Bearer {self.issuer.system(scope, **claims)}"}

    async def get(self, path: str, *, scope: str = ALL, provider: str = "X99", **headers: str) -> httpx.Response:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.get(path, headers=self.bearer(scope, provider=provider) | more)

    async def post(self, path: str, form: Any, *, scope: str = ALL, **headers: str) -> httpx.Response:  # noqa: ANN401
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(path, data=form, headers=self.bearer(scope) | more)

    async def audited(self) -> list[tuple[Any, ...]]:
        """actor, action, subject, client of each row."""
        async with self.database.reading() as connection:
            cursor = await connection.execute(
                "SELECT actor, action, subject, client, request_id FROM audit ORDER BY at"
            )
            return await cursor.fetchall()


@asynccontextmanager
async def records(database: Database, state_dir: Path) -> AsyncIterator[Records]:
    """Over a database that has the engine's tables."""
    issuer = TestIssuer(SYSTEMS)
    app = create_service(
        settings(state_dir),
        title="referrals",
        master=database.keys.master,
        database=database,
        error_renderers={"/fhir": as_outcome},
        routes=[Mount("/fhir", FhirApi(DEFINITIONS, database))],
        system_keys=KeySet(issuer.jwks),
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as http:
        yield Records(database, http, issuer)


def entries(bundle: httpx.Response, mode: str = "match") -> list[Any]:
    """The resources of a searchset that stand in it as matches, included or outcome."""
    found = orjson.loads(bundle.content).get("entry", [])
    return [entry["resource"] for entry in found if entry["search"]["mode"] == mode]


def link(bundle: httpx.Response, relation: str) -> str | None:
    return next((item["url"] for item in bundle.json()["link"] if item["relation"] == relation), None)
