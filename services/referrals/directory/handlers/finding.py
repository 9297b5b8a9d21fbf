"""Meetings for somebody who helps a client to choose one."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.referrals.directory.choosing import Found, choose, coming, found, shown
from services.referrals.directory.facts import Fact, on_day
from services.referrals.directory.filters import Relaxed, unmet
from services.referrals.directory.index import Index
from services.referrals.directory.local import LocalKnowledge
from services.referrals.directory.outcome import UnmetNeed
from services.referrals.directory.safety import Pause
from services.referrals.directory.store import listed, local, meetings, named, safety
from services.referrals.directory.store import unmet as unmet_store
from services.referrals.directory.wanted import NOTHING_TO_MIND, Minding, Near, Wanted, period_problem
from services.referrals.store import staff
from shared.meetings import Meeting
from shared.problems import Refused
from shared.storage.database import Connection, UnitOfWork
from shared.telemetry.metrics import unmet_needs

_SHOWN_AHEAD = timedelta(days=28)
_A_YEAR = timedelta(days=365)


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
        self._confirmed = 0
        self._index = Index([])
        self._turn = asyncio.Lock()

    async def index(self, connection: Connection) -> Index:
        version, confirmed = await listed.version(connection)
        async with self._turn:
            if version > self._version:
                # In a thread: a country's list takes a second, and others wait for their answers.
                self._index = await asyncio.to_thread(Index, await listed.rows_to_index(connection))
                # As it was before the rows were read: what came in between is read again.
                self._version, self._confirmed = version, confirmed
            if confirmed > self._confirmed:
                for number, meeting_id, on in await listed.confirmations(connection, self._confirmed):
                    self._index.note_confirmed(meeting_id, on)
                    self._confirmed = number
            return self._index


async def find_meetings(
    connection: Connection,
    following: Following,
    wanted: Wanted,
    provider: str,
    minding: Minding = NOTHING_TO_MIND,
) -> FoundMeetings:
    """`provider`: whose team asks. What it has paused is left out, and what it knows for itself is among the facts."""
    now = datetime.now(UTC)
    if problem := period_problem(wanted, now):
        raise Refused(problem)
    index = await following.index(connection)
    paused = [each.meeting_id for each in await safety.paused(connection, provider)]
    choice = choose(index, wanted, now, replace(minding, left_out=frozenset({*minding.left_out, *paused})))
    if not choice.fits and index.size:
        await _count_unmet(connection, unmet(choice.relax), now)
    known = await meetings(connection, choice.best)
    seen = await _seen(connection, provider, choice.best)
    # Of one that was withdrawn in between, nothing.
    best = [known[each] for each in choice.best if each in known and known[each].status == "active"]
    shown_best = [found(meeting, wanted, now, seen.get(meeting.meeting_id)) for meeting in best]
    return FoundMeetings(shown_best, choice.fits, choice.relax)


async def _count_unmet(connection: Connection, filters: Collection[str], now: datetime) -> None:
    for code in filters:
        unmet_needs.labels(code).inc()
    await unmet_store.count(connection, filters, now.date())


async def unmet_needs_of_a_year(uow: UnitOfWork) -> Sequence[UnmetNeed]:
    """By month, the latest first."""
    return await unmet_store.since(uow.connection, (uow.now - _A_YEAR).date().replace(day=1))


async def find_meeting(connection: Connection, meeting_id: UUID, provider: str) -> Found | None:
    """Withdrawn ones too, without occurrences; those that the provider has paused as such."""
    return (await find_these(connection, [meeting_id], provider)).get(meeting_id)


async def meetings_named(connection: Connection, text: str, most: int) -> Sequence[Meeting]:
    """Those that are held with the text in their name, or their place's; by name."""
    ids = await named.called(connection, text, most)
    known = await meetings(connection, ids)
    return [known[each] for each in ids if each in known]


async def find_these(
    connection: Connection, ids: Collection[UUID], provider: str, near: Near | None = None
) -> dict[UUID, Found]:
    now = datetime.now(UTC)
    known = await meetings(connection, ids)
    seen = await _seen(connection, provider, ids)
    paused = {each.meeting_id: each for each in await safety.paused(connection, provider)}
    return {
        meeting_id: _with_pause(
            shown(meeting, coming(meeting, now, _SHOWN_AHEAD), now, near, seen.get(meeting_id)), paused.get(meeting_id)
        )
        for meeting_id, meeting in known.items()
    }


async def _seen(connection: Connection, provider: str, ids: Collection[UUID]) -> dict[UUID, LocalKnowledge]:
    """What the team knows for itself; who can tell more as colleagues call them."""
    known = await local.known(connection, provider, ids)
    names = await staff.named(connection, provider, {sub for each in known.values() for sub in each.known_by})
    return {
        meeting_id: replace(each, known_by=tuple(names[sub].shown if sub in names else sub for sub in each.known_by))
        for meeting_id, each in known.items()
    }


def _with_pause(found: Found, pause: Pause | None) -> Found:
    if pause is None:
        return found
    told = Fact("paused", f"Not suggested here since {on_day(pause.paused_at.date())}: ask the team lead")
    return replace(found, facts=[told, *found.facts])
