"""From an event at journal's door to the changed Goal at referrals', idle, against raw Kafka round trips and commits.

`python -m tests.bench latency`. The services are processes of their own, as they are run. A Goal counts as changed when
its new version is committed: what a record system reads from then on.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import orjson
import psycopg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.local.demo.systems import EMITTER
from deploy.local.postgres import EmbeddedPostgres
from shared.cli.attendance_event import attendance_event
from shared.events.catalogue import ATTENDANCE
from shared.messaging.topics import make_topics
from tests.faults.clients import Client, Occasion, open_clients
from tests.whole import Whole, whole

CLIENTS = 105
_REST = 0.02
"""Seconds between samples. Idle is idle for all of them: what comes right after another finds caches warm and nobody
asleep, and takes half as long."""
_COMMITTED = "SELECT 1 FROM fhir_resource WHERE type = 'Goal' AND id = %s AND version > 1"


def measure(bootstrap: str, postgres: EmbeddedPostgres, *, clients: int = CLIENTS) -> dict[str, Any]:
    """Percentiles in milliseconds. The ratio is what three round trips and three commits take at p99, to ours."""
    with tempfile.TemporaryDirectory() as directory:
        samples = asyncio.run(_samples(bootstrap, postgres, Path(directory), clients))
    ways = {name: percentiles(values) for name, values in samples.items()}
    allowed = 3 * (ways["kafka-round-trip"]["p99_ms"] + ways["commit"]["p99_ms"])
    ratio = allowed / ways["event-to-goal"]["p99_ms"]
    note = ", ".join(f"{n} p50 {w['p50_ms']:.1f} p99 {w['p99_ms']:.1f} ms" for n, w in ways.items())
    return {
        "ways": ways,
        "ratios": {"event-to-goal": round(ratio, 3)},
        "promised": {"event-to-goal": 1.0},
        "notes": [note, f"allowed at p99: {allowed:.1f} ms"],
    }


async def _samples(bootstrap: str, postgres: EmbeddedPostgres, directory: Path, clients: int) -> dict[str, list[float]]:
    async with whole(postgres, bootstrap, directory) as services:
        await services.bring_up()
        known = await open_clients(services.doors, clients)
        async with await psycopg.AsyncConnection.connect(services.url("referrals"), autocommit=True) as connection:
            return await _in_turns(services, bootstrap, connection, known)


async def _in_turns(
    services: Whole, bootstrap: str, connection: psycopg.AsyncConnection[Any], known: Sequence[Client]
) -> dict[str, list[float]]:
    occasions = [occasion for client in known for occasion in client.occasions]
    samples: dict[str, list[float]] = {"kafka-round-trip": [], "commit": [], "event-to-goal": []}
    raw = RawKafka(bootstrap)
    await raw.start()
    await connection.execute("CREATE TABLE bench_commit (id uuid PRIMARY KEY)")
    await connection.execute("LISTEN outbox")
    try:
        for occasion in occasions:
            samples["event-to-goal"].append(await _rested(_event_to_goal(services, connection, occasion)))
            samples["kafka-round-trip"].append(await _rested(raw.round_trip()))
            samples["commit"].append(await _rested(_commit(connection)))
    finally:
        await raw.stop()
    return samples


async def _rested(sample: Awaitable[float]) -> float:
    await asyncio.sleep(_REST)
    return await sample


async def _event_to_goal(services: Whole, connection: psycopg.AsyncConnection[Any], occasion: Occasion) -> float:
    said = {
        "client": str(occasion.client),
        "meeting_id": str(occasion.meeting),
        "outcome": "attended",
        "observed_at": occasion.ended.isoformat(),
        "reported_by": "emitter",
    }
    event = attendance_event(str(uuid4()), str(EMITTER.source), said)
    caller = EMITTER.caller("attendance.write")
    began = perf_counter()
    sent: dict[str, Any] = {"content": orjson.dumps(event), "headers": {"content-type": "application/cloudevents+json"}}
    await services.doors.call(caller, "POST", "journal", "/events", **sent)
    while not await _changed(connection, occasion.goal):
        async for _ in connection.notifies(timeout=5, stop_after=1):
            pass
    return perf_counter() - began


async def _changed(connection: psycopg.AsyncConnection[Any], goal: UUID) -> bool:
    return await (await connection.execute(_COMMITTED, (goal,))).fetchone() is not None


async def _commit(connection: psycopg.AsyncConnection[Any]) -> float:
    began = perf_counter()
    await connection.execute("INSERT INTO bench_commit VALUES (%s)", (uuid4(),))
    return perf_counter() - began


class RawKafka:
    """A record sent, acknowledged by all and read again: nothing but the libraries."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap, self._prefix = bootstrap, f"bench-{uuid4().hex[:8]}."
        self._topic = self._prefix + ATTENDANCE
        self._producer = AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True)
        self._consumer = AIOKafkaConsumer(
            bootstrap_servers=bootstrap, auto_offset_reset="earliest", fetch_max_wait_ms=250
        )

    async def start(self) -> None:
        await make_topics(self._bootstrap, self._prefix)
        await self._producer.start()
        await self._producer.send_and_wait(self._topic, b"first")
        self._consumer.subscribe([self._topic])
        await self._consumer.start()
        await self._consumer.getone()

    async def round_trip(self) -> float:
        began = perf_counter()
        await self._producer.send_and_wait(self._topic, b"x" * 600)
        await self._consumer.getone()
        return perf_counter() - began

    async def stop(self) -> None:
        await self._consumer.stop()
        await self._producer.stop()


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    at = {f"p{p}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * p // 100)] * 1000, 2) for p in (50, 90, 99)}
    return {"samples": len(ordered), **at}
