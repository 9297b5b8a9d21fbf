"""Meetings and emitters as referrals says them. Both topics are compacted: each event is the whole of it."""

from collections.abc import Sequence

from services.journal.domain.directory import descriptions
from services.journal.domain.emitters import Emitter
from services.journal.domain.refusals import awaiting_meeting, awaiting_place, awaiting_source
from services.journal.handlers.listed import meeting_of
from services.journal.store import listed, waiting
from services.journal.store.listed import Registered
from shared.events.directory import MeetingListed
from shared.events.envelope import Event
from shared.events.referrals import SystemRegistered
from shared.storage.database import UnitOfWork


async def list_meetings(uow: UnitOfWork, events: Sequence[Event[MeetingListed]]) -> None:
    """Raises ValueError for what is no meeting, before anything is kept."""
    latest = {event.data.meeting_id: event.data for event in events}
    come = {awaiting_meeting(meeting_id) for meeting_id in latest}
    for said in latest.values():
        come |= {awaiting_place(text) for text in descriptions(meeting_of(said))}
    await listed.put_meetings(uow.connection, list(latest.values()))
    await waiting.hurry(uow.connection, come, uow.now)


async def register_systems(uow: UnitOfWork, events: Sequence[Event[SystemRegistered]]) -> None:
    latest = {event.key: event.data for event in events}
    registered = [
        Registered(system, Emitter(said.source, said.provider, said.reports_as, said.state == "active"))
        for system, said in latest.items()
    ]
    await listed.put_emitters(uow.connection, registered)
    await waiting.hurry(uow.connection, {awaiting_source(it.emitter.source) for it in registered}, uow.now)
