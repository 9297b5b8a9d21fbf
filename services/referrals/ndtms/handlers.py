"""Making the return. Who did not agree to it is not read for it."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.care import kept_apart_from
from services.referrals.ndtms.fact import Window, facilitated_on
from services.referrals.ndtms.lines import Facilitated
from services.referrals.store import clients, pathways
from shared.storage.database import UnitOfWork
from shared.web.identity import Person

_AT_ONCE = 100
"""Clients unsealed before others get their turn."""


async def facilitated(uow: UnitOfWork, worker: Person, window: Window) -> list[Facilitated]:
    """Those of a provider for whom access was facilitated in the window, one fact each, in no order that tells.

    Without those whom the worker is kept apart from, and without a count of them: it would tell that they are here.
    """
    apart = await kept_apart_from(uow, worker)
    agreed = [each for each in await clients.agreed_to_return(uow.connection, worker.provider) if each not in apart]
    facts: list[Facilitated] = []
    for first in range(0, len(agreed), _AT_ONCE):
        facts += await _of(uow, agreed[first : first + _AT_ONCE], window)
    return facts


async def _of(uow: UnitOfWork, client_ids: Sequence[UUID], window: Window) -> list[Facilitated]:
    theirs: dict[UUID, list[Pathway]] = defaultdict(list)
    for case in await pathways.of_clients(uow, client_ids, lock=False):
        theirs[case.pathway.client_id].append(case.pathway)
    ciphers = await uow.keys.existing(set(theirs))
    facts = []
    for client in (await clients.by_ids(uow.connection, theirs)).values():
        if client.identity is None or not client.treatment_return:  # erased or taken back since
            continue
        known = clients.revealed(ciphers[client.client_id], client.identity)
        if on := facilitated_on(theirs[client.client_id], known.birth_date, window):
            facts.append(Facilitated(client.client_id, known.nhs_number, on))
    return facts
