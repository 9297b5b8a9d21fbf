"""Referrals' full reaction to attendance against a bare loop over the same records, in one run and in turns.

`python -m tests.bench referrals`. Ratios count: a machine's numbers are its own.
"""

import asyncio
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from deploy.local.postgres import EmbeddedPostgres
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.storage.keyring import Keyring, make_tables
from shared.storage.migrations import migrate
from tests.bench.clock import middle
from tests.bench.own_process import figures_of

CLIENTS = 2_500
ROUNDS = 3
WAYS = ("bare", "bare-collecting-rarely", "reaction")
PROMISED = {"reaction": 0.12}
REVISIONS = Path(__file__).resolve().parents[2] / "services" / "referrals" / "migrations"


def database_of(url: str, keys_url: str) -> Database:
    keys = Keyring(keys_url, MasterKeys("1", {"1": b"m" * 32}, b"i" * 32), "referrals")
    return Database(url, keys, "referrals")


def measure(
    bootstrap: str, postgres: EmbeddedPostgres, *, clients: int = CLIENTS, rounds: int = ROUNDS
) -> dict[str, Any]:
    """`{events, ways: {way: {per_second, cpu_service, cpu_database}}, ratios, …}`; CPU in µs per event."""
    from tests.bench.referrals_load import EACH

    runs: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way in WAYS:
            runs[way].append(asyncio.run(_run(way, bootstrap, postgres, clients)))
    ways = {way: middle(figures) for way, figures in runs.items()}
    ratio = ways["reaction"]["per_second"] / ways["bare"]["per_second"]
    rarely = ways["reaction"]["per_second"] / ways["bare-collecting-rarely"]["per_second"]
    notes = [f"{rarely:.2f} of a bare loop that collects garbage as rarely as we do"]
    told = {"ways": ways, "ratios": {"reaction": round(ratio, 3)}, "promised": PROMISED, "notes": notes}
    return {"events": clients * EACH, "rounds": rounds, **told}


async def _run(way: str, bootstrap: str, postgres: EmbeddedPostgres, clients: int) -> dict[str, float]:
    from tests.bench.referrals_load import fill, know_everybody

    name, prefix = f"referrals_{uuid4().hex[:8]}", f"bench-{uuid4().hex[:8]}."
    url, keys_url = postgres.create_database(name), postgres.create_database(f"{name}_keys")
    migrate(REVISIONS, url)
    make_tables(keys_url)
    database = database_of(url, keys_url)
    await database.keys.open()
    await database.open()
    try:
        events = await fill(bootstrap, prefix, await know_everybody(database, clients))
    finally:
        await database.close()
        await database.keys.close()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("VACUUM ANALYZE"))
    told = {"way": way, "bootstrap": bootstrap, "prefix": prefix, "events": events}
    told |= {"url": url, "keys_url": keys_url, "postgres": postgres.port}
    return await asyncio.to_thread(figures_of, "tests.bench.referrals_run", told)
