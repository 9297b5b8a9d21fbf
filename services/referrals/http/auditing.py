"""`/api/audit`: for team leads, who looked at what and who changed what."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.handlers import auditing
from services.referrals.handlers.auditing import Audited
from services.referrals.http.answers import audited_each, listed
from services.referrals.http.bodies import Body
from services.referrals.http.values import Code
from shared.events.contract import Instant
from shared.web.access import TeamLead
from shared.web.work import Work

router = APIRouter(prefix="/api/audit", tags=["audit"])


class AuditIn(Body):
    """Of one client, or of all of a team's: the lead's own unless another is named. `before`: for the next page."""

    client: UUID | None = None
    team: Code | None = None
    before: Instant | None = None


@router.get("")
async def get_audit(worker: TeamLead, asked: Annotated[AuditIn, Query()], uow: Work, request: Request) -> Response:
    """Latest first. Looking at it is noted, too."""
    before = asked.before or uow.now
    if asked.client:
        lines = await auditing.audit_of_client(uow, asked.client, worker, before)
    else:
        lines = await auditing.audit_of_team(uow, worker, asked.team, before)
    await audited_each(request, worker, "audit", {line.client_id for line in lines})
    return listed({"lines": [_line(line) for line in lines], "most": auditing.MOST})


def _line(line: Audited) -> dict[str, Any]:
    return {
        "at": line.at,
        "by": line.by.name,
        "role": line.by.role,
        "what": line.words,
        "changed": line.changed,
        "clientId": line.client_id,
        "name": line.name,
    }
