"""The consumer loop: a batch per partition, one transaction, then the offset. Whatever is away, it waits and goes on.

All that aiokafka needs a careful hand for is here (decision 13): `start()` fails while the broker is not up, `commit()`
retries for ever, a rebalance can land in mid-batch (then the partition is no longer ours, and the inbox makes the
other's second reading harmless).

Two partitions are under way at a time, so that Python works on one batch while PostgreSQL works on another; each
partition has one batch at a time, so that its order holds.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError

from shared.messaging import batches
from shared.messaging.received import Received, Topic
from shared.messaging.settings import KafkaSettings
from shared.messaging.topics import make_topics
from shared.storage.database import Away, Database
from shared.telemetry import metrics

log = structlog.get_logger()
BATCH = 2_000
LANES = 2
_PATIENCE = 15.0
_SLOWEST = 10.0


class Consumer:
    """Runs until it is cancelled. `connected`: it has joined its group and reads."""

    def __init__(self, settings: KafkaSettings, service: str, database: Database, topics: Sequence[Topic]) -> None:
        self._settings = settings
        self._service = service
        self._database = database
        self._topics = {settings.prefix + topic.name: topic for topic in topics}
        self._resume: dict[TopicPartition, tuple[float, float]] = {}
        self._reached: dict[TopicPartition, int] = {}
        self._under_way: dict[TopicPartition, asyncio.Task[int | None]] = {}
        self._lanes = asyncio.Semaphore(LANES)
        self.connected = False

    async def run(self) -> None:
        pause = 0.2
        while True:
            try:
                await self._session()
                pause = 0.2
            except (KafkaError, TimeoutError, OSError) as error:
                log.warning("consumer.paused", error=type(error).__name__)
            except Exception:
                log.exception("consumer.restarted")
            await asyncio.sleep(pause)
            pause = min(pause * 2, _SLOWEST)

    async def _session(self) -> None:
        await make_topics(self._settings.bootstrap, self._settings.prefix, replication=self._settings.replication)
        consumer = self._consumer()
        self._resume.clear()
        self._reached.clear()
        try:
            await asyncio.wait_for(consumer.start(), _PATIENCE)
            self._connected(True)
            while True:
                await self._round(consumer)
        finally:
            self._connected(False)
            await self._abandon()
            with suppress(KafkaError, TimeoutError, OSError):
                await asyncio.wait_for(consumer.stop(), 5)

    async def _round(self, consumer: AIOKafkaConsumer) -> None:
        self._wake(consumer)
        fetched = await self._fetch(consumer)
        for partition, records in fetched.items():
            self._reached[partition] = records[0].offset
            self._under_way[partition] = asyncio.create_task(self._take(consumer, partition, records))
        backlog = sum(map(len, fetched.values())) == BATCH
        await self._settle(consumer, LANES - 1 if backlog else 0)
        self._measure(consumer)

    async def _fetch(self, consumer: AIOKafkaConsumer) -> dict[TopicPartition, list[ConsumerRecord[Any, Any]]]:
        """From partitions that have nothing under way; waits for some only when nothing is."""
        if not self._under_way:
            return await consumer.getmany(timeout_ms=250, max_records=BATCH)  # type: ignore[no-any-return]
        free = consumer.assignment() - self._under_way.keys()
        return await consumer.getmany(*free, max_records=BATCH) if free else {}

    async def _settle(self, consumer: AIOKafkaConsumer, at_most: int) -> None:
        """Waits until no more than that many batches are under way, and commits the offsets of what is done."""
        while len(self._under_way) > at_most:
            done, _ = await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
            finished = {partition: task for partition, task in self._under_way.items() if task in done}
            for partition in finished:
                del self._under_way[partition]
            offsets = {partition: offset for partition, task in finished.items() if (offset := task.result())}
            self._reached |= offsets
            if offsets:
                await _commit(consumer, offsets)

    async def _abandon(self) -> None:
        """What is not committed is read again."""
        tasks = list(self._under_way.values())
        self._under_way.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, records: list[ConsumerRecord[Any, Any]]
    ) -> int | None:
        """The offset to go on from; none if the partition has to wait."""
        topic = self._topics[partition.topic]
        try:
            async with self._lanes:
                await batches.apply(self._database, topic, [_received(topic, record) for record in records])
        except Away as error:
            self._wait(consumer, partition, records[0].offset, error)
            return None
        self._resume.pop(partition, None)
        return int(records[-1].offset) + 1

    def _wait(self, consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int, error: Exception) -> None:
        """The partition pauses; polling goes on, so that the group does not take us for dead."""
        pause = min(self._resume.get(partition, (0.0, 0.1))[1] * 2, _SLOWEST)
        log.warning("partition.paused", topic=partition.topic, seconds=pause, error=type(error).__name__)
        with suppress(IllegalStateError):  # a rebalance took it: somebody else reads it now
            consumer.seek(partition, offset)
            consumer.pause(partition)
            self._resume[partition] = (monotonic() + pause, pause)

    def _wake(self, consumer: AIOKafkaConsumer) -> None:
        paused = consumer.paused()
        for partition, (when, _) in self._resume.items():
            if when <= monotonic() and partition in paused:
                with suppress(IllegalStateError):
                    consumer.resume(partition)
        metrics.consumer_paused.set(len(paused))

    def _consumer(self) -> AIOKafkaConsumer:
        return AIOKafkaConsumer(
            *self._topics,
            bootstrap_servers=self._settings.bootstrap,
            group_id=self._settings.group(self._service),
            group_instance_id=self._settings.instance,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            fetch_max_wait_ms=250,
            max_partition_fetch_bytes=2 * 1024 * 1024,
            metadata_max_age_ms=30_000,
        )

    def _connected(self, connected: bool) -> None:
        self.connected = connected
        metrics.consumer_connected.set(connected)
        log.info("consumer.connected" if connected else "consumer.disconnected")

    def _measure(self, consumer: AIOKafkaConsumer) -> None:
        """A partition that waits keeps its lag: what it has reached stands still."""
        lags = dict.fromkeys((topic.name for topic in self._topics.values()), 0)
        for partition in consumer.assignment():
            highwater = consumer.highwater(partition)
            if highwater and partition in self._reached:
                lags[self._topics[partition.topic].name] += max(0, highwater - self._reached[partition])
        for topic, lag in lags.items():
            metrics.consumer_lag.labels(topic).set(lag)


async def _commit(consumer: AIOKafkaConsumer, offsets: dict[TopicPartition, int]) -> None:
    try:
        await asyncio.wait_for(consumer.commit(offsets), _PATIENCE)
    except (CommitFailedError, IllegalStateError):
        log.info("offsets.not-ours", partitions=len(offsets))


def _received(topic: Topic, record: "ConsumerRecord[Any, Any]") -> Received:
    key = record.key.decode("utf-8", errors="replace") if record.key is not None else None
    return Received(topic.name, record.partition, record.offset, key, record.headers, record.value)
