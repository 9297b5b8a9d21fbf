"""The relay: everything in order, whatever Kafka refuses, one at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

from aiokafka import ConsumerRecord

from shared.events.catalogue import REFERRALS
from shared.messaging.relay import Relay
from shared.messaging.settings import KafkaSettings
from shared.messaging.topics import make_topics
from shared.storage.database import Database
from tests.eventually import eventually
from tests.integration.journal_builder import read_topic
from tests.integration.test_messaging import number, opened
from tests.integration.topic_settings import put

UNPUBLISHED = b"SELECT count(*) FROM outbox WHERE published_at IS NULL"


@asynccontextmanager
async def relaying(settings: KafkaSettings, database: Database, patience: float = 15.0) -> AsyncIterator[Relay]:
    relay = Relay(settings, database.url, patience=patience)
    running = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def say(database: Database, client: UUID, count: int) -> list[UUID]:
    events = [opened(client) for _ in range(count)]
    async with database.work() as uow:
        uow.say(*events)
    return [event.id for event in events]


async def published(database: Database, left: int = 0) -> bool:
    return await number(database, UNPUBLISHED) == left


def ids(records: Sequence["ConsumerRecord[Any, Any]"], client: UUID) -> list[UUID]:
    """In their order: a client's are on one partition."""
    return [
        UUID(value.decode())
        for record in records
        for name, value in record.headers
        if name == "ce_id" and record.key == str(client).encode()
    ]


async def test_what_is_larger_than_the_topic_takes_holds_up_its_own_client_only(
    kafka_settings: KafkaSettings, database: Database
) -> None:
    await make_topics(kafka_settings.bootstrap, kafka_settings.prefix)
    await put(kafka_settings.bootstrap, kafka_settings.prefix + REFERRALS, max_message_bytes="20000")
    large, other = uuid4(), uuid4()
    before = await say(database, large, 1)
    await _say_something_large(database, large)
    await say(database, large, 2_500)  # more than a batch
    others = await say(database, other, 3)
    async with relaying(kafka_settings, database):
        await eventually(lambda: published(database, left=2_501))
        records = await read_topic(kafka_settings, REFERRALS)
    assert ids(records, other) == others
    assert ids(records, large) == before


async def test_a_second_relay_waits_for_the_first_and_takes_over_where_it_ended(
    kafka_settings: KafkaSettings, database: Database
) -> None:
    await make_topics(kafka_settings.bootstrap, kafka_settings.prefix)
    client = uuid4()
    async with relaying(kafka_settings, database) as second:
        await eventually(lambda: _leads(second))
        async with relaying(kafka_settings, database) as waiting:
            said = await say(database, client, 10)
            await eventually(lambda: published(database))
            assert not waiting.leading
    async with relaying(kafka_settings, database) as successor:
        said += await say(database, client, 10)
        await eventually(lambda: published(database))
        assert successor.leading
    assert ids(await read_topic(kafka_settings, REFERRALS), client) == said


async def _leads(relay: Relay) -> bool:
    return relay.leading


async def _say_something_large(database: Database, client: UUID) -> None:
    """No event of ours is so large: written into the outbox by hand."""
    await say(database, client, 1)
    async with database.work() as uow:
        largest = "UPDATE outbox SET value = %s WHERE seq = (SELECT max(seq) FROM outbox)"
        await uow.connection.execute(largest, (b"{" + b" " * 30_000 + b"}",))
