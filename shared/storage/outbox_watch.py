"""The relay's own connection: direct (no pooler between), listening, holding the lock that makes it the only relay."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import aclosing

import psycopg

from shared.storage import outbox
from shared.storage.outbox import Connection, Waiting
from shared.storage.pools import ALIVE

_LOCK = 0x72656C61  # "rela"


class OutboxWatch:
    """Opened anew after each failure: the lock and LISTEN live and die with the connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    async def open(cls, url: str) -> "OutboxWatch":
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=5, **ALIVE)
        # What is to be published next is read off the index. Without this a large backlog is sorted for each batch.
        await connection.execute("SET enable_sort = off; SET enable_bitmapscan = off; SET enable_seqscan = off")
        await connection.execute("LISTEN outbox")
        return cls(connection)

    async def is_the_only_one(self) -> bool:
        """Whether this connection holds the relay's lock; another instance takes over when it ends."""
        row = await (await self._connection.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,))).fetchone()
        return bool(row and row[0])

    async def unpublished(self, limit: int, but: Collection[str] = ()) -> list[Waiting]:
        return await outbox.unpublished(self._connection, limit, but)

    async def mark_published(self, seqs: Sequence[int]) -> None:
        await outbox.mark_published(self._connection, seqs)

    async def news(self, at_most: float) -> None:
        """Comes back when something was written to the outbox, or after that many seconds."""
        async with aclosing(self._connection.notifies(timeout=at_most, stop_after=1)) as notifications:
            async for _ in notifications:
                return

    async def close(self) -> None:
        await asyncio.shield(self._connection.close())
