"""An idempotent producer that never waits for ever: aiokafka's own can hang when the broker goes away (decision 13)."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.messaging.settings import KafkaSettings
from shared.storage.outbox import Waiting

_PATIENCE = 15.0
"""Seconds for a batch to be acknowledged. After that the producer is thrown away and the batch is sent again."""


class BrokerAway(Exception):
    """Kafka did not answer in time. What was sent may have arrived; sending it again is safe."""


class Producer:
    """Made on first use and again after a failure."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None

    async def publish(self, rows: Sequence[Waiting]) -> list[int]:
        """The `seq` of every row that Kafka has acknowledged, in order per key up to its first failure."""
        producer = await self._started()
        sent: list[tuple[Waiting, asyncio.Future[Any]]] = []
        refused: set[str] = set()
        for row in rows:
            if row.key not in refused:
                try:
                    sent.append((row, await asyncio.wait_for(self._send(producer, row), _PATIENCE)))
                except TimeoutError:
                    await self.close()
                    raise BrokerAway from None
                except KafkaError:
                    refused.add(row.key)
        return await self._acknowledged(sent)

    async def _send(self, producer: AIOKafkaProducer, row: Waiting) -> "asyncio.Future[Any]":
        topic = self._settings.prefix + row.topic
        future: asyncio.Future[Any] = await producer.send(
            topic, value=row.value, key=row.key.encode(), headers=row.header_pairs()
        )
        return future

    async def _acknowledged(self, sent: Sequence[tuple[Waiting, "asyncio.Future[Any]"]]) -> list[int]:
        if not sent:
            return []
        done, waiting = await asyncio.wait([future for _, future in sent], timeout=_PATIENCE)
        failed = {row.key for row, future in sent if future in waiting or future.exception()}
        if waiting:
            await self.close()
            if not done:
                raise BrokerAway
        return [row.seq for row, _ in sent if row.key not in failed]

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            self._producer = AIOKafkaProducer(
                bootstrap_servers=self._settings.bootstrap, enable_idempotence=True, request_timeout_ms=10_000
            )
            try:
                await asyncio.wait_for(self._producer.start(), _PATIENCE)
            except (KafkaError, TimeoutError, OSError):
                await self.close()
                raise BrokerAway from None
        return self._producer

    async def close(self) -> None:
        if self._producer is not None:
            producer, self._producer = self._producer, None
            await _stop(producer)


async def _stop(producer: AIOKafkaProducer) -> None:
    with suppress(KafkaError, TimeoutError, OSError):
        await asyncio.wait_for(producer.stop(), 5)
