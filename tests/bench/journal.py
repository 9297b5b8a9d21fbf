"""Journal's intake from Kafka against a bare loop of the same libraries, in one run and in turns.

`python -m tests.bench journal`. Ratios count: a machine's numbers are its own.
"""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import psycopg

from deploy.local.postgres import EmbeddedPostgres
from tests.bench.clock import middle
from tests.bench.journal_load import fill, know_everybody
from tests.bench.own_process import figures_of
from tests.databases import databases_of

EVENTS = 60_000
ROUNDS = 3
WAYS = ("bare", "bare-collecting-rarely", "intake", "intake-and-relay")
"""getmany → pydantic → inbox and rows, in batches as large as ours; the same in a process that looks for garbage as
rarely as our services do; journal's own consumer and desk; the same with its relay publishing beside."""
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
    notes = [_note(ways)]
    told = {"ways": ways, "ratios": ratios, "promised": PROMISED, "notes": notes}
    return {"events": events, "rounds": rounds, **told, "runs": runs}


def _note(ways: Mapping[str, Mapping[str, float]]) -> str:
    """What holds it back: Python, which has one core. PostgreSQL works beside it, and is not waited for."""
    ours, bare, rarely = ways["intake"], ways["bare"], ways["bare-collecting-rarely"]
    return (
        f"the service's CPU is {ours['cpu_service'] / bare['cpu_service']:.1f} times the bare loop's (who and which "
        f"meeting it is, consent, precedence, the event to say); "
        f"{ours['per_second'] / rarely['per_second']:.2f} of a bare loop that collects garbage as rarely as we do"
    )


def _run(way: str, bootstrap: str, postgres: EmbeddedPostgres, events: int) -> dict[str, float]:
    """A topic, a group, databases and a process of its own: every run begins alike, and its CPU is its own."""
    databases, prefix = databases_of("journal", postgres), f"bench-{uuid4().hex[:8]}."
    people = know_everybody(databases.url)
    asyncio.run(fill(bootstrap, prefix, people, events))
    with psycopg.connect(databases.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    told = {"way": way, "bootstrap": bootstrap, "prefix": prefix, "events": events}
    told |= {"url": databases.url, "keys_url": databases.keys_url, "postgres": postgres.port}
    return figures_of("tests.bench.journal_run", told)
