"""A broker that is killed, comes back, or does not answer any more: nothing is sent late, nothing is left behind."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from deploy.local.kafka import EmbeddedKafka
from deploy.local.problems import free_port
from shared.events.catalogue import REFERRALS
from shared.messaging.reactions import reactions_desk
from shared.messaging.received import Topic
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.messaging.topics import make_topics
from shared.storage.database import Database
from tests.eventually import eventually
from tests.integration.journal_builder import read_topic
from tests.integration.test_messaging_relay import ids, published, relaying, say


@pytest.fixture(scope="module")
def broker(embedded_directory: Path) -> Iterator[EmbeddedKafka]:
    with EmbeddedKafka(embedded_directory / "broker", free_port(), free_port()) as broker:
        yield broker
        broker.kill()


async def test_a_broker_that_was_away_gets_everything_once_and_in_order(
    broker: EmbeddedKafka, database: Database, prefix: str
) -> None:
    """Producers that were given up must not deliver, after all, what their successors have sent since."""
    settings, client = KafkaSettings(broker.bootstrap_servers, prefix), uuid4()
    await make_topics(settings.bootstrap, prefix)
    async with relaying(settings, database, patience=1.5):
        first = await say(database, client, 5)
        await eventually(lambda: published(database))
        broker.kill()
        second = await say(database, client, 5)
        await asyncio.sleep(5)  # some are given up
        broker.start()
        third = await say(database, client, 5)
        await eventually(lambda: published(database), within=60)
        await asyncio.sleep(2)  # one of those would have delivered by now
    assert ids(await read_topic(settings, REFERRALS), client) == first + second + third


async def test_a_service_ends_and_leaves_nothing_behind_when_its_broker_does_not_answer(
    broker: EmbeddedKafka, database: Database, prefix: str
) -> None:
    settings = KafkaSettings(broker.bootstrap_servers, prefix)
    before = asyncio.all_tasks()
    messaging = Messaging(settings, "referrals", database, [Topic(REFERRALS, reactions_desk({}))])
    running = asyncio.create_task(messaging.run())
    await eventually(lambda: _connected(messaging), within=60)
    await say(database, uuid4(), 1)
    await eventually(lambda: published(database))
    broker.child.signal(signal.SIGSTOP)
    try:
        await say(database, uuid4(), 1)
        await eventually(lambda: _gone(messaging))
        began = monotonic()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        assert monotonic() - began < 15
        await asyncio.sleep(1)
        assert {task for task in asyncio.all_tasks() - before if "aiokafka" in repr(task)} == set()
    finally:
        broker.child.signal(signal.SIGCONT)


async def _connected(messaging: Messaging) -> bool:
    return messaging.consumer.connected


async def _gone(messaging: Messaging) -> bool:
    return not messaging.consumer.connected
