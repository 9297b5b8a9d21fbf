"""That they went together, told to journal as the peer supporter's word."""

from collections.abc import Iterable
from uuid import uuid4

from services.referrals.domain.events import Event
from services.referrals.domain.events_company import CompanyWent
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.reporting import report_attendance
from services.referrals.store import clients
from shared.events.journal import AttendanceReported
from shared.storage.database import UnitOfWork


async def tell_peers_word(uow: UnitOfWork, pathway: Pathway, decided: Iterable[Event]) -> None:
    """*Attended*, if the client has agreed to peers' reports; else nothing, and the keyworker asks them how it was.

    The client's own word counts for more, whichever comes first.
    """
    for went in decided:
        if not isinstance(went, CompanyWent):
            continue
        made = pathway.commitment(went.commitment_id)
        client = await clients.by_id(uow.connection, pathway.client_id)
        if made and client and client.peers:
            report = AttendanceReported(
                client=pathway.client_id,
                meeting_id=made.meeting_id,
                start=made.start,
                outcome="attended",
                observed_at=went.at,
                reported_by="peer",
            )
            report_attendance(uow, pathway, report, uuid4())
