"""From the outbox to Kafka: at least once, in order per key, one relay per service (decision 5)."""

import asyncio
from collections import Counter

import structlog

from shared.messaging.producer import BrokerAway, Producer
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Away
from shared.storage.outbox_watch import OutboxWatch
from shared.telemetry import metrics

log = structlog.get_logger()
BATCH = 2_000
_POLL = 1.0
"""Seconds after which it looks without having been told: a notification can be lost with a connection."""
_SLOWEST = 5.0


class Relay:
    """Runs until it is cancelled. Database or broker away: backs off and goes on.

    Nothing is marked as published before Kafka has acknowledged it.
    """

    def __init__(self, settings: KafkaSettings, database_url: str) -> None:
        self._url = database_url
        self._producer = Producer(settings)
        self.leading = False

    async def run(self) -> None:
        pause = 0.1
        try:
            while True:
                try:
                    await self._watch()
                    pause = 0.1
                except (*Away, BrokerAway) as error:
                    log.warning("relay.paused", error=type(error).__name__)
                self._leads(False)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _SLOWEST)
        finally:
            await self._producer.close()

    async def _watch(self) -> None:
        watch = await OutboxWatch.open(self._url)
        try:
            while not await watch.is_the_only_one():
                await watch.news(_POLL)
            self._leads(True)
            while True:
                if not await self.publish(watch):
                    await watch.news(_POLL)
        finally:
            await watch.close()

    async def publish(self, watch: OutboxWatch) -> bool:
        """One batch. Whether there may be more at once: a key that is stuck must not make it spin."""
        rows = await watch.unpublished(BATCH)
        if not rows:
            return False
        published = set(await self._producer.publish(rows))
        await watch.mark_published(list(published))
        for topic, count in Counter(row.topic for row in rows if row.seq in published).items():
            metrics.events_published.labels(topic).inc(count)
        if len(published) < len(rows):
            log.warning("relay.key-stuck", waiting=len(rows) - len(published))
        return len(published) == BATCH

    def _leads(self, leads: bool) -> None:
        self.leading = leads
        metrics.relay_leading.set(leads)
