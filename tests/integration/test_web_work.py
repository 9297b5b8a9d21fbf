"""A commit comes before the answer: what cannot be committed was never said to have been done."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import APIRouter, FastAPI

from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys
from shared.problems import refused
from shared.storage.database import Database
from shared.web.application import create_service
from shared.web.settings import WebSettings
from shared.web.work import Work
from tests.integration.sign_in_builder import served

router = APIRouter()
TABLES = """
CREATE TABLE client (id int PRIMARY KEY);
CREATE TABLE note (id int PRIMARY KEY, client int REFERENCES client DEFERRABLE INITIALLY DEFERRED);
"""


@router.post("/notes/{number}", status_code=201)
async def write_note(number: int, client: int, uow: Work) -> dict[str, int]:
    """For a client who is not there the row goes in, and only the commit fails."""
    await uow.connection.execute("INSERT INTO note VALUES (%s, %s)", (number, client))
    return {"note": number}


@router.post("/refused")
async def write_and_refuse(uow: Work) -> None:
    await uow.connection.execute("INSERT INTO client VALUES (99)")
    raise refused("client", "not-here", "There is no such client.")


@pytest.fixture
def app(master: MasterKeys, database: Database, tmp_path: Path) -> FastAPI:
    with psycopg.connect(database.url) as connection:
        connection.execute(TABLES)
        connection.execute("INSERT INTO client VALUES (1)")
    settings = WebSettings.read("journal", {"SIGN_IN_ISSUER": "http://localhost:1", "STATE_DIR": str(tmp_path)})
    return create_service(settings, title="journal", master=master, database=database, routers=[router])


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    port = free_port()
    async with served(app, port), httpx.AsyncClient(base_url=f"http://localhost:{port}") as client:
        yield client


def notes(database: Database, table: str = "note") -> int:
    with psycopg.connect(database.url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row
    return int(row[0])


async def test_what_was_committed_is_answered(http: httpx.AsyncClient, database: Database) -> None:
    answer = await http.post("/notes/1?client=1")
    assert answer.status_code == 201
    assert notes(database) == 1


async def test_a_commit_that_fails_is_a_500_not_a_201(http: httpx.AsyncClient, database: Database) -> None:
    answer = await http.post("/notes/2?client=404")
    assert answer.status_code == 500
    assert answer.json()["errors"][0]["code"] == "unexpected"
    assert "404" not in answer.text
    assert "note" not in answer.text
    assert notes(database) == 0


async def test_a_refusal_leaves_nothing_behind(http: httpx.AsyncClient, database: Database) -> None:
    answer = await http.post("/refused")
    assert answer.status_code == 422
    assert notes(database, "client") == 1


async def test_the_service_goes_on_after_a_failed_commit(http: httpx.AsyncClient, database: Database) -> None:
    for _ in range(12):  # more than the pool has connections
        assert (await http.post("/notes/3?client=404")).status_code == 500
    assert (await http.post("/notes/3?client=1")).status_code == 201
    assert notes(database) == 1


async def test_a_database_that_goes_away_is_a_503_and_readiness_says_so(
    http: httpx.AsyncClient, database: Database, master: MasterKeys
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database.url)["dbname"]
    server = psycopg.conninfo.make_conninfo(database.url, dbname="postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        answer, ready = await http.post("/notes/4?client=1", timeout=30), await http.get("/health/ready")
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert ready.status_code == 503
    assert "database" in ready.json()["missing"]
    assert (await http.get("/health/live")).status_code == 200
