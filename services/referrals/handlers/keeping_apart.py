"""Keeping two people apart: what a client is then not suggested, and the mark itself. It says no reason."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.clients import Client
from services.referrals.domain.ids import PeerId
from services.referrals.domain.keeping_apart import Avoided, Other, goes_along_to, goes_to, keep_apart
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import cared_for, may_see
from services.referrals.handlers.caseload import OfCaseload, identities
from services.referrals.handlers.knowing import tell
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.peers.handlers.leaving import release
from services.referrals.peers.store import peers as peer_store
from services.referrals.peers.store import wanted
from services.referrals.store import clients, kept_apart, pathways, staff
from services.referrals.store.kept_apart import Mark
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import ApiProblem, unprocessable

__all__ = ["Avoided", "MarkShown", "avoided", "mark", "marks", "staff_apart", "unmark", "without_keyworker"]


async def avoided(uow: UnitOfWork, client_id: UUID) -> Avoided:
    """Asked by whoever suggests meetings or company; who is behind it is never shown there."""
    others = [mark.other for mark in await kept_apart.of_client(uow.connection, client_id)]
    peers = {UUID(other.id) for other in others if other.kind == "peer"}
    theirs = {UUID(other.id) for other in others if other.kind == "client"}
    cases = await pathways.of_clients(uow, theirs, lock=False) if theirs else []
    meetings = goes_to([case.pathway for case in cases], uow.now) | await _where_they_accompany(uow, peers)
    return Avoided(meetings, frozenset(peers | theirs))


async def _where_they_accompany(uow: UnitOfWork, peers: Collection[UUID]) -> frozenset[UUID]:
    found = {at.referral_id for peer in peers for at in await wanted.of_peer(uow.connection, peer)}
    cases = await pathways.of_referrals(uow, found, lock=False) if found else []
    return goes_along_to([case.pathway for case in cases], peers, uow.now)


async def staff_apart(uow: UnitOfWork, client_id: UUID) -> frozenset[str]:
    """The `sub` of each colleague whom a client is kept apart from."""
    marks = await kept_apart.of_client(uow.connection, client_id)
    return frozenset(mark.other.id for mark in marks if mark.other.kind == "staff")


async def mark(uow: UnitOfWork, saving: Saving, client_id: UUID, other: Other, worker: Person) -> None:
    """From now on, in both directions. 422 for somebody who is not known here.

    A peer supporter who had agreed to go along no longer does.
    """
    client = await cared_for(uow, client_id, worker, lock=other.kind == "staff")
    if refusal := keep_apart(client_id, other):
        raise refused(refusal)
    if other.kind == "client":
        theirs = await _the_other(uow, other, worker)
        await _hold(uow, client, theirs)
        await kept_apart.put(uow, theirs, Other("client", str(client_id)))
    elif other.kind == "peer":
        await _hold_peer(uow, other, worker)  # before any pathway (ADR 140)
        await release(uow, saving, PeerId(UUID(other.id)), worker.actor, client_id)
    elif not await staff.named(uow.connection, worker.provider, [other.id]):
        raise _unknown()
    await kept_apart.put(uow, client, other)
    if other.kind == "staff":
        await tell(uow, client)


async def unmark(uow: UnitOfWork, client_id: UUID, other: Other, worker: Person) -> None:
    """Also one that is not there."""
    client = await cared_for(uow, client_id, worker, lock=other.kind == "staff")
    await kept_apart.remove(uow.connection, client_id, other)
    if other.kind == "staff":
        await tell(uow, client)


async def without_keyworker(uow: UnitOfWork, cases: Sequence[OfCaseload]) -> list[OfCaseload]:
    """Those in nobody's hands: nobody took them on yet, or their keyworker is kept apart from them."""
    apart = await kept_apart.with_staff(uow.connection, {one.pathway.client_id for one in cases})
    held = [(one, one.pathway.keyworker) for one in cases]
    return [one for one, keyworker in held if keyworker is None or (one.pathway.client_id, keyworker) in apart]


@dataclass(frozen=True, slots=True)
class MarkShown:
    """`name`: none for a peer supporter, nor for a client of another team. `keyworker_of`: referrals in their hands."""

    mark: Mark
    name: str | None
    keyworker_of: Sequence[UUID] = ()


async def marks(uow: UnitOfWork, client_id: UUID, worker: Person) -> Sequence[MarkShown]:
    await cared_for(uow, client_id, worker)
    found = await kept_apart.of_client(uow.connection, client_id)
    names = await _names(uow, found, worker)
    theirs = [case.pathway for case in await pathways.of_clients(uow, [client_id], lock=False)]
    return [MarkShown(mark, names.get(mark.other), _in_the_hands_of(mark.other, theirs)) for mark in found]


def _in_the_hands_of(other: Other, theirs: Sequence[Pathway]) -> list[UUID]:
    mine = [each for each in theirs if other == Other("staff", each.keyworker or "")]
    return [each.referral_id for each in mine if each.state != "ended"]


async def _names(uow: UnitOfWork, found: Sequence[Mark], worker: Person) -> dict[Other, str]:
    subs = [mark.other.id for mark in found if mark.other.kind == "staff"]
    known = await staff.named(uow.connection, worker.provider, subs)
    theirs = await clients.by_ids(uow.connection, {UUID(m.other.id) for m in found if m.other.kind == "client"})
    seen = {client.client_id for client in theirs.values() if await may_see(uow, client.client_id, client.team, worker)}
    shown = {Other("client", str(whose)): who.name for whose, who in (await identities(uow, seen)).items()}
    return shown | {Other("staff", sub): one.shown for sub, one in known.items()}


async def _the_other(uow: UnitOfWork, other: Other, worker: Person) -> Client:
    """Whatever their team: two people are kept apart across teams, too."""
    found = await clients.by_id(uow.connection, UUID(other.id))
    if found is None or found.state == "erased" or found.provider != worker.provider:
        raise _unknown()
    return found


async def _hold(uow: UnitOfWork, *both: Client) -> None:
    """Until the end of the transaction neither is erased; in one order, so that two marks never wait for each other."""
    for client_id in sorted(one.client_id for one in both):
        held = await clients.by_id(uow.connection, client_id, lock=True)
        if held is None or held.state == "erased":
            raise _unknown()


async def _hold_peer(uow: UnitOfWork, other: Other, worker: Person) -> None:
    held = await peer_store.by_id(uow, UUID(other.id), lock=True)
    if held is None or held.provider != worker.provider:
        raise _unknown()


def _unknown() -> ApiProblem:
    return unprocessable(Problem("other", "unknown-person", "Nobody of this id is known here."))
