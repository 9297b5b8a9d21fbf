"""Meetings for somebody who helps a client to choose one."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referrals.directory.choosing import Found, Wanted, choose, coming, period_problem
from services.referrals.directory.store import listed, meetings
from shared.problems import Refused
from shared.storage.database import Connection

_SHOWN_AHEAD = timedelta(days=28)


async def find_meetings(connection: Connection, wanted: Wanted) -> list[Found]:
    now = datetime.now(UTC)
    if problem := period_problem(wanted, now):
        raise Refused(problem)
    fitting = await listed.meetings_wanted(connection, wanted)
    # In a thread: a whole country's list takes a second, and others wait for their answers.
    return await asyncio.to_thread(choose, fitting, wanted, now)


async def find_meeting(connection: Connection, meeting_id: UUID) -> Found | None:
    """Withdrawn ones too, without occurrences."""
    meeting = (await meetings(connection, [meeting_id])).get(meeting_id)
    return None if meeting is None else Found(meeting, coming(meeting, datetime.now(UTC), _SHOWN_AHEAD), None)
