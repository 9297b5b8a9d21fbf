"""What people have seen for themselves: that a meeting is there, and what a team knows of it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.referrals.directory.handlers.saying import say_listed
from services.referrals.directory.local import LocalKnowledge
from services.referrals.directory.store import listed, local
from shared.meetings import Meeting
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.telemetry.logs import logger
from shared.web.identity import Person
from shared.web.problems import not_found, unprocessable

_log = logger()


async def known_meeting(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """404 for one that the directory does not hold; withdrawn ones are held."""
    found = (await listed.meetings(uow.connection, [meeting_id])).get(meeting_id)
    if found is None:
        raise not_found("No such meeting is in the directory.", "meetingId")
    return found


async def confirm(uow: UnitOfWork, meeting_id: UUID, on: date | None) -> Meeting:
    """*Confirmed by a person on* [3-fama]: somebody was there, rang, or was told by the group. Never set back."""
    day = on or uow.now.date()
    if day > uow.now.date() + timedelta(days=1):  # it may be tomorrow there
        raise unprocessable(Problem("on", "in-the-future", "A meeting is confirmed on a day that has come."))
    meeting = await known_meeting(uow, meeting_id)
    await listed.feed_is_mine(uow.connection, meeting.feed)
    # Again: an import of its feed may have changed it meanwhile.
    meeting = await known_meeting(uow, meeting_id)
    if meeting.status == "withdrawn":
        reason = "This meeting is no longer listed: its feed has to bring it back before it can be confirmed."
        raise unprocessable(Problem("meetingId", "meeting-withdrawn", reason))
    if meeting.confirmed_on and meeting.confirmed_on >= day:
        return meeting
    confirmed = replace(meeting, confirmed_on=day)
    await listed.confirm(uow.connection, meeting_id, day)
    say_listed(uow, [confirmed])
    _log.info("meeting.confirmed", meeting=meeting_id)
    return confirmed


async def note_local_knowledge(uow: UnitOfWork, meeting_id: UUID, noted: LocalKnowledge, worker: Person) -> None:
    """In the place of what the provider knew before. Who went there confirms it by that."""
    meeting = await known_meeting(uow, meeting_id)
    if noted.last_went_on and meeting.status != "withdrawn":
        await confirm(uow, meeting_id, noted.last_went_on)
    await local.put(uow, worker.provider, meeting_id, noted, worker.actor)


async def local_knowledge(uow: UnitOfWork, meeting_id: UUID, provider: str) -> LocalKnowledge:
    await known_meeting(uow, meeting_id)
    found = await local.known(uow.connection, provider, [meeting_id])
    return found.get(meeting_id, LocalKnowledge())
