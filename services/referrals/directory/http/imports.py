"""`/api/directory`: importing a feed, and the feeds that wait for a person. For operations; the directory is the
deployment's, so it is no matter of which provider they are."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.datastructures import UploadFile
from starlette.requests import Request

from services.referrals.directory.handlers.importing import ImportFeed, alerts, import_feed
from services.referrals.directory.http.bodies import AlertOut, AlertsOut, ReportOut
from services.referrals.directory.outcome import Import
from services.referrals.feeds.feed import LARGEST_FEED
from shared.problems import Problem
from shared.storage.database import Database
from shared.web.access import Operator
from shared.web.problems import ApiProblem, conflict, unprocessable
from shared.web.work import Work

LARGEST_IMPORT = LARGEST_FEED + (1 << 20)
"""Bytes: a feed, its formats, and what multipart puts around them."""
_BINARY = {"type": "string", "format": "binary"}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": _BINARY},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": _BINARY, "formats": _BINARY},
                }
            },
        },
    }
}


class ImportIn(BaseModel):
    """`feed` is its name for ever: the meetings' ids come from it. `timeZone` is for lines that name none.

    `agree=yes`: a person has looked at what was held, and wants it all the same.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    feed: str
    format: str
    time_zone: str
    agree: bool = False

    def command(self, body: bytes, formats: bytes | None, by: str) -> ImportFeed:
        return ImportFeed(self.feed, self.format, self.time_zone, body, formats, by, self.agree)


router = APIRouter(prefix="/api/directory", tags=["directory"])


@router.post(
    "/imports",
    openapi_extra=_BODY,
    responses={409: {"description": "Held: `agree=yes` imports it"}},
    response_model_exclude_none=True,
)
async def post_import(request: Request, operator: Operator, asked: Annotated[ImportIn, Query()]) -> ReportOut:
    """The feed is the body, or the part `file` beside `formats` (BMLT's GetFormats). All of it is imported, or nothing.

    422 when it cannot be read; 409, with the report of what it would do, when it looks wrong.
    """
    body, formats = await _brought(request)
    database: Database = request.app.state.database
    async with database.work() as uow:
        command = asked.command(body, formats, operator.actor)
        tried = await import_feed(uow, command, request.app.state.meeting_changes)
    # Out of the transaction: that it was tried and not applied is kept.
    return _answer(tried)


@router.get("/alerts")
async def get_alerts(_: Operator, uow: Work) -> AlertsOut:
    """Feeds whose last import changed nothing, because it was broken or looks wrong."""
    return AlertsOut(alerts=[AlertOut.of(tried) for tried in await alerts(uow.connection)])


async def _brought(request: Request) -> tuple[bytes, bytes | None]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body(), None
    async with request.form(max_files=2) as form:
        parts = {name: await part.read() for name, part in form.items() if isinstance(part, UploadFile)}
    if "file" not in parts:
        raise unprocessable(Problem("file", "missing", "The feed comes as a file, in a part of this name."))
    return parts["file"], parts.get("formats")


def _answer(tried: Import) -> ReportOut:
    problem = tried.problem
    if problem is None:
        return ReportOut.model_validate(tried.report)
    if tried.report is None:
        said = Problem(problem.field, problem.code, f"{problem.reason} Nothing was changed.")
        raise ApiProblem(422, "Not imported", [said])
    right = "If it is right all the same, repeat with agree=yes (--agree)."
    reason = f"{problem.reason} Nothing was changed. {right}"
    raise conflict(problem.field, problem.code, reason, tried.report)
