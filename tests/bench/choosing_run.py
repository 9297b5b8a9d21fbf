"""What it takes to find meetings, in a process of its own: `python -m tests.bench.choosing_run JSON`.

It is told the database's url, and two files: the master keys, and what is asked, as bodies of `_search`.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil

from services.referrals.directory.choosing import choose
from services.referrals.directory.handlers.finding import Following, find_meetings
from services.referrals.directory.http.asking import MeetingsIn
from services.referrals.directory.http.bodies import MeetingsOut
from shared.privacy.master import MasterKeys
from shared.service.collecting import collect_rarely
from shared.storage.database import Connection, Database
from shared.storage.keyring import Keyring
from tests.bench.latency import percentiles


async def run(url: str, master: MasterKeys, asked: list[dict[str, Any]]) -> dict[str, Any]:
    # No person's key is needed to find meetings: the keyring is never opened.
    collect_rarely()  # as services do
    database = Database(url, Keyring(url, master, "referrals"), "referrals")
    await database.open()
    try:
        async with database.reading() as connection:
            return await _measured(connection, asked)
    finally:
        await database.close()


async def _measured(connection: Connection, asked: list[dict[str, Any]]) -> dict[str, Any]:
    """`find` is all of it, from a body's JSON to the answer's; `filter-and-rank` is what is reckoned in between.

    `find-cpu` is this process' own part of it: on a machine that others use as well, the rest is waiting.
    """
    following = Following()
    before, began = psutil.Process().memory_info().rss, perf_counter()
    index = await following.index(connection)
    built, after = perf_counter() - began, psutil.Process().memory_info().rss
    bodies = [json.dumps(each) for each in asked]
    wanted = [MeetingsIn.model_validate_json(body).wanted() for body in bodies]
    finding, working, choosing = [], [], []
    for body in bodies:
        began, worked = perf_counter(), process_time()
        found = await find_meetings(connection, following, MeetingsIn.model_validate_json(body).wanted(), "X99")
        MeetingsOut.of(found).model_dump_json()
        finding.append(perf_counter() - began)
        working.append(process_time() - worked)
    for each in wanted:
        choosing.append(_seconds(lambda each=each: choose(index, each, datetime.now(UTC))))  # type: ignore[misc]
    return {
        "find": percentiles(finding),
        "find-cpu": percentiles(working),
        "filter-and-rank": percentiles(choosing),
        "index": {"seconds": round(built, 2), "mb": round((after - before) / 1e6), "slots": len(index.slots.all)},
    }


def _seconds(what: Callable[[], object]) -> float:
    began = perf_counter()
    what()
    return perf_counter() - began


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    asked = json.loads(Path(told["asked"]).read_bytes())
    print(json.dumps(asyncio.run(run(told["url"], MasterKeys.load(Path(told["master"])), asked))))
