"""A word about a meeting, told to journal as any emitter tells it."""

from uuid import UUID

from services.referrals.domain.pathway import Pathway
from shared.events.catalogue import type_of
from shared.events.envelope import Event
from shared.events.journal import AttendanceReported
from shared.events.referrals import SystemRegistered
from shared.events.saying import impersonal
from shared.storage.database import UnitOfWork


def report_attendance(uow: UnitOfWork, pathway: Pathway, report: AttendanceReported, report_id: UUID) -> None:
    """Of this pathway's client."""
    source = f"/famalink/referrals/{pathway.provider}"
    # Said each time: it is the whole state, and journal keeps a word until it has heard of its source.
    ours = SystemRegistered(source=source, reports_as="client", provider=pathway.provider, state="active")
    uow.say(impersonal(uow.service, ours, key=source, time=uow.now, recorded=uow.now))
    told = Event(
        type=type_of(AttendanceReported, None),
        data=report,
        id=report_id,
        source=source,
        time=report.observed_at,
        recorded=uow.now,
        key=str(pathway.client_id),
        subject=pathway.client_id,
        provider=pathway.provider,
        team=pathway.team,
    )
    uow.say(told)
