"""Concerns about a meeting, and meetings that a provider does not suggest. The provider's own; no story is kept."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

from services.referrals.directory.handlers.confirming import known_meeting
from services.referrals.directory.safety import Concern, PassedTo, Pause
from services.referrals.directory.store import listed, safety
from shared.events.directory import MeetingPaused, MeetingResumed
from shared.events.saying import impersonal
from shared.meetings import Meeting
from shared.problems import Problem
from shared.rules import rule
from shared.storage.database import UnitOfWork
from shared.telemetry.logs import logger
from shared.web.identity import Person
from shared.web.problems import unprocessable

_log = logger()


@rule(
    "A concern is kept as to whom it was passed and when, with no room for a story.",
    source="O",
    effect="keeps",
    because="privacy",
)
async def note_concern(
    uow: UnitOfWork, meeting_id: UUID, passed_to: PassedTo, passed_on: date | None, worker: Person
) -> Concern:
    """3-fama: to whom it was passed and when."""
    await known_meeting(uow, meeting_id)
    day = passed_on or uow.now.date()
    if day > uow.now.date() + timedelta(days=1):
        raise unprocessable(Problem("passedOn", "in-the-future", "A concern was passed on a day that has come."))
    concern = Concern(uuid4(), passed_to, day, worker.actor, uow.now)
    await safety.note(uow.connection, worker.provider, meeting_id, concern)
    _log.info("meeting.concern-noted", meeting=meeting_id)
    return concern


async def concerns(uow: UnitOfWork, meeting_id: UUID, provider: str) -> Sequence[Concern]:
    await known_meeting(uow, meeting_id)
    return await safety.concerns(uow.connection, provider, meeting_id)


Follow = Callable[[UnitOfWork, UUID, str, bool], Awaitable[None]]
"""Tells who plans to go there: the meeting, the provider, and whether it is paused."""


async def pause(uow: UnitOfWork, meeting_id: UUID, worker: Person, follow: Follow) -> None:
    """From now on the provider does not suggest it; twice is once. What is planned stands: people decide about that."""
    await known_meeting(uow, meeting_id)
    if await safety.pause(uow.connection, worker.provider, meeting_id, worker.actor, uow.now):
        _say(uow, MeetingPaused(meeting_id=meeting_id, provider=worker.provider, at=uow.now))
        await follow(uow, meeting_id, worker.provider, True)
        _log.info("meeting.paused", meeting=meeting_id)


async def resume(uow: UnitOfWork, meeting_id: UUID, worker: Person, follow: Follow) -> None:
    await known_meeting(uow, meeting_id)
    if await safety.resume(uow.connection, worker.provider, meeting_id):
        _say(uow, MeetingResumed(meeting_id=meeting_id, provider=worker.provider, at=uow.now))
        await follow(uow, meeting_id, worker.provider, False)
        _log.info("meeting.resumed", meeting=meeting_id)


async def paused(uow: UnitOfWork, provider: str) -> tuple[Sequence[Pause], Mapping[UUID, Meeting]]:
    found = await safety.paused(uow.connection, provider)
    return found, await listed.meetings(uow.connection, [each.meeting_id for each in found])


def _say(uow: UnitOfWork, data: MeetingPaused | MeetingResumed) -> None:
    # ADR 0130: a key of its own on the compacted topic, so that it replaces nothing but its own opposite.
    key = f"{data.meeting_id}/{data.provider}"
    uow.say(impersonal(uow.service, data, key=key, time=uow.now, recorded=uow.now))
