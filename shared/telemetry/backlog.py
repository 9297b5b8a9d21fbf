"""What waits in a service's database, as gauges."""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import Gauge

from shared.storage.backlog import Backlog, backlog
from shared.storage.database import Connection
from shared.telemetry import metrics


async def measure_backlog(connection: Connection, now: datetime) -> Backlog:
    """For whoever keeps house, every few seconds: between the calls ages stand still."""
    found = await backlog(connection)
    metrics.outbox_unpublished.set(found.unpublished)
    metrics.outbox_age_seconds.set(_age(found.oldest_unpublished, now))
    metrics.parked_age_seconds.set(_age(found.oldest_parked, now))
    _set_by_topic(metrics.parked_events, found.parked)
    _set_by_topic(metrics.dead_letters, found.dead_letters)
    return found


def measure_pool(statistics: Mapping[str, int]) -> None:
    """From `Database.statistics()`."""
    size, idle = statistics.get("pool_size", 0), statistics.get("pool_available", 0)
    metrics.database_connections.labels("idle").set(idle)
    metrics.database_connections.labels("busy").set(size - idle)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _set_by_topic(gauge: Gauge, counts: Mapping[str, int]) -> None:
    """A topic that nothing waits on any more must not keep its last number."""
    gauge.clear()
    for topic, count in counts.items():
        gauge.labels(topic).set(count)
