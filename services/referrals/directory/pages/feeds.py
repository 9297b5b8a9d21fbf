"""Feeds that wait for a person, where they are fetched from, and one that somebody brings; without JavaScript."""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Path
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referrals.directory.handlers.importing import (
    ImportFeed,
    alerts,
    import_feed,
    last_import,
    leave,
)
from services.referrals.directory.handlers.sources import all_sources, ask_to_run
from services.referrals.directory.outcome import Import
from services.referrals.feeds import FORMATS, WronglyAsked
from services.referrals.feeds.feed import wrongly_asked
from services.referrals.pages import forms
from shared.meetings.plain_list import COLUMNS, EXAMPLE
from shared.meetings.recurrence import weekday_name
from shared.problems import Problem
from shared.storage.database import Database
from shared.web.access import Operator
from shared.web.pages import render

router = APIRouter(prefix="/ops/directory", include_in_schema=False)
_SAID = {
    "asked": "It is being fetched. Load this page again to see how far it is.",
    "left": "The list stays as it is. You are asked again when something else comes.",
    "gone": "It was settled already.",
    "added": "It is fetched from now on, the first time at once. Load this page again to see how far it is.",
    "removed": "It is fetched no more. Its meetings stay listed.",
}
_LINES_SHOWN = 50


@router.get("")
async def get_feeds(request: Request, _: Operator, said: str = "", feed: str = "") -> Response:
    return await _page(request, forms.Form(), notice=_SAID.get(said), feed=feed)


@router.get("/template.csv")
async def get_template(_: Operator) -> Response:
    """A list of three meetings with every column, to fill in."""
    named = {"content-disposition": 'attachment; filename="meetings.csv"'}
    return Response(EXAMPLE, media_type="text/csv", headers=named)


@router.post("/imports")
async def post_feed(request: Request, operator: Operator) -> Response:
    """One file, brought by hand. Imported: told on the page that follows; else here, with what was typed."""
    form, file, formats = await _brought(request)
    agreed = form.value("agree") == "yes"
    feed, kind, zone_name = named = (form.value("feed"), form.value("format"), form.value("timeZone"))
    if not file:
        missing = Problem("file", "no-file", "Choose the file with the list.")
        return await _page(request, form.refused([*wrongly_asked(kind, feed, zone_name), missing]))
    database: Database = request.app.state.database
    try:
        async with database.work() as uow:
            command = ImportFeed(*named, file, formats, operator.actor, agreed)
            tried = await import_feed(uow, command, request.app.state.meeting_changes)
    except WronglyAsked as wrong:
        return await _page(request, form.refused(wrong.problems))
    if tried.outcome != "applied":
        return await _page(request, form, feed=tried.feed, status=409 if tried.report else 422)
    return back_to_feeds(feed=tried.feed)


@router.post("/sources/{source_id}/imports")
async def post_run(
    source_id: UUID, request: Request, operator: Operator, agree: Annotated[bool, Form()] = False
) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        run_id = await ask_to_run(uow, source_id, operator.actor, agreed=agree)
    return back_to_feeds(said="asked" if run_id else "gone")


@router.post("/alerts/{feed}/leaving")
async def post_leaving(feed: Annotated[str, Path()], request: Request, operator: Operator) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        left = await leave(uow, feed, operator.actor)
    return back_to_feeds(said="left" if left else "gone")


async def _page(
    request: Request, form: forms.Form, *, notice: str | None = None, feed: str = "", status: int = 200
) -> Response:
    database: Database = request.app.state.database
    async with database.reading() as connection:
        sources = await all_sources(connection)
        tried = await last_import(connection, feed) if feed else None
        waiting = await alerts(connection)
    return render(
        request,
        "feeds/feeds.html",
        status=422 if form.problems else status,
        title="Feeds of meetings",
        form=form,
        formats=list(FORMATS),
        columns=COLUMNS,
        notice=notice,
        tried=_told(tried),
        alerts=[_told(each) for each in waiting],
        sources=sources,
        source_of={kept.source.feed: kept.source.source_id for kept in sources},
    )


def _told(tried: Import | None) -> dict[str, object] | None:
    """For the template: an import with as many of its refused lines as a page can hold."""
    if tried is None:
        return None
    report = dict(tried.report or {})
    refused = report.get("refused")
    lines = refused if isinstance(refused, list) else []
    going = report.get("going")
    named = [(each["name"], _when(each)) for each in going] if isinstance(going, list) else []
    return {
        "feed": tried.feed,
        "at": tried.at,
        "by": tried.by.removeprefix("person:"),
        "outcome": tried.outcome,
        "problem": tried.problem,
        "report": report,
        "lines": lines[:_LINES_SHOWN],
        "more": max(0, int(str(report.get("refusals") or len(lines))) - _LINES_SHOWN),
        "going": named,
        "more_going": int(str(report.get("gone") or 0)) - len(named),
    }


def _when(going: Mapping[str, Any]) -> str:
    return f"{weekday_name(going['weekday'])} {going['start']}" if going["weekday"] else "by appointment"


async def _brought(request: Request) -> tuple[forms.Form, bytes, bytes | None]:
    async with request.form(max_files=2, max_fields=20) as sent:
        typed = {name: [value] for name, value in sent.items() if isinstance(value, str)}
        files = {name: await part.read() for name, part in sent.items() if isinstance(part, UploadFile)}
    return forms.Form(typed), files.get("file", b""), files.get("formats") or None


def back_to_feeds(**said: str) -> Response:
    """To the page that shows how things are now, where it is told what was done."""
    return RedirectResponse(f"/ops/directory?{urlencode(said)}", 303)
