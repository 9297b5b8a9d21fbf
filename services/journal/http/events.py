"""`POST /events`: attendance from outside, one event or a batch (4-events, *Attendance from outside*)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.journal.domain.emitters import Emitter
from services.journal.domain.reports import Report
from services.journal.domain.words import as_reported_by
from services.journal.handlers.attendance import Answer, take_attendance
from services.journal.handlers.reports import report_of
from services.journal.http import answers
from services.journal.http.bodies import content_type, read_batch, read_event
from services.journal.http.described import DESCRIBED
from shared.events.cloudevent import BATCH, CloudEvent, from_object
from shared.problems import Problem, Refused
from shared.web.access import system_of
from shared.web.identity import System
from shared.web.problems import Forbidden

router = APIRouter(tags=["attendance"])
SCOPE = "attendance.write"
_AT_ONCE = 500
"""Events of a batch in one transaction: others are served in between."""


@router.post("/events", status_code=202, response_model=None, openapi_extra=DESCRIBED)
async def post_events(request: Request) -> Response:
    """Reports attendance. Sent twice: the same answer, applied once."""
    sender = _sender(await system_of(request, SCOPE))
    if content_type(request) == BATCH:
        return JSONResponse(await _take_batch(request, sender), 202)
    return JSONResponse(await _take_one(request, sender), 202)


def _sender(system: System) -> Emitter:
    reports_as = as_reported_by(system.reports_as)
    if system.source is None or reports_as is None:
        raise Forbidden("not-an-emitter", "This system is not registered to report attendance.")
    return Emitter(system.source, system.provider, reports_as)


async def _take_one(request: Request, sender: Emitter) -> dict[str, Any]:
    try:
        cloud = await read_event(request)
        report = _own_report(cloud, sender)
    except Refused as refusal:
        raise answers.refusal_as_problem(refusal) from None
    [answer] = await _take(request, [report], sender)
    if answer is not None:
        raise answers.as_problem([answers.problem_of(answer)])
    return {"accepted": [answers.taken(0, cloud.attributes["id"], report)], "rejected": []}


async def _take_batch(request: Request, sender: Emitter) -> dict[str, Any]:
    try:
        elements = await read_batch(request)
    except Refused as refusal:
        raise answers.refusal_as_problem(refusal) from None
    accepted: list[dict[str, Any]] = []
    rejected: list[dict[str, Any]] = []
    for first in range(0, len(elements), _AT_ONCE):
        items = list(_read(elements[first : first + _AT_ONCE], first, sender))
        reports = [item.report for item in items if item.report]
        said = iter(await _take(request, reports, sender) if reports else ())
        for item in items:
            problem = item.problem or _problem(next(said))
            if problem:
                rejected.append(answers.not_taken(item.index, item.id, problem))
            elif item.report and item.id is not None:
                accepted.append(answers.taken(item.index, item.id, item.report))
    return {"accepted": accepted, "rejected": rejected}


@dataclass(slots=True)
class _Item:
    """An element of a batch: what it reports, or why it cannot be read."""

    index: int
    id: str | None
    report: Report | None = None
    problem: Problem | None = None


def _read(elements: Sequence[object], first: int, sender: Emitter) -> Iterator[_Item]:
    for index, element in enumerate(elements, first):
        said = element.get("id") if isinstance(element, dict) else None
        event_id = said if isinstance(said, str) else None
        try:
            yield _Item(index, event_id, report=_own_report(from_object(element), sender))
        except Refused as refusal:
            yield _Item(index, event_id, problem=refusal.problems[0])


def _own_report(cloud: CloudEvent, sender: Emitter) -> Report:
    report = report_of(cloud)
    if report.source != sender.source:
        raise Refused(answers.FOREIGN)
    return report


async def _take(request: Request, reports: Sequence[Report], sender: Emitter) -> list[Answer]:
    return await take_attendance(request.app.state.database, request.app.state.listed, reports, sender)


def _problem(answer: Answer) -> Problem | None:
    return None if answer is None else answers.problem_of(answer)
