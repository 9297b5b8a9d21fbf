"""Rows by the thousand, by binary COPY."""

from collections.abc import Iterable, Sequence

from psycopg import AsyncConnection
from psycopg.rows import TupleRow


async def copy_rows(
    connection: AsyncConnection[TupleRow], statement: str, types: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """`statement`: COPY … FROM STDIN (FORMAT BINARY); `types`: of its columns.

    Spelt row by row and sent at once: psycopg's `write_row` makes two coroutines for each row, and waits every 32 kB.
    """
    async with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.set_types(types)
        spell = copy.formatter.write_row
        await copy.writer.write(b"".join([spell(row) for row in rows]))
