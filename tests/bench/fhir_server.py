"""One server in a process of its own: `bare` fetches stored bytes by key and no more; `ours` is the FHIR API as it is.

`python -m tests.bench.fhir_server JSON`, which holds way, port, url, keys_url and the token issuer's public keys.
"""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from services.referrals.fhir import DEFINITIONS
from shared.fhir.rest.outcomes import as_outcome
from shared.fhir.rest.service import FhirApi
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring
from shared.telemetry import logs
from shared.web.application import create_service
from shared.web.keysets import KeySet
from tests.unit.web_builder import settings

FHIR_JSON = "application/fhir+json"
_PAGE = """
WITH page AS (SELECT id, body FROM bare WHERE type = 'CarePlan' ORDER BY id LIMIT 50)
SELECT 'CarePlan', id::text, body FROM page
UNION ALL SELECT 'Goal', g.id::text, g.body FROM page p JOIN bare g ON g.plan = p.id
"""


def bare(url: str) -> Starlette:
    """What one writes by hand with the same framework, driver and pool: autocommit, prepared, binary."""
    pool = AsyncConnectionPool(url, open=False, min_size=4, max_size=4, kwargs={"autocommit": True})

    async def read(request: Request) -> Response:
        async with pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            key = (request.path_params["type"], request.path_params["id"])
            await cursor.execute("SELECT body FROM bare WHERE type = %s AND id = %s::uuid", key, prepare=True)
            row = await cursor.fetchone()
        return Response(row[0], media_type=FHIR_JSON) if row else Response(status_code=404)

    async def page(_: Request) -> Response:
        async with pool.connection() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(_PAGE, prepare=True)
            rows = await cursor.fetchall()
        entries = [
            b'{"fullUrl":"http://bare/%s/%s","resource":%s}' % (kind.encode(), id_.encode(), body)
            for kind, id_, body in rows
        ]
        bundle = b'{"resourceType":"Bundle","type":"searchset","entry":[' + b",".join(entries) + b"]}"
        return Response(bundle, media_type=FHIR_JSON)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    return Starlette(routes=[Route("/page", page), Route("/bare/{type}/{id}", read)], lifespan=lifespan)


def ours(told: dict[str, Any]) -> ASGIApp:
    """With everything around it: request ids, log lines, measures, real tokens."""
    logs.start("referrals")
    master = MasterKeys.load(Path(told["master"]))
    database = Database(told["url"], Keyring(told["keys_url"], master, "referrals"), "referrals")
    return create_service(
        settings(Path(told["state"])),
        title="referrals",
        master=master,
        database=database,
        error_renderers={"/fhir": as_outcome},
        routes=[Mount("/fhir", FhirApi(DEFINITIONS, database))],
        resources=[lambda: _opened(database)],
        system_keys=KeySet(told["jwks"]),
    )


@asynccontextmanager
async def _opened(database: Database) -> AsyncIterator[None]:
    await database.keys.open()
    try:
        yield
    finally:
        await database.keys.close()


def main() -> None:
    told = json.loads(sys.argv[1])
    app: ASGIApp = bare(told["url"]) if told["way"] == "bare" else ours(told)
    uvicorn.run(app, host="127.0.0.1", port=told["port"], log_config=None, access_log=False, server_header=False)


if __name__ == "__main__":
    main()
