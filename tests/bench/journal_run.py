"""One run in a process of its own: takes all events off the topic one way, prints how long and at what cost."""

import asyncio
import gc
import json
import os
import sys
from collections.abc import Sequence
from time import perf_counter
from typing import Any

import psutil
import uvloop

from services.journal.handlers.listed import Listed
from services.journal.subscriptions import topics
from shared.events.catalogue import INTAKE
from shared.events.journal import AttendanceReported
from shared.messaging.consumer import BATCH, Consumer
from shared.messaging.received import Desk, Received, Setback, Topic
from shared.messaging.relay import Relay
from shared.messaging.settings import KafkaSettings
from shared.privacy.master import MasterKeys
from shared.storage.database import Database, UnitOfWork
from shared.storage.keyring import Keyring
from tests.bench.bare import run as run_bare


class Clock:
    """From the first batch in hand to the last commit. CPU of this process, and of PostgreSQL's all together."""

    def __init__(self, postgres_port: int) -> None:
        self._postgres = next(
            connection.pid
            for connection in psutil.net_connections("tcp")
            if connection.status == "LISTEN" and connection.laddr.port == postgres_port
        )
        self._began: tuple[float, float, float] | None = None

    def start(self) -> None:
        if self._began is None:
            self._began = self._now()

    def read(self, events: int) -> dict[str, float]:
        assert self._began is not None
        seconds, service, database = (now - then for now, then in zip(self._now(), self._began, strict=True))
        return {
            "per_second": events / seconds,
            "cpu_service": service / events * 1e6,
            "cpu_database": database / events * 1e6,
        }

    def _now(self) -> tuple[float, float, float]:
        server = psutil.Process(self._postgres)
        return perf_counter(), _cpu(psutil.Process()), sum(map(_cpu, [server, *server.children()]))


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system + times.children_user + times.children_system


async def bare(told: dict[str, Any], clock: Clock) -> None:
    await run_bare(
        url=told["url"],
        bootstrap=told["bootstrap"],
        topic=told["prefix"] + INTAKE,
        group=told["prefix"] + "bare",
        model=AttendanceReported,
        events=told["events"],
        batch=BATCH,
        start=clock.start,
    )
    print(json.dumps(clock.read(told["events"])))


async def intake(told: dict[str, Any], clock: Clock) -> None:
    """Journal's own consumer and desk, as the service runs them."""
    settings = KafkaSettings(told["bootstrap"], told["prefix"])
    keys = Keyring(told["keys_url"], MasterKeys("1", {"1": b"m" * 32}, b"i" * 32), "journal")
    database = Database(told["url"], keys, "journal")
    await database.open()
    taken = 0

    def timed(desk: Desk) -> Desk:
        async def apply(uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
            nonlocal taken
            clock.start()
            back = await desk(uow, batch)
            assert not back, back[0].problem
            taken += len(batch)
            return back

        return apply

    heard = [
        Topic(topic.name, timed(topic.desk), topic.ordered) if topic.name == INTAKE else topic
        for topic in topics(Listed())
    ]
    tasks = [asyncio.create_task(Consumer(settings, "journal", database, heard).run())]
    if told["way"] == "intake-and-relay":
        tasks.append(asyncio.create_task(Relay(settings, told["url"]).run()))
    while taken < told["events"]:
        await asyncio.sleep(0.005)
    await _until_done(told, database)
    print(json.dumps(clock.read(taken)), flush=True)
    os._exit(0)  # what is under way is of no interest


async def _until_done(told: dict[str, Any], database: Database) -> None:
    """The last batch is committed and, with the relay, everything is published."""
    published = told["way"] == "intake-and-relay"
    async with database.reading() as connection:
        while True:
            row = await (
                await connection.execute(
                    "SELECT (SELECT count(*) FROM fact), EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"
                )
            ).fetchone()
            if row and row[0] == told["events"] and not (published and row[1]):
                return
            await asyncio.sleep(0.01)


def main() -> None:
    told = json.loads(sys.argv[1])
    gc.set_threshold(50_000, 20, 100)
    clock = Clock(told["postgres"])
    uvloop.run(bare(told, clock) if told["way"] == "bare" else intake(told, clock))


if __name__ == "__main__":
    main()
