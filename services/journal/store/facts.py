"""Attendance facts: written once, read by id, by occasion and by client.

No row is locked: the `nth` word about an occasion can be written once only. Who comes second has to look again.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from psycopg import OperationalError
from psycopg.errors import UniqueViolation

from services.journal.domain.attendance import Fact
from shared.storage.arrays import Dates, Uuids
from shared.storage.copying import Into
from shared.storage.database import Connection

_COLUMNS = {
    "fact_id": "uuid",
    "client": "uuid",
    "provider": "text",
    "team": "text",
    "meeting_id": "uuid",
    "date": "date",
    "nth": "int4",
    "start": "timestamptz",
    "outcome": "text",
    "reported_by": "text",
    "source": "text",
    "observed_at": "timestamptz",
    "corrects": "uuid",
    "content": "bytea",
}
_FIELDS = ", ".join(_COLUMNS)
_BY_ID = f"SELECT {_FIELDS} FROM fact WHERE fact_id = ANY(%b)"  # noqa: S608
_BY_OCCASION = f"""
SELECT {_FIELDS} FROM fact JOIN unnest(%b, %b, %b) AS asked (client, meeting_id, date)
USING (client, meeting_id, date) ORDER BY nth
"""  # noqa: S608
_OF_CLIENT = f"SELECT {_FIELDS}, recorded_at FROM fact WHERE client = %b ORDER BY nth"  # noqa: S608
_NEW = Into("fact", {**_COLUMNS, "recorded_at": "timestamptz"})


class Raced(OperationalError):
    """Another transaction recorded the same event, or another word about the same occasion, meanwhile.

    Ask again and it is found: so it counts as *away*.
    """


async def by_id(connection: Connection, ids: Collection[UUID]) -> list[Fact]:
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_BY_ID, (Uuids(ids),))
        return [Fact(*row) for row in await cursor.fetchall()]


async def by_occasion(connection: Connection, alike: Collection[Fact]) -> list[Fact]:
    """About the same occasions as these; of each in the order in which they were recorded."""
    if not alike:
        return []
    clients, meetings = Uuids([fact.client for fact in alike]), Uuids([fact.meeting_id for fact in alike])
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_BY_OCCASION, (clients, meetings, Dates([fact.date for fact in alike])))
        return [Fact(*row) for row in await cursor.fetchall()]


async def of_client(connection: Connection, client: UUID) -> list[tuple[Fact, datetime]]:
    """Each with when it was recorded, in that order."""
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_OF_CLIENT, (client,))
        return [(Fact(*row[:-1]), row[-1]) for row in await cursor.fetchall()]


async def add(connection: Connection, facts: Sequence[Fact], recorded_at: datetime) -> None:
    """`Raced` when one of them was recorded by somebody else since it was looked for."""
    try:
        await _NEW.write(connection, [_row(fact, recorded_at) for fact in facts])
    except UniqueViolation:
        raise Raced from None


def _row(fact: Fact, recorded_at: datetime) -> tuple[object, ...]:
    return (
        fact.fact_id,
        fact.client,
        fact.provider,
        fact.team,
        fact.meeting_id,
        fact.date,
        fact.nth,
        fact.start,
        fact.outcome,
        fact.reported_by,
        fact.source,
        fact.observed_at,
        fact.corrects,
        fact.content,
        recorded_at,
    )


async def forget_client(connection: Connection, client: UUID) -> None:
    await connection.execute("DELETE FROM fact WHERE client = %s", (client,))
