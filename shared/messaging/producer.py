"""An idempotent producer that never waits for ever: aiokafka's own can hang when the broker goes away (decision 13)."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    InvalidTimestampError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
from aiokafka.partitioner import murmur2
from aiokafka.producer.message_accumulator import BatchBuilder

from shared.messaging.ending import abandon_producer, end_producer
from shared.messaging.settings import KafkaSettings
from shared.storage.outbox import Waiting

_PATIENCE = 15.0
"""Seconds for a batch to be acknowledged. After that the producer is thrown away and the batch is sent again."""
_BATCH = 512 * 1024
"""Bytes; by default Kafka takes twice as much."""
_REFUSALS = (
    InvalidTimestampError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)
"""What Kafka says of a record that it will never take. Anything else is its own trouble, or this producer's."""
Outcomes = Mapping[int, BaseException | None]
"""By `seq`; none: Kafka has it. What is missing was not sent, or nobody knows."""


class BrokerAway(Exception):
    """Kafka did not answer in time. What was sent may have arrived; sending it again is safe."""


@dataclass(slots=True)
class Delivery:
    """In order per key up to its first failure: the `seq` of rows that Kafka has, and of those that it refuses why."""

    acknowledged: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


class Producer:
    """Made on first use and again after a failure. `patience`: seconds that Kafka has for a batch."""

    def __init__(self, settings: KafkaSettings, patience: float = _PATIENCE) -> None:
        self._settings = settings
        self._patience = patience
        self._producer: AIOKafkaProducer | None = None
        self._singly = False

    async def publish(self, rows: Sequence[Waiting]) -> Delivery:
        """`BrokerAway` when nothing came of it."""
        producer, at_most, self._singly = await self._started(), 1 if self._singly else len(rows), False
        outcomes = await self._outcomes(producer, rows, at_most)
        delivery = _delivery(rows, outcomes)
        if len(delivery.acknowledged) < len(rows):
            # After a failure it numbers its batches as the broker does not expect them, or may still try to send.
            await self._abandon()
        if not delivery.acknowledged and not delivery.refused:
            raise BrokerAway
        return delivery

    async def _outcomes(self, producer: AIOKafkaProducer, rows: Sequence[Waiting], at_most: int) -> Outcomes:
        outcomes: dict[int, BaseException | None] = {}
        with suppress(KafkaError, TimeoutError):
            async with asyncio.timeout(self._patience):
                parts = await _by_partition(producer, self._settings.prefix, rows)
                await asyncio.gather(
                    *(self._deliver(producer, at, part, at_most, outcomes) for at, part in parts.items())
                )
        return outcomes

    async def _deliver(
        self,
        producer: AIOKafkaProducer,
        at: TopicPartition,
        rows: Sequence[Waiting],
        at_most: int,
        outcomes: dict[int, BaseException | None],
    ) -> None:
        """A partition's rows: each batch when the one before it is acknowledged, so that none overtakes another."""
        while rows:
            batch, sent = _filled(producer.create_batch(), rows[:at_most])
            try:
                await (await producer.send_batch(batch, at.topic, partition=at.partition))
            except _REFUSALS as refusal:
                if len(sent) == 1:
                    outcomes[sent[0].seq] = refusal
                else:
                    self._singly = True  # which of them it was is seen when each is sent by itself
                return
            outcomes.update((row.seq, None) for row in sent)
            rows = rows[len(sent) :]

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            self._producer = AIOKafkaProducer(
                bootstrap_servers=self._settings.bootstrap,
                enable_idempotence=True,
                request_timeout_ms=10_000,
                max_batch_size=_BATCH,
            )
            try:
                async with asyncio.timeout(self._patience):
                    await self._producer.start()
            except (KafkaError, TimeoutError, OSError):
                await self._abandon()
                raise BrokerAway from None
        return self._producer

    async def _abandon(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await abandon_producer(producer)

    async def close(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await end_producer(producer)


async def _by_partition(
    producer: AIOKafkaProducer, prefix: str, rows: Sequence[Waiting]
) -> dict[TopicPartition, list[Waiting]]:
    counts = {topic: len(await producer.partitions_for(prefix + topic)) for topic in {row.topic for row in rows}}
    parts: defaultdict[TopicPartition, list[Waiting]] = defaultdict(list)
    for row in rows:
        parts[TopicPartition(prefix + row.topic, _hashed(row.key) % counts[row.topic])].append(row)
    return parts


@lru_cache(maxsize=50_000)
def _hashed(key: str) -> int:
    """As every Kafka client places a key. aiokafka's is Python; the same people are spoken of again and again."""
    return int(murmur2(key.encode())) & 0x7FFFFFFF


def _filled(batch: BatchBuilder, rows: Sequence[Waiting]) -> tuple[BatchBuilder, Sequence[Waiting]]:
    """As many of the rows as it holds, and which these are: the first one always."""
    for number, row in enumerate(rows):
        if batch.append(timestamp=None, key=row.key.encode(), value=row.value, headers=row.header_pairs()) is None:
            return batch, rows[:number]
    batch.close()
    return batch, rows


def _delivery(rows: Sequence[Waiting], outcomes: Outcomes) -> Delivery:
    delivery = Delivery()
    failed: set[str] = set()
    for row in rows:
        if row.key in failed:
            continue
        outcome = outcomes.get(row.seq, TimeoutError())
        if outcome is None:
            delivery.acknowledged.append(row.seq)
            continue
        failed.add(row.key)
        if isinstance(outcome, _REFUSALS):
            delivery.refused[row.seq] = type(outcome).__name__
    return delivery
