"""The list of peer supporters: put on it, changed, paused, taken off."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from services.referrals.domain.accompanying import Model
from services.referrals.domain.ids import PeerId
from services.referrals.handlers.saving import Saving
from services.referrals.peers.handlers.leaving import company_ahead, release
from services.referrals.peers.peer import Concern, Details, Peer, problems_of
from services.referrals.peers.store import peers, to_tell
from services.referrals.store import kept_apart
from shared.problems import Problem
from shared.storage.database import Database, UnitOfWork
from shared.telemetry.logs import logger
from shared.web.conditional import require_match
from shared.web.identity import Person
from shared.web.problems import not_found, unprocessable

log = logger()


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody asks of a peer supporter's row, and what they know of it (`If-Match`)."""

    peer_id: UUID
    if_match: str | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who is about to be erased, and how many meetings to come they had agreed to, or were asked for."""

    details: Details
    agreed: int
    offered: int


async def listed(uow: UnitOfWork, who: Person) -> list[Peer]:
    """Those of the provider: who was asked longest ago, or never, first."""
    found = await peers.of_provider(uow, who.provider)
    return sorted(found, key=lambda peer: (peer.last_asked_at is not None, peer.last_asked_at or uow.now))


async def one(uow: UnitOfWork, who: Person, peer_id: UUID, *, lock: bool = False) -> Peer:
    """404 for another provider's, and for one who was erased."""
    peer = await peers.by_id(uow, peer_id, lock=lock)
    if peer is None or peer.provider != who.provider:
        raise not_found("No such peer supporter is known here.", "peerId")
    return peer


async def register(uow: UnitOfWork, who: Person, details: Details) -> Peer:
    await _require_sound(uow, who, details)
    peer = Peer(peer_id=PeerId(uuid4()), provider=who.provider, team=who.team, details=details)
    await peers.add(uow, peer)
    log.info("peer.registered", provider=who.provider)
    return peer


async def describe(uow: UnitOfWork, who: Person, changed: Changed, details: Details) -> Peer:
    """The whole of it, as it is from now on."""
    peer = await one(uow, who, changed.peer_id, lock=True)
    require_match(changed.if_match, peer.version)
    await _require_sound(uow, who, details)
    peer.details = details
    await peers.change(uow, peer)
    return peer


async def note_concern(uow: UnitOfWork, who: Person, peer_id: UUID, concern: Concern) -> Peer:
    """Safety: to whom it was passed and when; no story. A team lead decides whether to pause."""
    if concern.passed_on > uow.now.date():
        raise unprocessable(Problem("passedOn", "in-the-future", "This day is still to come."))
    peer = await one(uow, who, peer_id, lock=True)
    peer.concerns = (*peer.concerns, concern)
    await peers.change(uow, peer)
    return peer


async def pause(uow: UnitOfWork, saving: Saving, who: Person, peer_id: UUID, paused: bool) -> Peer:
    """Not suggested to anybody and not asked, until a team lead says otherwise. Who counted on them is told."""
    peer = await one(uow, who, peer_id, lock=True)
    if peer.paused != paused:
        peer.paused = paused
        await peers.change(uow, peer)
        if paused:
            await release(uow, saving, peer.peer_id, who.actor)
    return peer


async def leaving(uow: UnitOfWork, who: Person, peer_id: UUID) -> Leaving:
    """What an erasure would mean, for who is about to decide it."""
    peer = await one(uow, who, peer_id)
    assert peer.details is not None  # noqa: S101  # who was erased is not found
    states = [company.state for company in await company_ahead(uow, peer.peer_id)]
    return Leaving(peer.details, states.count("agreed"), states.count("offered"))


async def erase(uow: UnitOfWork, saving: Saving, who: Person, peer_id: UUID) -> None:
    """Everything about them; the key when this is committed (`finish_erasures`). Who counted on them is told."""
    peer = await one(uow, who, peer_id)
    # First of all: it waits for whoever is just asking them, so that this offer is found and taken back as well.
    await peers.entomb(uow.connection, peer.peer_id)
    await release(uow, saving, peer.peer_id, who.actor)
    await kept_apart.forget_peer(uow.connection, peer.peer_id)
    log.info("peer.erased", provider=who.provider)


async def finish_erasures(database: Database) -> None:
    """Retried until it is done."""
    async with database.work() as uow:
        for peer_id in await peers.entombed(uow.connection):
            await uow.keys.destroy(peer_id)
            await peers.forget(uow.connection, peer_id)
        await to_tell.forget_past(uow.connection, uow.now)


async def models(uow: UnitOfWork, who: Person) -> Sequence[Model]:
    return await peers.models_of(uow.connection, who.provider)


async def run_models(uow: UnitOfWork, who: Person, wanted: Sequence[Model]) -> Sequence[Model]:
    """[G] Appendix 1: the service says which it runs. Whoever is on the list already stays."""
    await peers.set_models(uow.connection, who.provider, dict.fromkeys(wanted))
    return await models(uow, who)


async def _require_sound(uow: UnitOfWork, who: Person, details: Details) -> None:
    if found := problems_of(details, await models(uow, who), uow.now.date()):
        raise unprocessable(*found)
