"""Who a client is to journal: told by referrals, erased by referrals."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.journal.domain.clients import Client
from services.journal.domain.refusals import awaiting_card, awaiting_client
from services.journal.store import clients, facts, waiting
from services.journal.store.clients import Heard
from shared.events.envelope import Event
from shared.events.referrals import ClientKnown
from shared.events.walls import require_provider
from shared.storage import deadletters, outbox, parked
from shared.storage.database import UnitOfWork
from shared.telemetry.logs import logger

log = logger()


async def know_clients(uow: UnitOfWork, events: Sequence[Event[ClientKnown]]) -> None:
    """The whole state each time: the latest counts, one that comes late is passed over, erased is for ever."""
    latest: dict[UUID, Event[ClientKnown]] = {}
    erased: dict[UUID, Event[ClientKnown]] = {}
    for event in events:
        (erased if event.data.state == "erased" else latest)[event.client] = event
    await _refuse_foreign(uow, {**latest, **erased})
    heard = [_heard(event) for client, event in latest.items() if client not in erased]
    if heard:
        await clients.know(uow.connection, heard)
        await waiting.hurry(uow.connection, _awaited(heard), uow.now)
    for event in erased.values():
        await _erase(uow, _heard(event))


async def _refuse_foreign(uow: UnitOfWork, events: Mapping[UUID, Event[ClientKnown]]) -> None:
    """`ForeignProvider` if one who is known here is said to be another provider's: nobody moves across that wall."""
    for known in await clients.by_id(uow.connection, events):
        if not known.erased:
            require_provider(events[known.client], known.provider)


async def _erase(uow: UnitOfWork, heard: Heard) -> None:
    """Rows first, the key last: whatever fails, all of it is done again, and that harms nothing."""
    connection, client = uow.connection, heard.client.client
    await clients.wait_for_writers(connection)
    card = await clients.card_of(connection, client)
    await clients.entomb(connection, heard)
    await facts.forget_client(connection, client)
    await waiting.discard(connection, [awaiting_client(client), *([awaiting_card(card)] if card else [])])
    for table in (parked, deadletters, outbox):
        await table.forget_client(connection, client)
    await uow.keys.destroy(client)
    log.info("client.erased", client=client)


def _awaited(heard: Sequence[Heard]) -> list[str]:
    known = [awaiting_client(it.client.client) for it in heard]
    return known + [awaiting_card(it.client.card) for it in heard if it.client.card]


def _heard(event: Event[ClientKnown]) -> Heard:
    said = event.data
    card = bytes.fromhex(said.card_sha256) if said.card_sha256 else None
    client = Client(
        event.client,
        event.provider or "",
        event.team,
        said.state == "erased",
        card,
        said.peers,
        said.emitters,
    )
    opened = [(opened.sub, opened.until) for opened in said.opened_to or ()]
    return Heard(client, event.sequence or "", said.time_zone, opened, said.closed_to or ())
