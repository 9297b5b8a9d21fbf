"""Journal's intake from Kafka against a bare loop of the same libraries, in one run and in turns.

`python -m tests.bench journal`. Ratios count: a machine's numbers are its own.
"""

import asyncio
import json
import subprocess
import sys
from typing import Any
from uuid import uuid4

import psycopg

from deploy.local.postgres import EmbeddedPostgres
from tests.bench.clock import middle
from tests.bench.journal_load import fill, know_everybody
from tests.integration.journal_builder import make_databases

EVENTS = 40_000
ROUNDS = 3
WAYS = ("bare", "intake", "intake-and-relay")
"""getmany → pydantic → inbox and rows; journal's own consumer and desk; the same with its relay publishing beside."""
PROMISED = {"intake": 0.60, "intake-and-relay": 0.35}


def measure(
    bootstrap: str, postgres: EmbeddedPostgres, *, events: int = EVENTS, rounds: int = ROUNDS
) -> dict[str, Any]:
    """`{events, ways: {way: {per_second, cpu_service, cpu_database}}, ratios, promised}`; CPU in µs."""
    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(_run(way, bootstrap, postgres, events))
    ways = {way: middle(figures) for way, figures in runs.items()}
    bare = ways["bare"]["per_second"]
    ratios = {way: round(ways[way]["per_second"] / bare, 3) for way in PROMISED}
    return {"events": events, "rounds": rounds, "ways": ways, "ratios": ratios, "promised": PROMISED, "runs": runs}


def _run(way: str, bootstrap: str, postgres: EmbeddedPostgres, events: int) -> dict[str, float]:
    """A topic, a group, databases and a process of its own: every run begins alike, and its CPU is its own."""
    databases, prefix = make_databases(postgres), f"bench-{uuid4().hex[:8]}."
    people = know_everybody(databases.url)
    asyncio.run(fill(bootstrap, prefix, people, events))
    with psycopg.connect(databases.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    told = {"way": way, "bootstrap": bootstrap, "prefix": prefix, "events": events}
    told |= {"url": databases.url, "keys_url": databases.keys_url, "postgres": postgres.port}
    command = [sys.executable, "-m", "tests.bench.journal_run", json.dumps(told)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return json.loads(answer.stdout.splitlines()[-1])  # type: ignore[no-any-return]
