"""Meetings as the directory has them: what moves or closes takes the messages about it along."""

from collections.abc import Sequence
from uuid import UUID

from services.reminders.domain.commitments import Commitment, Listing, as_listed
from services.reminders.handlers.planning import replan
from services.reminders.store import clients, commitments, meetings
from services.reminders.store.meetings import Said
from shared.events.directory import MeetingListed
from shared.events.envelope import Event
from shared.storage.database import UnitOfWork


async def list_meetings(uow: UnitOfWork, events: Sequence[Event[MeetingListed]]) -> None:
    listed = await meetings.take(uow.connection, [Said(event.data, event.recorded) for event in events])
    changed = await _changed(uow, listed)
    if not changed:
        return
    people = await clients.locked_if_known(uow.connection, {each.client for each in changed})
    # Asked again under the lock: word may have come, or a withdrawal, since.
    changed = await _changed(uow, listed)
    await commitments.save(uow.connection, changed, people)
    said = {event.data.meeting_id: event for event in events}
    causes = {each.client: said[each.occurrence.meeting_id] for each in changed if each.occurrence}
    await replan(uow, changed, people, causes)


async def _changed(uow: UnitOfWork, listed: dict[UUID, Listing]) -> list[Commitment]:
    """Commitments to these meetings that now read otherwise."""
    since = min((listing.said for listing in listed.values()), default=uow.now)
    there = await commitments.of_meetings(uow.connection, listed, since)
    pairs = [(each, as_listed(each, listed[each.occurrence.meeting_id])) for each in there.values() if each.occurrence]
    return [after for before, after in pairs if after != before]
