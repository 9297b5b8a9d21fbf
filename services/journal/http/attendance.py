"""`GET /api/clients/{clientId}/attendance`: what stands, and every word it stands on."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from services.journal.domain.clients import Client
from services.journal.domain.story import Occasion, Recorded
from services.journal.domain.walls import same_provider, same_team
from services.journal.domain.words import Outcome, ReportedBy
from services.journal.handlers.listed import Listed
from services.journal.handlers.reading import attendance_of, client_known, is_closed_to, is_open_to
from shared.storage.audit import AuditLog
from shared.storage.database import Database
from shared.web.access import Keyworker
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import Forbidden, not_found, not_open_to_you

router = APIRouter(prefix="/api", tags=["attendance"])


class _Out(BaseModel):
    model_config = ConfigDict(
        hide_input_in_errors=True, alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True
    )


class FactOut(_Out):
    fact_id: UUID
    outcome: Outcome
    reported_by: ReportedBy
    source: str
    observed_at: datetime
    recorded_at: datetime
    corrects: UUID | None


class OccurrenceOut(_Out):
    meeting_id: UUID
    start: datetime
    outcome: Outcome
    decided_by: ReportedBy
    disagreement: bool
    facts: list[FactOut]


class AttendanceOut(_Out):
    """Latest meeting first; `start` in the meeting's own zone, facts in the order in which they were recorded."""

    occurrences: list[OccurrenceOut]


@router.get("/clients/{clientId}/attendance")
async def get_attendance(
    client_id: Annotated[UUID, Path(alias="clientId")], worker: Keyworker, request: Request
) -> AttendanceOut:
    """404 also for a client of another provider; 403 for one of another team, unless the glass was broken."""
    database: Database = request.app.state.database
    listed: Listed = request.app.state.listed
    audit: AuditLog = request.app.state.audit
    async with database.reading() as connection:
        opened = await is_open_to(connection, client_id, worker.sub)
        client = _behind_the_walls(await client_known(connection, client_id), worker, opened=opened)
        if await is_closed_to(connection, client_id, worker.sub):
            raise not_open_to_you("clientId")
        await listed.refresh(connection)
        occasions = await attendance_of(connection, client.client)
    subject, request_id = f"attendance/{client.client}", request.state.request_id
    await audit.note(worker.actor, worker.provider, "read", subject, client=client.client, request_id=request_id)
    return AttendanceOut(occurrences=[_occurrence(occasion, listed) for occasion in occasions])


def _behind_the_walls(client: Client | None, worker: Person, *, opened: bool) -> Client:
    if client is None or not same_provider(client, worker.provider):
        raise not_found("No such client is known here.", "clientId")
    if not opened and not same_team(client, worker.team, leads=TEAM_LEAD in worker.roles):
        raise Forbidden("other-team", "This client is in the care of another team.", "clientId")
    return client


def _occurrence(occasion: Occasion, listed: Listed) -> OccurrenceOut:
    meeting_id = occasion.facts[0].fact.meeting_id
    meeting = listed.directory.meeting(meeting_id)
    return OccurrenceOut(
        meeting_id=meeting_id,
        start=occasion.start.astimezone(ZoneInfo(meeting.time_zone) if meeting else UTC),
        outcome=occasion.stands.outcome,
        decided_by=occasion.stands.decided_by,
        disagreement=occasion.stands.disagreement,
        facts=[_fact(recorded) for recorded in occasion.facts],
    )


def _fact(recorded: Recorded) -> FactOut:
    fact = recorded.fact
    return FactOut(
        fact_id=fact.fact_id,
        outcome=fact.outcome,
        reported_by=fact.reported_by,
        source=fact.source,
        observed_at=fact.observed_at,
        recorded_at=recorded.at,
        corrects=fact.corrects,
    )
