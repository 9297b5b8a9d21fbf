"""Commits offsets beside the work, one commit at a time: what is done meanwhile goes with the next."""

import asyncio
from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from shared.telemetry.logs import logger

log = logger()
_PATIENCE = 15.0


class Offsets:
    """Of one session. What is not committed when it ends is read again, and found in the inbox."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer
        self._reached: dict[TopicPartition, int] = {}
        self._commit: asyncio.Task[None] | None = None

    def reached(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Where each partition is to be read on. Raises what Kafka had against the last commit."""
        self._reached |= offsets
        if self._commit is not None and self._commit.done():
            ended, self._commit = self._commit, None
            ended.result()
        if self._commit is None and self._reached:
            self._commit = asyncio.create_task(self._committed(self._reached))
            self._reached = {}

    async def abandon(self) -> None:
        if self._commit is not None:
            self._commit.cancel()
            await asyncio.gather(self._commit, return_exceptions=True)

    async def _committed(self, offsets: dict[TopicPartition, int]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):  # `wait_for` may forget that we were cancelled (Python 3.11)
                await self._consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError):
            log.info("offsets.not-ours", partitions=len(offsets))
