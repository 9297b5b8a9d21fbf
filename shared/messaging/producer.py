"""An idempotent producer that never waits for ever: aiokafka's own can hang when the broker goes away (decision 13)."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTimestampError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    TopicAuthorizationFailedError,
)

from shared.messaging.ending import abandon_producer, end_producer
from shared.messaging.settings import KafkaSettings
from shared.storage.outbox import Waiting

_PATIENCE = 15.0
"""Seconds for a batch to be acknowledged. After that the producer is thrown away and the batch is sent again."""
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

    async def publish(self, rows: Sequence[Waiting]) -> Delivery:
        """`BrokerAway` when nothing came of it."""
        outcomes = await self._outcomes(await self._started(), rows)
        delivery = _delivery(rows, outcomes)
        if len(delivery.acknowledged) < len(rows):
            # After a failure it numbers its batches as the broker does not expect them, or may still try to send.
            await self._abandon()
        if not delivery.acknowledged and not delivery.refused:
            raise BrokerAway
        return delivery

    async def _outcomes(self, producer: AIOKafkaProducer, rows: Sequence[Waiting]) -> Outcomes:
        outcomes: dict[int, BaseException | None] = {}
        sent: dict[int, asyncio.Future[Any]] = {}
        failed: set[str] = set()
        with suppress(KafkaError, TimeoutError):  # then there is no use in trying the rest
            async with asyncio.timeout(self._patience):
                for row in rows:
                    if row.key not in failed:
                        try:
                            sent[row.seq] = await self._send(producer, row)
                        except _REFUSALS as refusal:
                            outcomes[row.seq] = refusal
                            failed.add(row.key)
        if sent:
            await asyncio.wait(sent.values(), timeout=self._patience)
        return outcomes | {seq: future.exception() for seq, future in sent.items() if future.done()}

    async def _send(self, producer: AIOKafkaProducer, row: Waiting) -> "asyncio.Future[Any]":
        topic = self._settings.prefix + row.topic
        future: asyncio.Future[Any] = await producer.send(
            topic, value=row.value, key=row.key.encode(), headers=row.header_pairs()
        )
        return future

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            self._producer = AIOKafkaProducer(
                bootstrap_servers=self._settings.bootstrap, enable_idempotence=True, request_timeout_ms=10_000
            )
            try:
                await asyncio.wait_for(self._producer.start(), self._patience)
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
