"""What is read beside a pathway to show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.referrals.domain.case import Decided
from services.referrals.domain.clients import Client
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.clients import client_of
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Read:
    client: Client
    decided: Sequence[Decided]


async def referral(uow: UnitOfWork, pathway: Pathway) -> Read:
    client = await client_of(uow, pathway.client_id)
    return Read(client, await pathways.decisions(uow, pathway))
