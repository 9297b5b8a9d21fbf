"""FHIR reads, 304s, searches and pages against hand-written routes over the same bytes, in one run and in turns.

`python -m tests.bench.fhir` starts a PostgreSQL of its own and prints the result as JSON; `measure(postgres)` uses one
that is there. Ratios count: this machine's numbers are its own.
"""

import asyncio
import json
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psutil
import psycopg

import shared.fhir
from deploy.local.child import Child
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.problems import free_port
from shared.privacy.master import MasterKeys, new_master_file
from shared.storage.database import Database
from shared.storage.keyring import TABLE, Keyring
from shared.storage.migrations import SHARED_SQL
from tests.bench.fhir_data import People, fill
from tests.bench.http_load import load
from tests.unit.web_builder import SYSTEMS, TestIssuer

PLANS = 5_000
ROUNDS = 5
SECONDS = 2.0
CONNECTIONS = 32
PROMISED = {"read": 0.60, "not-modified": 0.90, "page": 0.50}
"""Requests a second, ours to bare; `not-modified` is held against a bare read, as nobody answers 304 by hand."""

Request = Callable[[int], bytes]


@dataclass(frozen=True)
class Way:
    """One kind of request to one server. `per_round` is how long it is asked."""

    name: str
    server: str
    request: Request
    expected: int = 200


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process


def measure(postgres: EmbeddedPostgres, *, plans: int = PLANS, rounds: int = ROUNDS) -> dict[str, Any]:
    """`{ways: {way: {requests_per_second, cpu_service, cpu_database}}, ratios, promised, saving}`; CPU in µs each."""
    with tempfile.TemporaryDirectory() as directory:
        return asyncio.run(_measure(postgres, Path(directory), plans, rounds))


async def _measure(postgres: EmbeddedPostgres, place: Path, plans: int, rounds: int) -> dict[str, Any]:
    master = place / "master.json"
    master.write_bytes(new_master_file())
    issuer = TestIssuer(SYSTEMS)
    async with _database(postgres, MasterKeys.load(master)) as (database, keys_url):
        people, saving = await fill(database, plans)
        told: dict[str, Any] = {
            "url": database.url,
            "keys_url": keys_url,
            "master": str(master),
            "state": directory_of(place),
        }
        told |= {"jwks": issuer.jwks}
        with _server("bare", told, place) as bare, _server("ours", told, place) as ours:
            servers = {"bare": bare, "ours": ours}
            ways = list(_ways(people, issuer.system("system/*.rs", exp=4_000_000_000)))
            figures = await _rounds(ways, servers, postgres, rounds)
            memory = {name: round(server.process.memory_info().rss / 1e6) for name, server in servers.items()}
    bare_read, bare_page = (figures[name]["requests_per_second"] for name in ("bare-read", "bare-page"))
    against = {"read": bare_read, "not-modified": bare_read, "page": bare_page}
    ratios = {name: round(figures[name]["requests_per_second"] / other, 3) for name, other in against.items()}
    cpu = {name: _cpu_ratio(figures, "bare-page" if name == "page" else "bare-read", name) for name in against}
    return {"ways": figures, "ratios": ratios, "cpu_ratios": cpu, "promised": PROMISED, "saving": saving, "mb": memory}


def _cpu_ratio(figures: dict[str, dict[str, float]], bare: str, ours: str) -> float:
    spent = [figures[name]["cpu_service"] + figures[name]["cpu_database"] for name in (bare, ours)]
    return round(spent[0] / spent[1], 3)


def directory_of(place: Path) -> str:
    state = place / "state"
    state.mkdir(exist_ok=True)
    return str(state)


def _ways(people: People, token: str) -> Iterator[Way]:
    plans = [str(pathway.referral_id) for pathway, _ in people]
    goals = [str(goal.goal_id) for pathway, _ in people for goal in pathway.goals]
    numbers = [number for _, number in people]

    def get(path: str, *headers: str) -> bytes:
        return "\r\n".join((f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", "")).encode()

    bearer = f"Authorization: Bearer {token}"

    def search(n: int) -> bytes:
        number = numbers[n * 7919 % len(numbers)]
        form = f"patient:identifier={quote(f'https://fhir.nhs.uk/Id/nhs-number|{number}')}&_include=CarePlan:goal"
        headers = ("Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(form)}")
        head = "\r\n".join(("POST /fhir/CarePlan/_search HTTP/1.1", "Host: localhost", bearer, *headers, "", ""))
        return (head + form).encode()

    def one(kind: str, n: int) -> str:
        ids = goals if kind == "Goal" else plans
        return f"{kind}/{ids[n * 7919 % len(ids)]}"

    page = get("/fhir/CarePlan?_count=50&_include=CarePlan:goal", bearer)
    yield Way("bare-read", "bare", lambda n: get(f"/bare/{one('Goal', n)}"))
    yield Way("read", "ours", lambda n: get(f"/fhir/{one('Goal', n)}", bearer))
    yield Way("not-modified", "ours", lambda n: get(f"/fhir/{one('CarePlan', n)}", bearer, 'If-None-Match: W/"1"'), 304)
    yield Way("search", "ours", search)
    yield Way("bare-page", "bare", lambda _: get("/page"))
    yield Way("page", "ours", lambda _: page)


async def _rounds(
    ways: Sequence[Way], servers: dict[str, Server], postgres: EmbeddedPostgres, rounds: int
) -> dict[str, dict[str, float]]:
    runs: dict[str, list[dict[str, float]]] = {way.name: [] for way in ways}
    for way in ways:
        await _run(way, servers[way.server], postgres)
    for _ in range(rounds):
        for way in ways:
            runs[way.name].append(await _run(way, servers[way.server], postgres))
    return {
        name: {figure: round(median(run[figure] for run in figures), 1) for figure in figures[0]}
        for name, figures in runs.items()
    }


async def _run(way: Way, server: Server, postgres: EmbeddedPostgres) -> dict[str, float]:
    root = psutil.Process(postgres.child.pid)

    def spent() -> tuple[float, float]:
        return _cpu(server.process), sum(map(_cpu, [root, *root.children()]))

    before = spent()
    answered, seconds = await load(
        server.port, way.request, expected=way.expected, seconds=SECONDS, connections=CONNECTIONS
    )
    service, database = (now - then for now, then in zip(spent(), before, strict=True))
    return {
        "requests_per_second": answered / seconds,
        "cpu_service": service / answered * 1e6,
        "cpu_database": database / answered * 1e6,
    }


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@asynccontextmanager
async def _database(postgres: EmbeddedPostgres, master: MasterKeys) -> AsyncIterator[tuple[Database, str]]:
    name = f"fhir_{uuid4().hex[:8]}"
    url, keys_url = postgres.create_database(name), postgres.create_database(f"{name}_keys")
    tables = Path(shared.fhir.__file__).with_name("tables.sql")
    with psycopg.connect(url) as connection:
        for file in (SHARED_SQL / "messaging.sql", SHARED_SQL / "audit.sql", tables):
            connection.execute(file.read_bytes())
    with psycopg.connect(keys_url) as connection:
        connection.execute(TABLE)
    database = Database(url, Keyring(keys_url, master, "referrals"), "referrals")
    await database.keys.open()
    await database.open()
    try:
        yield database, keys_url
    finally:
        await database.close()
        await database.keys.close()


@contextmanager
def _server(way: str, told: dict[str, Any], place: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.fhir_server", json.dumps({"way": way, "port": port, **told})]
    # A Child ends with its parent, whatever ends that.
    child = Child(f"bench-{way}", command, record=place / f"{way}.json", log=place / f"{way}.log")
    child.start()
    try:
        _wait(port, child)
        yield Server(port, psutil.Process(child.pid))
    finally:
        child.stop()


def _wait(port: int, child: Child) -> None:
    deadline = monotonic() + 30
    while not _listening(port):
        if child.exit_code() is not None or monotonic() > deadline:
            raise RuntimeError(f"the server did not start: {child.last_lines(30)}")
        sleep(0.1)


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    with tempfile.TemporaryDirectory() as directory, EmbeddedPostgres(Path(directory) / "pg", free_port()) as postgres:
        print(json.dumps(measure(postgres), indent=2))


if __name__ == "__main__":
    main()
