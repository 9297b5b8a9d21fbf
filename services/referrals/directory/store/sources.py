"""SQL of the sources that feeds are fetched from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from services.referrals.directory.source import Source
from shared.fetching import Validators
from shared.storage.database import Connection

_COLUMNS = ", ".join(field.name for field in fields(Source))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Source):
    """A source and how it stands: `applied_at` when it was taken last, `seen_at` when it was there, newer or not."""

    due_at: datetime
    failures: int
    etag: str | None
    last_modified: str | None
    applied_at: datetime | None
    seen_at: datetime | None

    @property
    def validators(self) -> Validators:
        return Validators(self.etag, self.last_modified)


_STANDING = f"SELECT {', '.join(field.name for field in fields(Standing))} FROM directory_source"  # noqa: S608


async def add(connection: Connection, source: Source, by: str, now: datetime) -> bool:
    """Due at once. False when there is one of this feed."""
    values = [getattr(source, field.name) for field in fields(Source)]
    marks = ", ".join(["%s"] * len(values))
    insert = (
        f"INSERT INTO directory_source ({_COLUMNS}, added_at, added_by, due_at) VALUES ({marks}, %s, %s, %s) "  # noqa: S608
        "ON CONFLICT (feed) DO NOTHING"
    )
    return (await connection.execute(insert.encode(), (*values, now, by, now))).rowcount == 1


async def remove(connection: Connection, source_id: UUID) -> bool:
    """Its meetings stay listed."""
    return (await connection.execute("DELETE FROM directory_source WHERE source_id = %s", (source_id,))).rowcount == 1


async def all_of_them(connection: Connection) -> Sequence[Standing]:
    async with connection.cursor(row_factory=class_row(Standing)) as cursor:
        return await (await cursor.execute(f"{_STANDING} ORDER BY area, feed".encode())).fetchall()


async def one(connection: Connection, source_id: UUID) -> Standing | None:
    async with connection.cursor(row_factory=class_row(Standing)) as cursor:
        return await (await cursor.execute(f"{_STANDING} WHERE source_id = %s".encode(), (source_id,))).fetchone()


async def due(connection: Connection, now: datetime) -> Sequence[Standing]:
    """Held until the transaction ends; those that another instance has at the moment are its own."""
    query = f"{_STANDING} WHERE due_at <= %s ORDER BY due_at LIMIT 10 FOR UPDATE SKIP LOCKED"
    async with connection.cursor(row_factory=class_row(Standing)) as cursor:
        return await (await cursor.execute(query.encode(), (now,))).fetchall()


async def put_off(connection: Connection, source_id: UUID, until: datetime) -> None:
    await connection.execute("UPDATE directory_source SET due_at = %s WHERE source_id = %s", (until, source_id))


async def failed(connection: Connection, source_id: UUID, failures: int, until: datetime) -> None:
    update = "UPDATE directory_source SET failures = %s, due_at = %s WHERE source_id = %s"
    await connection.execute(update, (failures, until, source_id))


async def was_there(connection: Connection, source_id: UUID, now: datetime) -> None:
    update = "UPDATE directory_source SET failures = 0, seen_at = %s WHERE source_id = %s"
    await connection.execute(update, (now, source_id))


async def applied(connection: Connection, source_id: UUID, validators: Validators, now: datetime) -> None:
    update = "UPDATE directory_source SET applied_at = %s, etag = %s, last_modified = %s WHERE source_id = %s"
    await connection.execute(update, (now, validators.etag, validators.last_modified, source_id))


async def forget_validators(connection: Connection, feed: str) -> None:
    """What is listed now came from elsewhere: the next time all of it is fetched."""
    await connection.execute("UPDATE directory_source SET etag = NULL, last_modified = NULL WHERE feed = %s", (feed,))


async def unchanged(connection: Connection, feed: str, on: date) -> int:
    """All that was in the feed when it was read last is in it today, since it is the same. How many these are."""
    update = """
    UPDATE meeting SET in_feed_on = %(on)s WHERE feed = %(feed)s AND status <> 'withdrawn'
    AND in_feed_on = (SELECT max(in_feed_on) FROM meeting WHERE feed = %(feed)s AND status <> 'withdrawn')
    """
    return (await connection.execute(update, {"feed": feed, "on": on})).rowcount
