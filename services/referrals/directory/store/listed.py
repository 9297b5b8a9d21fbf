"""SQL of the directory's meetings."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.referrals.directory.index import Row
from shared.meetings import Meeting
from shared.storage.copying import Into
from shared.storage.database import Connection

_COLUMNS = {
    "meeting_id": "uuid",
    "feed": "text",
    "source_id": "text",
    "name": "text",
    "organisation": "text",
    "format": "text",
    "place_name": "text",
    "address": "text",
    "finding_the_door": "text",
    "latitude": "float8",
    "longitude": "float8",
    "online_link": "text",
    "weekday": "int2",
    "start": "time",
    "length": "int2",
    "time_zone": "text",
    "kinds": "text[]",
    "audience": "text",
    "for_what": "text[]",
    "status": "text",
    "in_feed_on": "date",
    "confirmed_on": "date",
    "every_weeks": "int2",
    "counted_from": "date",
    "weeks_of_month": "int2[]",
}
_LISTS = ("kinds", "for_what", "weeks_of_month")
SELECT = f"SELECT {', '.join(_COLUMNS)} FROM meeting"  # noqa: S608
# Meetings of one slot together, and in it as they are to be listed (see `index.Row`).
_INDEXED = f"""
SELECT {", ".join(Row._fields)} FROM meeting WHERE status = 'active'
ORDER BY weekday, start, length, time_zone, every_weeks, counted_from, weeks_of_month, name COLLATE "C", meeting_id
"""  # noqa: S608
_VERSION = "SELECT version, (SELECT coalesce(max(number), 0) FROM meeting_confirmed) FROM directory_version"
_CONFIRMED = "SELECT number, meeting_id, confirmed_on FROM meeting_confirmed WHERE number > %s ORDER BY number"
# The row lock makes writers take turns until they have committed: a version never appears before a smaller one.
_NEXT = "UPDATE directory_version SET version = version + 1"
_NEW = Into("meeting", _COLUMNS)


async def meetings(connection: Connection, ids: Collection[UUID]) -> dict[UUID, Meeting]:
    """Those of them that the directory holds, withdrawn ones included: what was attended may be told late."""
    cursor = await connection.execute(f"{SELECT} WHERE meeting_id = ANY(%s)".encode(), (list(ids),))
    return {row[0]: meeting_of(row) for row in await cursor.fetchall()}


async def hold(connection: Connection, meeting_id: UUID) -> None:
    """Until the end of the transaction it does not change: a change that is under way is waited for.

    To be asked before a pathway is locked, as an import does it. What is read afterwards is as it is.
    """
    await connection.execute("SELECT FROM meeting WHERE meeting_id = %s FOR SHARE", (meeting_id,))


async def whose(connection: Connection, ids: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """For whom each is (self, family or both), and of which organisation."""
    query = "SELECT meeting_id, audience, organisation FROM meeting WHERE meeting_id = ANY(%s)"
    cursor = await connection.execute(query, (list(ids),))
    return {meeting_id: (audience, organisation) for meeting_id, audience, organisation in await cursor.fetchall()}


async def meetings_of_feed(connection: Connection, feed: str) -> dict[UUID, Meeting]:
    cursor = await connection.execute(f"{SELECT} WHERE feed = %s".encode(), (feed,))
    return {meeting.meeting_id: meeting for meeting in await _many(await cursor.fetchall())}


async def version(connection: Connection) -> tuple[int, int]:
    """Moves on in every transaction that changes what can be asked of meetings; and the last confirmation's number."""
    [(number, confirmed)] = await (await connection.execute(_VERSION)).fetchall()
    return int(number), int(confirmed)


async def confirm(connection: Connection, meeting_id: UUID, on: date) -> None:
    """By itself no new version: a country's index would be built anew for every meeting that somebody confirms."""
    # Writers take turns, so that numbers appear in their order.
    await connection.execute("SELECT FROM directory_version FOR UPDATE")
    await connection.execute("UPDATE meeting SET confirmed_on = %s WHERE meeting_id = %s", (on, meeting_id))
    await connection.execute(
        "INSERT INTO meeting_confirmed (meeting_id, confirmed_on) VALUES (%s, %s)", (meeting_id, on)
    )


async def confirmations(connection: Connection, after: int) -> list[tuple[int, UUID, date]]:
    """Their numbers, meetings and days."""
    return [(row[0], row[1], row[2]) for row in await (await connection.execute(_CONFIRMED, (after,))).fetchall()]


async def rows_to_index(connection: Connection) -> list[Row]:
    cursor = await connection.execute(_INDEXED.encode())
    rows = await cursor.fetchall()
    return await asyncio.to_thread(lambda: [Row(*row) for row in rows])


async def feed_is_mine(connection: Connection, feed: str) -> None:
    """Until the end of the transaction: two imports of one feed take turns."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('directory feed ' || %s, 0))", (feed,))


async def put(connection: Connection, changed: Sequence[Meeting]) -> None:
    """New ones beside those that stay, and in the place of what stood under their id."""
    ids = [meeting.meeting_id for meeting in changed]
    await connection.execute(_NEXT)
    await connection.execute("DELETE FROM meeting WHERE meeting_id = ANY(%s)", (ids,))
    await _NEW.write(connection, [[*_values(meeting)] for meeting in changed])


async def seen_again(connection: Connection, ids: Collection[UUID], on: date) -> None:
    """They were in the feed, as they stand here."""
    await connection.execute(
        "UPDATE meeting SET in_feed_on = %(on)s WHERE meeting_id = ANY(%(ids)s) AND in_feed_on <> %(on)s",
        {"ids": list(ids), "on": on},
    )


async def _many(rows: Sequence[Sequence[Any]]) -> list[Meeting]:
    """In a thread: a country's list takes a second, and others wait for their answers."""
    return await asyncio.to_thread(lambda: [meeting_of(row) for row in rows])


def meeting_of(row: Sequence[Any]) -> Meeting:
    said = dict(zip(_COLUMNS, row, strict=True))
    return Meeting(**said | {column: tuple(said[column]) for column in _LISTS if said[column] is not None})


def _values(meeting: Meeting) -> Iterator[object]:
    for column in _COLUMNS:
        value = getattr(meeting, column)
        yield list(value) if isinstance(value, tuple) else value
