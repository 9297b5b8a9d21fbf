"""What has become of a client since a pathway of theirs ended, for who would reopen it."""

from datetime import datetime

from services.referrals.domain.commands_opening import ReopenPathway
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.clients import client_of
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork


async def reopening_of(uow: UnitOfWork, pathway: Pathway, at: datetime) -> ReopenPathway:
    """One client, one team: who has moved on is not taken back by reopening what another team left ended."""
    client = await client_of(uow, pathway.client_id)
    theirs = await pathways.of_clients(uow, [pathway.client_id], lock=True)
    others = [case.pathway for case in theirs if case.pathway.referral_id != pathway.referral_id]
    return ReopenPathway(
        at=at,
        recorded_at=uow.now,
        another_is_open=any(other.state == "open" and other.for_ == pathway.for_ for other in others),
        in_care_of=client.team,
    )
