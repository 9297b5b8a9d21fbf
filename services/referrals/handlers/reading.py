"""What is read beside a pathway to show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referrals.directory.store import listed
from services.referrals.domain.case import Decided
from services.referrals.domain.clients import Client
from services.referrals.domain.meeting_changes import is_ahead
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.clients import client_of
from services.referrals.store import pathways
from shared.meetings import Meeting
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Read:
    client: Client
    decided: Sequence[Decided]
    meetings: Mapping[UUID, Meeting]
    """Those that lie ahead."""


async def referral(uow: UnitOfWork, pathway: Pathway) -> Read:
    client = await client_of(uow, pathway.client_id)
    ahead = {made.meeting_id for made in pathway.commitments if is_ahead(made, uow.now)}
    return Read(client, await pathways.decisions(uow, pathway), await listed.meetings(uow.connection, ahead))
