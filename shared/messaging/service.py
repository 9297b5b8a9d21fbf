"""Everything a service does with Kafka, as one thing to start and stop: consumer, relay, retries, housekeeping."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from shared.messaging.consumer import Consumer
from shared.messaging.due import retry_due
from shared.messaging.received import Topic
from shared.messaging.relay import Relay
from shared.messaging.retries import Retries
from shared.messaging.settings import KafkaSettings
from shared.storage import deadletters, inbox, outbox
from shared.storage.database import Away, Database
from shared.telemetry.backlog import measure_backlog, measure_pool
from shared.telemetry.logs import logger

log = logger()
_RETRIES = timedelta(seconds=1)
_MEASURES = timedelta(seconds=5)
_RETENTION = timedelta(hours=1)


class Messaging:
    """`retries` is what the operations page and the command line use; `missing()` what readiness asks."""

    def __init__(self, settings: KafkaSettings, service: str, database: Database, topics: Sequence[Topic]) -> None:
        self._database = database
        self.consumer = Consumer(settings, service, database, topics)
        self.relay = Relay(settings, database.url)
        self._topics = {topic.name: topic for topic in topics}
        self.retries = Retries(database, self._topics)

    def missing(self) -> list[str]:
        return [] if self.consumer.connected else ["kafka"]

    async def answers(self) -> bool:
        """For readiness: whether the consumer has joined its group."""
        return not self.missing()

    async def run(self) -> None:
        """Until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.consumer.run())
            tasks.create_task(self.relay.run())
            tasks.create_task(_every(_RETRIES, self._retry))
            tasks.create_task(_every(_MEASURES, self._measure))
            tasks.create_task(_every(_RETENTION, self.forget_old))

    async def _retry(self) -> None:
        while await retry_due(self._database, self._topics, datetime.now(UTC)):
            pass

    async def _measure(self) -> None:
        measure_pool(self._database.statistics())
        async with self._database.reading() as connection:
            await measure_backlog(connection, datetime.now(UTC))

    async def forget_old(self) -> None:
        """What was kept long enough: published events, applied ones, dead letters."""
        async with self._database.work() as uow:
            for table in (inbox.forget_old, outbox.forget_published, deadletters.forget_old):
                await table(uow.connection, uow.now)


async def _every(span: timedelta, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Away:
            pass  # said by whoever needs the database for more than looking around
        except Exception:
            log.exception("housekeeping.failed")
        await asyncio.sleep(span.total_seconds())
