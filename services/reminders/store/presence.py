"""How others see that a worker is still there: a lock on a connection of its own, which ends with its process."""

from types import TracebackType
from typing import Self

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from shared.storage.database import Away


class Presence:
    """`worker` is the number that it signs messages with. Entering raises `Away` when the database is."""

    def __init__(self, url: str, worker: int) -> None:
        self._url = url
        self._worker = worker
        self._connection: AsyncConnection[TupleRow] | None = None
        self._held = False

    async def __aenter__(self) -> Self:
        await self.renew()
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def renew(self) -> None:
        """Takes the lock again if the connection was lost; as long as its old session lives on, that one holds it."""
        if self._connection is None or not await _answers(self._connection):
            self._connection = await AsyncConnection.connect(self._url, autocommit=True)
            self._held = False
        if not self._held:
            answer = await self._connection.execute("SELECT pg_try_advisory_lock(%s)", (self._worker,))
            row = await answer.fetchone()
            self._held = row is not None and row[0]


async def _answers(connection: AsyncConnection[TupleRow]) -> bool:
    try:
        await connection.execute("SELECT 1")
    except Away:
        await connection.close()
        return False
    return True
