"""One run in a process of its own: referrals' full reaction to attendance, or the bare loop over the same records."""

import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import psycopg
import uvloop
from aiokafka import AIOKafkaConsumer

from services.referrals.fhir import DEFINITIONS
from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.flagging import Flagging
from services.referrals.handlers.saving import Saving
from services.referrals.subscriptions import topics
from shared.events.catalogue import ATTENDANCE
from shared.events.journal import AttendanceRecorded
from shared.fhir.store.versions import Versions
from shared.messaging.consumer import BATCH, Consumer
from shared.messaging.received import Desk, Received, Setback, Topic
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Database, UnitOfWork
from tests.bench.journal_run import Clock
from tests.bench.referrals import database_of


async def bare(told: dict[str, Any], clock: Clock) -> None:
    """Fetch, parse, remember the id, keep the row, commit, commit the offset."""
    connection = await psycopg.AsyncConnection.connect(told["url"])
    await connection.execute("CREATE TABLE bare_inbox (event_id uuid PRIMARY KEY)")
    await connection.execute(
        "CREATE TABLE bare_row (event_id uuid, client uuid, meeting_id uuid, outcome text, observed_at timestamptz)"
    )
    await connection.commit()
    consumer = AIOKafkaConsumer(
        told["prefix"] + ATTENDANCE,
        bootstrap_servers=told["bootstrap"],
        group_id=told["prefix"] + "bare",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=2 * 1024 * 1024,
    )
    await consumer.start()
    taken = 0
    while taken < told["events"]:
        fetched = await consumer.getmany(timeout_ms=250, max_records=BATCH)
        if batch := [record for part in fetched.values() for record in part]:
            clock.start()
            await _keep(connection, batch)
            await consumer.commit()
            taken += len(batch)
    print(json.dumps(clock.read(taken)))
    await consumer.stop()


async def _keep(connection: psycopg.AsyncConnection[Any], batch: Sequence[Any]) -> None:
    rows = []
    for record in batch:
        headers = dict(record.headers)
        said = AttendanceRecorded.model_validate_json(record.value)
        rows.append(
            (
                UUID(headers["ce_id"].decode()),
                UUID(record.key.decode()),
                said.meeting_id,
                said.outcome,
                said.observed_at,
            )
        )
    async with connection.cursor() as cursor:
        async with cursor.copy("COPY bare_inbox FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["uuid"])
            for row in rows:
                await copy.write_row(row[:1])
        async with cursor.copy("COPY bare_row FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["uuid", "uuid", "uuid", "text", "timestamptz"])
            for row in rows:
                await copy.write_row(row)
    await connection.commit()


async def reaction(told: dict[str, Any], clock: Clock) -> None:
    """Referrals' own consumer, desk and handlers: pathways, decisions, FHIR versions, outbox."""
    database = database_of(told["url"], told["keys_url"])
    await database.keys.open()
    await database.open()
    saving = Saving(Versions(DEFINITIONS, database.keys.master.derived("fhir|digest")))
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

    heard = [Topic(topic.name, timed(topic.desk)) for topic in topics(Attendance(saving), Flagging(saving))]
    settings = KafkaSettings(told["bootstrap"], told["prefix"])
    consuming = asyncio.create_task(Consumer(settings, "referrals", database, heard).run())
    while taken < told["events"] or await _achieved(database) < told["events"]:
        await asyncio.sleep(0.005)
    print(json.dumps(clock.read(taken)), flush=True)
    consuming.cancel()
    await asyncio.gather(consuming, return_exceptions=True)
    await database.close()
    await database.keys.close()


async def _achieved(database: Database) -> int:
    """Every fact achieved its goal, and was said: nothing of the reaction was left out."""
    async with database.reading() as connection:
        query = "SELECT count(*) FROM outbox WHERE convert_from(headers, 'UTF8') LIKE '%goal.achieved%'"
        row = await (await connection.execute(query)).fetchone()
    return row[0] if row else 0


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    way = {"bare": bare, "reaction": reaction}[told["way"]]
    uvloop.run(way(told, Clock(told["postgres"])))
