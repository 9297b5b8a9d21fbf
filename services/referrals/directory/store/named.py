"""Meetings by what somebody remembers of them: the day, a part of the name or the place, the organisation."""

from uuid import UUID

from services.referrals.directory.named import Asked
from services.referrals.directory.store.listed import SELECT, meeting_of
from shared.meetings import Meeting, occurrence_on
from shared.storage.database import Connection

_HELD_ON = f"""
{SELECT} WHERE weekday = %(weekday)s AND audience IN ('both', %(for)s)
    AND (%(organisation)s = '' OR organisation = %(organisation)s)
    AND (%(name)s = '' OR strpos(lower(concat_ws(' ', name, place_name, address)), lower(%(name)s)) > 0)
ORDER BY status <> 'active', start, name, meeting_id
"""
_CALLED = """
SELECT meeting_id FROM meeting WHERE status <> 'withdrawn'
    AND (strpos(lower(name), lower(%(name)s)) > 0 OR strpos(lower(place_name), lower(%(name)s)) > 0)
ORDER BY name COLLATE "C", meeting_id LIMIT %(most)s
"""


async def called(connection: Connection, name: str, most: int) -> list[UUID]:
    """Those that are held with this in their name or their place's, in any case; by name."""
    cursor = await connection.execute(_CALLED, {"name": name, "most": most})
    return [row[0] for row in await cursor.fetchall()]


async def held_on(connection: Connection, asked: Asked, limit: int) -> list[Meeting]:
    """Withdrawn ones come last: what was attended may be told late."""
    cursor = await connection.execute(
        _HELD_ON.encode(),
        {
            "weekday": asked.on.isoweekday(),
            "for": asked.for_,
            "name": asked.name,
            "organisation": asked.organisation,
        },
    )
    found: list[Meeting] = []
    async for row in cursor:
        meeting = meeting_of(row)
        if occurrence_on(meeting, asked.on):
            found.append(meeting)
        if len(found) == limit:
            break
    return found
