"""The little that arranging company needs to know of a client; none of it is shown there."""

from collections.abc import Collection
from datetime import date as Day
from uuid import UUID

from services.referrals.handlers.caseload import identities
from services.referrals.handlers.keeping_apart import avoided
from shared.storage.database import UnitOfWork


async def birth_date_of(uow: UnitOfWork, client_id: UUID) -> Day | None:
    known = (await identities(uow, {client_id})).get(client_id)
    return known.birth_date if known else None


async def kept_apart_from(uow: UnitOfWork, client_id: UUID) -> Collection[UUID]:
    """Never suggested as company; nobody who arranges it learns why."""
    return (await avoided(uow, client_id)).people
