"""Finding meetings among 100,000 of them: filtered, ranked, and their rows fetched with dates and facts.

`python -m tests.bench choosing`. What is promised of it is in milliseconds, not held against another way.
"""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import psycopg

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.directory.store import listed
from shared.meetings import Meeting
from shared.privacy.master import MasterKeys, new_master_file
from tests.bench.choosing_load import asked, many_meetings
from tests.bench.own_process import figures_of
from tests.conftest import opened_database
from tests.referrals_tables import REFERRALS_TABLES

MEETINGS = 100_000
REQUESTS = 500
PROMISED_MS = {"p50_ms": 20, "p99_ms": 60}


def measure(postgres: EmbeddedPostgres, *, meetings: int = MEETINGS, requests: int = REQUESTS) -> dict[str, Any]:
    """Percentiles in milliseconds. The ratio is what is promised to what it takes, of the median or p99 the worse."""
    with tempfile.TemporaryDirectory() as directory:
        many = many_meetings(meetings)
        told = {name: str(Path(directory) / name) for name in ("master", "asked")}
        Path(told["master"]).write_bytes(new_master_file())
        Path(told["asked"]).write_text(json.dumps(asked(many, requests)))
        figures = asyncio.run(_measure(postgres, told, many))
    index = figures.pop("index")
    ratio = min(promised / figures["find"][name] for name, promised in PROMISED_MS.items())
    notes = [
        f"{way} p50 {w['p50_ms']:.1f} p90 {w['p90_ms']:.1f} p99 {w['p99_ms']:.1f} ms" for way, w in figures.items()
    ]
    notes.append(f"index of {meetings:,}: built in {index['seconds']:.1f} s, {index['mb']} MB with what building left")
    return {
        "meetings": meetings,
        "ways": figures,
        "index": index,
        "ratios": {"find": round(ratio, 3)},
        "promised": {"find": 1.0},
        "notes": notes,
    }


async def _measure(postgres: EmbeddedPostgres, told: dict[str, str], many: list[Meeting]) -> dict[str, Any]:
    async with opened_database(postgres, MasterKeys.load(Path(told["master"])), "referrals") as database:
        with psycopg.connect(database.url) as connection:
            connection.execute(REFERRALS_TABLES)
        async with database.work() as uow:
            await listed.put(uow.connection, many)
        with psycopg.connect(database.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        return await asyncio.to_thread(figures_of, "tests.bench.choosing_run", told | {"url": database.url})
