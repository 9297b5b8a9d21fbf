"""The directory, as far as it was heard."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from services.reminders.domain.commitments import Listing
from shared.events.directory import MeetingListed
from shared.meetings import Meeting
from shared.storage.database import Connection

_EXPECT = "INSERT INTO meeting (meeting_id) SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING"
_SHARE = "SELECT listed, said_at FROM meeting WHERE meeting_id = ANY(%s) ORDER BY meeting_id FOR SHARE"
_LIST = """
INSERT INTO meeting (meeting_id, listed, said_at)
SELECT * FROM unnest(%s::uuid[], %s::jsonb[], %s::timestamptz[]) AS said (meeting_id, listed, said_at)
ORDER BY meeting_id
ON CONFLICT (meeting_id) DO UPDATE SET listed = excluded.listed, said_at = excluded.said_at
WHERE meeting.said_at IS NULL OR meeting.said_at <= excluded.said_at
RETURNING meeting_id
"""


@dataclass(frozen=True, slots=True)
class Said:
    meeting: MeetingListed
    at: datetime

    @property
    def listing(self) -> Listing:
        return Listing(Meeting(**dict(self.meeting)), self.at)


async def held(connection: Connection, ids: Collection[UUID]) -> dict[UUID, Listing]:
    """What is known of them; what changes about them meanwhile waits until the transaction ends."""
    await connection.execute(_EXPECT, (sorted(ids),))
    rows = await (await connection.execute(_SHARE, (list(ids),))).fetchall()
    known = [Said(MeetingListed.model_validate(listed, extra="ignore"), said) for listed, said in rows if listed]
    return {said.meeting.meeting_id: said.listing for said in known}


async def take(connection: Connection, said: Iterable[Said]) -> dict[UUID, Listing]:
    """Keeps what is not older than what is known already, and answers that. Meets nobody who holds the meeting."""
    latest = {each.meeting.meeting_id: each for each in sorted(said, key=lambda each: each.at)}
    listed = [Jsonb(each.meeting.model_dump(mode="json")) for each in latest.values()]
    columns = (list(latest), listed, [each.at for each in latest.values()])
    taken = await (await connection.execute(_LIST.encode(), columns)).fetchall()
    return {row[0]: latest[row[0]].listing for row in taken}
