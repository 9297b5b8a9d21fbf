"""What journal tells of attendance, applied to every pathway that it concerns."""

from collections import defaultdict
from collections.abc import Sequence
from typing import cast
from uuid import UUID

from services.referrals.directory.store import listed as directory
from services.referrals.domain.attendance import take_attendance
from services.referrals.domain.case import Case
from services.referrals.domain.commands_attendance import StandingFact
from services.referrals.domain.ids import FactId, MeetingId
from services.referrals.domain.vocabulary import Audience
from services.referrals.handlers.saving import FACTS, Saving
from services.referrals.store import pathways
from shared.events.envelope import Event
from shared.events.journal import AttendanceCorrected, AttendanceRecorded
from shared.events.walls import require_provider
from shared.storage.database import UnitOfWork


class Attendance:
    """`apply` is the reaction to `attendance.recorded` and `attendance.corrected`."""

    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def apply(self, uow: UnitOfWork, events: Sequence[Event[AttendanceRecorded]]) -> None:
        """A client unknown here was erased: their pathways are gone, and nothing is kept."""
        cases = await pathways.of_clients(uow, {event.client for event in events}, lock=True)
        by_client: defaultdict[UUID, list[Case]] = defaultdict(list)
        for case in cases:
            by_client[case.pathway.client_id].append(case)
        events = [event for event in events if event.client in by_client]
        whose = await directory.whose(uow.connection, {event.data.meeting_id for event in events})
        causes: dict[UUID, Event[AttendanceRecorded]] = {}
        for event in events:
            fact = _fact(event, *whose[event.data.meeting_id])
            causes[event.client] = event
            for case in by_client[event.client]:
                require_provider(event, case.pathway.provider)
                case.take(*take_attendance(case.pathway, fact))
        await self._saving.save(uow, cases, FACTS, causes)


def _fact(event: Event[AttendanceRecorded], audience: str, organisation: str) -> StandingFact:
    data = event.data
    return StandingFact(
        fact_id=FactId(data.fact_id),
        meeting_id=MeetingId(data.meeting_id),
        date=data.date,
        start=data.start,
        audience=cast("Audience", audience),
        organisation=organisation,
        outcome=data.standing.outcome,
        decided_by=data.standing.decided_by,
        disagreement=data.standing.disagreement,
        observed_at=data.observed_at,
        recorded_at=event.recorded,
        corrects=FactId(data.corrects) if isinstance(data, AttendanceCorrected) else None,
        said=data.outcome,
        said_by=data.reported_by,
    )
