"""New rows: by the thousand by binary COPY, a few of them by one INSERT."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

_FEW = 4
"""COPY waits for PostgreSQL three times and an INSERT once; by so many rows COPY has caught up."""


class Into:
    """A table, and the columns that its new rows have, each with its type."""

    def __init__(self, table: str, columns: Mapping[str, str]) -> None:
        names = ", ".join(columns)
        self._types = list(columns.values())
        self._copy = f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)".encode()
        self._insert = f"INSERT INTO {table} ({names}) VALUES "  # noqa: S608 - both are ours
        self._row = f"({', '.join(f'%b::{kind}' for kind in self._types)})"
        self._inserting = lru_cache(self._inserting_so_many)

    async def write(self, connection: AsyncConnection[TupleRow], rows: Sequence[Sequence[object]]) -> None:
        if len(rows) > _FEW:
            await self._copied(connection, rows)
        elif rows:
            await connection.execute(self._inserting(len(rows)), [value for row in rows for value in row])

    async def _copied(self, connection: AsyncConnection[TupleRow], rows: Sequence[Sequence[object]]) -> None:
        """Spelt row by row, sent at once: psycopg's `write_row` makes two coroutines a row and waits every 32 kB."""
        async with connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            copy.set_types(self._types)
            spell = copy.formatter.write_row
            await copy.writer.write(b"".join([spell(row) for row in rows]))

    def _inserting_so_many(self, rows: int) -> bytes:
        return (self._insert + ", ".join([self._row] * rows)).encode()
