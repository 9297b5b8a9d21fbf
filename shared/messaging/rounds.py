"""Reading in rounds: a batch per partition, one transaction, then the offset. While the database is away, all wait.

Some partitions are under way at a time, so that Python works on one batch while PostgreSQL works on others; each
partition has one batch at a time, so that its order holds.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import IllegalStateError

from shared.messaging import batches
from shared.messaging.offsets import Offsets
from shared.messaging.received import Received, Topic
from shared.storage.database import Away, Database
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
BATCH = 2_000
LANES = 3
_SHORTEST, _SLOWEST = 0.1, 10.0
Records = list[ConsumerRecord[Any, Any]]


class Rounds:
    """Of one session. `in_hand`: per partition the first offset that was fetched and is not applied yet."""

    def __init__(self, consumer: AIOKafkaConsumer, database: Database, topics: Mapping[str, Topic]) -> None:
        self._consumer = consumer
        self._database = database
        self._topics = topics
        self._under_way: dict[TopicPartition, asyncio.Task[int | None]] = {}
        self._lanes = asyncio.Semaphore(LANES)
        self._offsets = Offsets(consumer)
        self._away: Exception | None = None
        self._pause = _SHORTEST
        self.in_hand: dict[TopicPartition, int] = {}

    async def run(self) -> None:
        """Until it is cancelled, or Kafka has something to say against it."""
        try:
            while True:
                await self._round()
        finally:
            await self._abandon()
            await self._offsets.abandon()

    async def _round(self) -> None:
        fetched = await self._fetch()
        for partition, records in fetched.items():
            self.in_hand[partition] = records[0].offset
            self._under_way[partition] = asyncio.create_task(self._take(partition, records))
        backlog = sum(map(len, fetched.values())) == BATCH
        await self._settle(LANES - 1 if backlog else 0)
        if self._away:
            await self._settle(0)
            await self._rest(self._away)

    async def _fetch(self) -> dict[TopicPartition, Records]:
        """From partitions that have nothing under way; waits for some only when nothing is."""
        if not self._under_way:
            return await self._consumer.getmany(timeout_ms=250, max_records=BATCH)  # type: ignore[no-any-return]
        free = self._consumer.assignment() - self._under_way.keys()
        return await self._consumer.getmany(*free, max_records=BATCH) if free else {}

    async def _take(self, partition: TopicPartition, records: Records) -> int | None:
        """The offset to go on from; none if it is to be fetched again."""
        topic = self._topics[partition.topic]
        try:
            async with self._lanes:
                if self._away is None:
                    await batches.apply(self._database, topic, [_received(topic, record) for record in records])
                    self._pause = _SHORTEST
                    return int(records[-1].offset) + 1
        except Away as error:
            self._away = error
        with suppress(IllegalStateError):  # a rebalance took it: somebody else reads it now
            self._consumer.seek(partition, records[0].offset)
        return None

    async def _settle(self, at_most: int) -> None:
        """Waits until no more than that many batches are under way; the offsets of what is done are committed."""
        self._offsets.reached({})
        while len(self._under_way) > at_most:
            done, _ = await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
            finished = {partition: task for partition, task in self._under_way.items() if task in done}
            for partition in finished:
                del self._under_way[partition], self.in_hand[partition]
            self._offsets.reached(
                {partition: offset for partition, task in finished.items() if (offset := task.result())}
            )

    async def _rest(self, away: Exception) -> None:
        """Meanwhile the group is told that we live, by aiokafka's own heartbeat."""
        self._away = None
        log.warning("consumer.waiting", seconds=self._pause, error=type(away).__name__)
        metrics.consumer_paused.set(len(self._consumer.assignment()))
        await asyncio.sleep(self._pause)
        metrics.consumer_paused.set(0)
        self._pause = min(self._pause * 2, _SLOWEST)

    async def _abandon(self) -> None:
        """What is not committed is read again."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _received(topic: Topic, record: "ConsumerRecord[Any, Any]") -> Received:
    key = record.key.decode("utf-8", errors="replace") if record.key is not None else None
    return Received(topic.name, record.partition, record.offset, key, record.headers, record.value)
