"""What waits in a service's database, measured for `/metrics` and the operations page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import Gauge

from shared.storage.database import Connection
from shared.telemetry import metrics


@dataclass(frozen=True, slots=True)
class Backlog:
    """Counts are by topic. Times are when the one that has waited longest began to wait; none if nothing waits."""

    unpublished: int
    oldest_unpublished: datetime | None
    oldest_parked: datetime | None
    parked: Mapping[str, int]
    dead_letters: Mapping[str, int]


_QUERY = """
SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL),
       (SELECT recorded_at FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1),
       (SELECT min(parked_at) FROM parked),
       (SELECT coalesce(json_object_agg(topic, n), '{}') FROM (SELECT topic, count(*) n FROM parked GROUP BY 1) p),
       (SELECT coalesce(json_object_agg(topic, n), '{}') FROM (SELECT topic, count(*) n FROM dead_letter GROUP BY 1) d)
"""


async def backlog(connection: Connection) -> Backlog:
    row = await (await connection.execute(_QUERY)).fetchone()
    assert row is not None  # noqa: S101 - a query of subselects always has one row
    return Backlog(*row)


async def measure_backlog(connection: Connection, now: datetime) -> Backlog:
    """Sets the gauges. For whoever keeps house, every few seconds: between the calls ages stand still."""
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
