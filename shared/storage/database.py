"""A service's database: one pool, one transaction per unit of work, plain reads beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from shared.events.contract import Contract
from shared.events.envelope import Event, Written
from shared.storage import outbox
from shared.storage.keyring import Keyring
from shared.storage.outbox import Tombstone
from shared.storage.pools import pool

Connection = AsyncConnection[TupleRow]
Away = (psycopg.OperationalError, psycopg.InterfaceError)
"""What psycopg raises when the database is not there, or asks to be tried again (deadlock, serialization)."""
_TOO_MUCH = "54"
"""SQLSTATE's class for what exceeds a limit of PostgreSQL, for instance a text that no index takes: it always will."""


def is_away(error: Exception) -> bool:
    """Whether the database is to be waited for. False: what it was asked for fails for its own reason."""
    return isinstance(error, Away) and not (error.sqlstate or "").startswith(_TOO_MUCH)


@dataclass(slots=True)
class UnitOfWork:
    """One transaction: what is read, changed and said in it stands or falls together. `now` is the same throughout.

    `correlation`: what the caller calls all of this; said with every event that answers no other one.
    """

    connection: Connection
    keys: Keyring
    service: str
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    correlation: UUID | None = None
    _said: list[Event[Contract | Written] | Tombstone] = field(default_factory=list)

    def say(self, *events: Event[Contract | Written]) -> None:
        """Published after the commit, at least once, in order per key."""
        self._said.extend(events if self.correlation is None else map(self._correlated, events))

    def _correlated(self, event: Event[Contract | Written]) -> Event[Contract | Written]:
        return event if event.correlationid else replace(event, correlationid=str(self.correlation))

    def bury(self, topic: str, key: str) -> None:
        """A tombstone on a compacted topic."""
        self._said.append(Tombstone(topic, key))

    async def flush(self) -> None:
        await outbox.write(self.connection, self._said, self.now)
        self._said = []


_PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan -c enable_memoize=off"


class Database:
    """Opened lazily: a service starts, and says what is missing, before its database is there.

    Plain reads have connections of their own, always in autocommit: to switch it to and fro costs as much as the read.
    """

    def __init__(self, url: str, keys: Keyring, service: str, *, largest: int = 8, largest_reading: int = 4) -> None:
        self.url = url
        self.keys = keys
        self.service = service
        plain = {"prepare_threshold": 2, "autocommit": True}
        self._pool = pool(url, service, largest, prepare_threshold=2)
        self._reads = pool(url, f"{service}-reading", largest_reading, **plain)
        self._hot = pool(url, f"{service}-hot", largest_reading, smallest=0, options=_PLANNED_ONCE, **plain)
        self._checking: asyncio.Task[None] | None = None

    async def open(self) -> None:
        for each in (self._pool, self._reads, self._hot):
            await each.open(wait=False)

    async def close(self) -> None:
        if self._checking:
            self._checking.cancel()
        for each in (self._hot, self._reads, self._pool):
            await each.close()

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that commits when the block ends well, outbox included, and otherwise leaves nothing."""
        async with self._pool.connection() as connection:
            uow = UnitOfWork(connection, self.keys, self.service)
            try:
                yield uow
                await uow.flush()
            finally:
                self._doubt_others_if_lost(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A connection without a transaction around it, for single statements: each is one by itself."""
        async with self._reads.connection() as connection:
            try:
                yield connection
            finally:
                self._doubt_others_if_lost(connection)

    @asynccontextmanager
    async def hot_reading(self) -> AsyncIterator[Connection]:
        """As `reading`, for the few statements that are run thousands of times: planned once, for all values alike.

        PostgreSQL would else plan a search by key anew each time, at twice the cost of carrying it out.
        """
        async with self._hot.connection() as connection:
            try:
                yield connection
            finally:
                self._doubt_others_if_lost(connection)

    async def answers(self) -> bool:
        """Whether there is a connection within a second, and a query comes back on it."""
        try:
            async with self._pool.connection(timeout=1) as connection:
                await connection.execute("SELECT 1")
        except Exception:  # readiness wants yes or no, whatever the reason
            return False
        return True

    def statistics(self) -> dict[str, Any]:
        return dict(self._pool.get_stats())

    def _doubt_others_if_lost(self, connection: Connection) -> None:
        """When the server went away it took all: whoever got one of the others would fail as well."""
        if connection.broken and (self._checking is None or self._checking.done()):
            self._checking = asyncio.create_task(self._check())

    async def _check(self) -> None:
        for each in (self._pool, self._reads, self._hot):
            with suppress(psycopg.Error):
                await each.check()
