"""Meetings for somebody who helps a client to choose one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referrals.directory.choosing import Found, choose, coming, found, shown
from services.referrals.directory.filters import Relaxed, unmet
from services.referrals.directory.index import Index
from services.referrals.directory.store import listed, meetings
from services.referrals.directory.wanted import Wanted, period_problem
from shared.problems import Refused
from shared.storage.database import Connection
from shared.telemetry.metrics import unmet_needs

_SHOWN_AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class FoundMeetings:
    """The best of `fits` that fit; `relax` when that is nearly nothing."""

    meetings: Sequence[Found]
    fits: int
    relax: Sequence[Relaxed]


class Following:
    """The directory's index. One per process: one small query tells whether anything is new."""

    def __init__(self) -> None:
        self._version = -1
        self._index = Index([])
        self._turn = asyncio.Lock()

    async def index(self, connection: Connection) -> Index:
        version = await listed.version(connection)
        async with self._turn:
            if version > self._version:
                # In a thread: a country's list takes a second, and others wait for their answers.
                self._index = await asyncio.to_thread(Index, await listed.rows_to_index(connection))
                # As it was before the rows were read: what came in between is read again.
                self._version = version
            return self._index


async def find_meetings(connection: Connection, following: Following, wanted: Wanted) -> FoundMeetings:
    now = datetime.now(UTC)
    if problem := period_problem(wanted, now):
        raise Refused(problem)
    index = await following.index(connection)
    choice = choose(index, wanted, now)
    if not choice.fits and index.size:
        for code in unmet(choice.relax):
            unmet_needs.labels(code).inc()
    known = await meetings(connection, choice.best)
    # Of one that was withdrawn in between, nothing.
    best = [known[each] for each in choice.best if each in known and known[each].status == "active"]
    return FoundMeetings([found(meeting, wanted, now) for meeting in best], choice.fits, choice.relax)


async def find_meeting(connection: Connection, meeting_id: UUID) -> Found | None:
    """Withdrawn ones too, without occurrences."""
    meeting = (await meetings(connection, [meeting_id])).get(meeting_id)
    now = datetime.now(UTC)
    return None if meeting is None else shown(meeting, coming(meeting, now, _SHOWN_AHEAD), now)
