"""What was looked at is noted in the audit before it is shown."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from starlette.requests import Request

from services.referrals.domain.case import Case
from services.referrals.domain.identity import ClientIdentity
from services.referrals.handlers.caseload import OfCaseload, identities
from services.referrals.handlers.pathway import visible
from services.referrals.http.answers import audited
from shared.storage.database import UnitOfWork
from shared.web.identity import Person
from shared.web.problems import not_found


async def seen_list(request: Request, worker: Person, page: str, cases: Sequence[OfCaseload]) -> None:
    """One line for each client whose name is shown."""
    whose = {one.pathway.client_id for one in cases}
    await asyncio.gather(*(audited(request, worker, f"list/{page}", client_id) for client_id in whose))


async def seen(
    request: Request, uow: UnitOfWork, worker: Person, referral_id: UUID
) -> tuple[Case, ClientIdentity, datetime]:
    """A pathway behind the walls with who it is about; `now` is the unit of work's."""
    case = await visible(uow, referral_id, worker)
    client_id = case.pathway.client_id
    identity = (await identities(uow, {client_id})).get(client_id)
    if identity is None:
        raise not_found("No such referral is known here.", "referralId")
    await audited(request, worker, f"referral/{referral_id}", client_id)
    return case, identity, uow.now
