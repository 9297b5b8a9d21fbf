"""Lag, as Prometheus and `/ops` see it, while the database is away and afterwards."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

import psycopg
from aiokafka import AIOKafkaProducer
from prometheus_client import REGISTRY

from shared.events.kafka import to_record
from shared.messaging.received import Received, Setback, Topic
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Database, UnitOfWork
from tests.eventually import eventually
from tests.integration.operations_builder import TOPIC, opened

_SENT = 5


async def test_what_waits_for_the_database_is_lag_until_it_is_applied(
    kafka_settings: KafkaSettings, database: Database
) -> None:
    away = True

    async def desk(_: UnitOfWork, __: Sequence[Received]) -> list[Setback]:
        if away:
            raise psycopg.OperationalError
        return []

    messaging = Messaging(kafka_settings, "referrals", database, [Topic(TOPIC, desk)])
    running = asyncio.create_task(messaging.run())
    try:
        await eventually(lambda: _connected(messaging), within=60)
        await _write(kafka_settings)
        await eventually(lambda: _lag_is(_SENT))
        await asyncio.sleep(1)  # rounds in which nothing came
        assert await _lag_is(_SENT)
        away = False
        await eventually(lambda: _lag_is(0))
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _connected(messaging: Messaging) -> bool:
    return messaging.consumer.connected


async def _lag_is(number: int) -> bool:
    return REGISTRY.get_sample_value("famalink_consumer_lag_events", {"topic": TOPIC}) == number


async def _write(settings: KafkaSettings) -> None:
    client = uuid4()
    producer = AIOKafkaProducer(bootstrap_servers=settings.bootstrap)
    await producer.start()
    try:
        for record in (to_record(opened(client)) for _ in range(_SENT)):
            await producer.send_and_wait(
                settings.prefix + TOPIC, record.value, key=record.key.encode(), headers=record.headers
            )
    finally:
        await producer.stop()
