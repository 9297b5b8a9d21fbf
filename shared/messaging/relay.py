"""From the outbox to Kafka: at least once, in order per key, one relay per service (decision 5)."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from time import monotonic

from shared.messaging.producer import BrokerAway, Delivery, Producer
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Away
from shared.storage.outbox import Waiting
from shared.storage.outbox_watch import OutboxWatch
from shared.telemetry import metrics
from shared.telemetry.logs import logger

log = logger()
BATCH = 2_000
_POLL = 1.0
"""Seconds after which it looks without having been told: a notification can be lost with a connection."""
_SHORTEST, _SLOWEST = 0.1, 5.0
_REFUSED_FOR = 30.0
"""Seconds until a key is tried again that Kafka refused; meanwhile it holds nobody else up."""


class Relay:
    """Runs until it is cancelled. Database or broker away: backs off and goes on.

    Nothing is marked as published before Kafka has acknowledged it. `patience`: seconds that Kafka has for a batch.
    """

    def __init__(self, settings: KafkaSettings, database_url: str, *, patience: float = 15.0) -> None:
        self._url = database_url
        self._producer = Producer(settings, patience)
        self._refused: set[str] = set()
        self._again_at = 0.0
        self.leading = False

    async def run(self) -> None:
        pause = _SHORTEST
        try:
            while True:
                began = monotonic()
                try:
                    await self._watch()
                except (*Away, BrokerAway) as error:
                    log.warning("relay.paused", error=type(error).__name__)
                except Exception:
                    log.exception("relay.restarted")
                self._leads(False)
                pause = _SHORTEST if monotonic() - began > _SLOWEST else min(pause * 2, _SLOWEST)
                await asyncio.sleep(pause)
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
        """One batch. Whether there may be more at once."""
        if monotonic() >= self._again_at:
            self._refused.clear()
        rows = await watch.unpublished(BATCH, self._refused)
        if not rows:
            return False
        delivery = await self._producer.publish(rows)
        await watch.mark_published(delivery.acknowledged)
        self._note(rows, delivery)
        return len(rows) == BATCH or len(delivery.acknowledged) < len(rows)

    def _note(self, rows: Sequence[Waiting], delivery: Delivery) -> None:
        topics = {row.seq: row.topic for row in rows}
        for topic, count in Counter(topics[seq] for seq in delivery.acknowledged).items():
            metrics.events_published.labels(topic).inc(count)
        for seq, error in delivery.refused.items():
            log.error("event.refused", topic=topics[seq], seq=seq, error=error)
        if delivery.refused:
            self._refused |= {row.key for row in rows if row.seq in delivery.refused}
            self._again_at = monotonic() + _REFUSED_FOR

    def _leads(self, leads: bool) -> None:
        self.leading = leads
        metrics.relay_leading.set(leads)
