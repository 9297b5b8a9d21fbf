"""A service's place in its consumer group: joins it, reads, and joins anew when something went wrong.

All that aiokafka needs a careful hand for is here and in `rounds` and `ending` (decision 13): `start()` fails while the
broker is not up, `commit()` retries for ever, a rebalance can land in mid-batch (then the partition is no longer ours,
and the inbox makes the other's second reading harmless), and nothing says when the broker has gone away.
"""

import asyncio
from collections.abc import Sequence
from time import monotonic

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from shared.messaging.ending import end_consumer
from shared.messaging.received import Topic
from shared.messaging.rounds import BATCH, Rounds
from shared.messaging.settings import KafkaSettings
from shared.messaging.topics import make_topics
from shared.messaging.unpacking import read_leniently
from shared.messaging.watching import watch
from shared.storage.database import Database
from shared.telemetry import metrics
from shared.telemetry.logs import logger

__all__ = ["BATCH", "Consumer"]

log = logger()
_PATIENCE = 15.0
_SHORTEST, _SLOWEST = 0.2, 10.0


class Consumer:
    """Runs until it is cancelled. `connected`: it has joined its group, and its broker answers."""

    def __init__(self, settings: KafkaSettings, service: str, database: Database, topics: Sequence[Topic]) -> None:
        self._settings = settings
        self._service = service
        self._database = database
        self._topics = {settings.prefix + topic.name: topic for topic in topics}
        self.connected = False

    async def run(self) -> None:
        pause = _SHORTEST
        while True:
            began = monotonic()
            try:
                await self._session()
            except (KafkaError, TimeoutError, OSError) as error:
                log.warning("consumer.paused", error=type(error).__name__)
            except Exception:
                log.exception("consumer.restarted")
            pause = _SHORTEST if monotonic() - began > 60 else min(pause * 2, _SLOWEST)
            await asyncio.sleep(pause)

    async def _session(self) -> None:
        await make_topics(self._settings.bootstrap, self._settings.prefix, replication=self._settings.replication)
        read_leniently()
        consumer = self._consumer()
        try:
            async with asyncio.timeout(_PATIENCE):
                await consumer.start()
            await self._read(consumer)
        finally:
            self._answers(False)
            await end_consumer(consumer)

    async def _read(self, consumer: AIOKafkaConsumer) -> None:
        rounds = Rounds(consumer, self._database, self._topics)
        watching = asyncio.create_task(watch(consumer, self._topics, rounds.in_hand, self._answers))
        try:
            await rounds.run()
        finally:
            watching.cancel()

    def _consumer(self) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            *self._topics,
            bootstrap_servers=self._settings.bootstrap,
            group_id=self._settings.group(self._service),
            group_instance_id=self._settings.instance,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            isolation_level="read_committed",  # what an emitter took back in a transaction was never said
            fetch_max_wait_ms=250,
            max_partition_fetch_bytes=2 * 1024 * 1024,
            metadata_max_age_ms=30_000,
        )

    def _answers(self, connected: bool) -> None:
        if connected != self.connected:
            self.connected = connected
            metrics.consumer_connected.set(connected)
            log.info("consumer.connected" if connected else "consumer.disconnected")
