"""Who a client is to us: known, known anew, erased."""

from collections.abc import Sequence
from uuid import UUID

from services.reminders.handlers.planning import replan_for
from services.reminders.handlers.walls import people_in
from services.reminders.store import clients
from services.reminders.store.clients import Known
from shared.events.envelope import Event
from shared.events.referrals import ClientKnown
from shared.meetings.zones import is_zone
from shared.problems import refused
from shared.storage import deadletters, outbox, parked
from shared.storage.database import UnitOfWork


async def know_clients(uow: UnitOfWork, events: Sequence[Event[ClientKnown]]) -> None:
    """The last word about each counts, as every record carries the whole state; but who is erased is so for ever."""
    people = await people_in(uow, events)
    latest = {event.client: event for event in events if event.client in people}
    erased = {event.client: event for event in events if event.client in people and event.data.state == "erased"}
    for client, event in erased.items():
        del latest[client]
        await _erase(uow, event)
    if not latest:
        return
    await clients.know(uow.connection, [_known(event) for event in latest.values()])
    moved = [client for client, event in latest.items() if people[client].team != event.team]
    if moved:
        await clients.move_with_team(uow.connection, moved)
    await replan_for(uow, await clients.of(uow.connection, latest), latest)


def _known(event: Event[ClientKnown]) -> Known:
    if not is_zone(event.data.time_zone):
        raise refused("data.timeZone", "unknown-time-zone", "A time zone has an IANA name, for example Europe/London.")
    return Known(
        event.client,
        event.team,
        event.sequence or "",
        event.data.time_zone,
        event.data.reads_text is not False,
        [(opened.sub, opened.until) for opened in event.data.opened_to or ()],
        event.data.closed_to or (),
    )


async def _erase(uow: UnitOfWork, event: Event[ClientKnown]) -> None:
    """Everything that is theirs, then their key. Repeated as a whole until it succeeds; nothing is said of it."""
    client: UUID = event.client
    await clients.entomb(uow.connection, client, event.sequence or "")
    for forget in (outbox.forget_client, parked.forget_client, deadletters.forget_client):
        await forget(uow.connection, client)
    await uow.keys.destroy(client)
