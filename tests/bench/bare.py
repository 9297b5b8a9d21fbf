"""The bare loop that services are compared with: what nobody can do without when facts come from Kafka.

Fetch, validate envelope and data with pydantic, see from the inbox which are new (Kafka delivers at least once), keep
a row of each that can be found by its client, commit, commit the offset; in bulk, by COPY, a transaction per batch.
It knows no client, no meeting and no consent, decides nothing and says nothing.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

import psycopg
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from pydantic import BaseModel, ConfigDict

from shared.events.contract import Contract
from shared.messaging.consumer import BATCH
from tests.bench.clock import Clock

_TABLES = """
CREATE TABLE bare_inbox (event_id uuid PRIMARY KEY);
CREATE TEMP TABLE bare_arriving (event_id uuid) ON COMMIT DELETE ROWS;
CREATE TABLE bare_row (
    event_id uuid NOT NULL, source text NOT NULL, client uuid NOT NULL, meeting_id uuid NOT NULL, outcome text NOT NULL,
    reported_by text NOT NULL, observed_at timestamptz NOT NULL, received_at timestamptz NOT NULL
);
CREATE INDEX bare_row_client ON bare_row (client, meeting_id);
"""
_NEW = "INSERT INTO bare_inbox SELECT DISTINCT event_id FROM bare_arriving ON CONFLICT DO NOTHING RETURNING event_id"
_ROW = ("uuid", "text", "uuid", "uuid", "text", "text", "timestamptz", "timestamptz")


class Envelope(BaseModel):
    """CloudEvents' required attributes, as a reader would check them."""

    model_config = ConfigDict(extra="ignore")

    specversion: Literal["1.0"]
    id: UUID
    source: str
    type: str
    subject: UUID | None = None


async def run(told: dict[str, Any], clock: Clock, topic: str, model: type[Contract]) -> None:
    """Prints the clock's figures when all of the topic's events are committed. Batches are as large as ours."""
    connection = await psycopg.AsyncConnection.connect(told["url"])
    await connection.execute(_TABLES.encode())
    await connection.commit()
    consumer = AIOKafkaConsumer(
        told["prefix"] + topic,
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
        if records := [record for part in fetched.values() for record in part]:
            clock.start()
            await _keep(connection, [_row(record, model) for record in records])
            await consumer.commit()
            taken += len(records)
    print(json.dumps(clock.read(taken)))
    await consumer.stop()
    await connection.close()


def _row(record: "ConsumerRecord[Any, Any]", model: type[Contract]) -> tuple[object, ...]:
    envelope = Envelope.model_validate({name.removeprefix("ce_"): value.decode() for name, value in record.headers})
    said: Any = model.model_validate_json(record.value, extra="ignore")
    client = envelope.subject or said.client
    who = (envelope.id, envelope.source, client, said.meeting_id)
    return (*who, said.outcome, said.reported_by, said.observed_at, datetime.now(UTC))


async def _keep(connection: psycopg.AsyncConnection[Any], rows: Sequence[tuple[object, ...]]) -> None:
    async with connection.cursor() as cursor:
        async with cursor.copy("COPY bare_arriving FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["uuid"])
            for row in rows:
                await copy.write_row(row[:1])
        new = {row[0] for row in await (await cursor.execute(_NEW)).fetchall()}
        async with cursor.copy("COPY bare_row FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(_ROW)
            for row in rows:
                if row[0] in new:
                    await copy.write_row(row)
    await connection.commit()
