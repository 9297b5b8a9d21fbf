"""What belongs to the client rather than to one referral: identity, consents, attendance card, erasure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import timedelta
from functools import partial
from typing import Literal
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.clients import Client
from services.referrals.domain.commands_client import NoteClientChanged, SetRecordsConsent
from services.referrals.domain.consents import note_client_changed, set_records_consent
from services.referrals.domain.events import Event
from services.referrals.domain.identity import ClientIdentity, identity
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import closed_to, is_kept_apart
from services.referrals.handlers.knowing import new_card, say_known, tell
from services.referrals.handlers.pathway import Rule
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.saving import Saving
from services.referrals.peers.store import to_tell
from services.referrals.store import accesses, clients, drafts, kept_apart, pathways
from services.referrals.systems import handlers as systems
from shared.events.catalogue import CLIENTS
from shared.problems import Problem
from shared.storage import deadletters, outbox, parked
from shared.storage.database import Database, UnitOfWork
from shared.telemetry.logs import logger
from shared.web.identity import Person
from shared.web.problems import conflict, not_found, unprocessable

log = logger()
_TOMBSTONE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Consents:
    """`records` is the referral's; the others are the client's. `emitters`: sources that may report attendance.

    `treatment_return`: to be in the return on drug and alcohol treatment; None leaves it as it is.
    """

    records: bool
    peers: bool
    emitters: tuple[str, ...]
    treatment_return: bool | None = None


async def client_of(uow: UnitOfWork, client_id: UUID) -> Client:
    client = await clients.by_id(uow.connection, client_id, lock=True)
    if client is None or client.state == "erased":
        raise not_found("No such client is known here.", "clientId")
    return client


async def birth_date_of(uow: UnitOfWork, client_id: UUID) -> Day:
    """For what depends on age (under 18). Read without a lock: whoever asks has a pathway locked (ADR 140)."""
    return (await identity_of(uow, client_id)).birth_date


async def consent(uow: UnitOfWork, pathway: Pathway, worker: Person, given: Consents) -> tuple[Rule, Rule | None]:
    """Changes the client's part at once; answers the rules for this referral and, if there is news, for their others.

    An emitter must be registered here.
    """
    registered = {system.source for system in await systems.systems_of(uow, worker.provider)}
    unknown = [n for n, source in enumerate(given.emitters) if source not in registered]
    if unknown:
        reason = "No system of your provider is registered with this source."
        raise unprocessable(*[Problem(f"emitters[{n}]", "unknown-source", reason) for n in unknown])
    client = await client_of(uow, pathway.client_id)
    records = partial(set_records_consent, command=SetRecordsConsent(records=given.records, at=uow.now))
    told = await _told_consents(uow, client, given)
    if not await _return_consent(uow, client, pathway, given) and not told:
        return records, None
    changed = changed_rule(uow, "consents")
    return lambda pathway: [*records(pathway), *changed(pathway)], changed


async def _told_consents(uow: UnitOfWork, client: Client, given: Consents) -> bool:
    """Those that the other services act on; whether there is news."""
    emitters = sorted(set(given.emitters))
    if (client.peers, sorted(client.emitters)) == (given.peers, emitters):
        return False
    client.peers, client.emitters = given.peers, emitters
    await tell(uow, client)
    return True


async def _return_consent(uow: UnitOfWork, client: Client, pathway: Pathway, given: Consents) -> bool:
    """Nobody else hears of it. A family pathway says nothing of own use, so it is no place to agree to it."""
    agreed = given.treatment_return
    if agreed is None or agreed == client.treatment_return:
        return False
    if agreed and pathway.for_ == "family":
        reason = "Family and friends are in no return on drug and alcohol treatment."
        raise unprocessable(Problem("treatmentReturn", "not-for-family", reason))
    client.treatment_return = agreed
    await clients.agree_to_return(uow.connection, client)
    return True


def changed_rule(uow: UnitOfWork, what: Literal["consents", "identity", "card"]) -> Callable[[Pathway], list[Event]]:
    """For each of the client's pathways."""
    return partial(note_client_changed, command=NoteClientChanged(what=what, at=uow.now))


async def renew_card(uow: UnitOfWork, client_id: UUID) -> str:
    """A new code; the old one is void as soon as journal has heard of it."""
    client = await client_of(uow, client_id)
    code, client.card_sha256 = new_card()
    await tell(uow, client)
    return code


@dataclass(frozen=True, slots=True)
class Corrected:
    """Who a client is after all. None stays as it is; an empty `nhs_number`: none is known."""

    name: str | None = None
    birth_date: Day | None = None
    nhs_number: str | None = None


async def identify(uow: UnitOfWork, saving: Saving, client_id: UUID, corrected: Corrected) -> None:
    """409 for a number that another person here has: merging two people is not offered."""
    client = await client_of(uow, client_id)
    changed = await _identified(uow, client, corrected)
    if changed.nhs_number:
        index = clients.nhs_index(uow.keys.index, changed.nhs_number)
        holder = await clients.by_nhs_number(uow.connection, client.provider, index)
        if holder and holder.client_id != client_id:
            raise conflict("nhsNumber", "nhs-number-taken", "Another person here has this NHS number.")
    cipher = await uow.keys.of(client_id)
    await clients.change_identity(uow, replace(client, identity=clients.sealed(cipher, changed)), changed)
    theirs = [case.pathway for case in await pathways.of_clients(uow, [client_id], lock=True)]
    await saving.show(uow, [pathway for pathway in theirs if pathway.records])


async def identity_of(uow: UnitOfWork, client_id: UUID) -> ClientIdentity:
    """404 for somebody who was erased."""
    client = await clients.by_id(uow.connection, client_id)
    if client is None or client.identity is None:
        raise not_found("No such client is known here.", "clientId")
    return clients.revealed(await uow.keys.of(client_id), client.identity)


async def _identified(uow: UnitOfWork, client: Client, corrected: Corrected) -> ClientIdentity:
    assert client.identity is not None  # noqa: S101  # only an erased client has none
    known = clients.revealed(await uow.keys.of(client.client_id), client.identity)
    number = known.nhs_number if corrected.nhs_number is None else corrected.nhs_number or None
    name, birth_date = corrected.name or known.name, corrected.birth_date or known.birth_date
    changed = identity(name, birth_date, number, uow.now.date())
    if isinstance(changed, Refusal):
        raise refused(changed)
    return changed


async def erase(uow: UnitOfWork, saving: Saving, client_id: UUID, worker: Person) -> None:
    """Everything that is theirs goes now; the key when this is committed (`finish_erasures`). Twice is once."""
    client = await clients.by_id(uow.connection, client_id, lock=True)
    if client is None or client.provider != worker.provider:
        raise not_found("No such client is known here.", "clientId")
    if client.state == "erased":
        return
    if await is_kept_apart(uow, client_id, worker):
        raise closed_to(worker, client.team, "clientId")
    client.state, client.version = "erased", client.version + 1
    client.card_sha256, client.peers, client.emitters = None, False, []
    await saving.erase(uow, client_id)
    await to_tell.put(uow.connection, client_id, uow.now)
    await pathways.forget_client(uow, client_id)
    await drafts.forget_client(uow, client_id)
    await kept_apart.forget_client(uow.connection, client_id)
    await accesses.forget_client(uow.connection, client_id)
    for table in (outbox, parked, deadletters):
        await table.forget_client(uow.connection, client_id)
    await clients.entomb(uow.connection, client)
    await clients.ask_for_erasure(uow, client, worker.actor)
    say_known(uow, client)
    log.info("client.erased", client=client_id)


async def finish_erasures(database: Database) -> None:
    """Retried until it is done: the key, and a month later the tombstone on the compacted topic."""
    async with database.work() as uow:
        for erasure in await clients.erasures_under_way(uow.connection, uow.now - _TOMBSTONE):
            await uow.keys.destroy(erasure.client_id)
            buried = erasure.tombstoned_at
            if erasure.asked_at < uow.now - _TOMBSTONE and buried is None:
                uow.bury(CLIENTS, str(erasure.client_id))
                buried = uow.now
            gone = erasure.key_gone_at or uow.now
            await clients.note_erasure(uow.connection, replace(erasure, key_gone_at=gone, tombstoned_at=buried))
