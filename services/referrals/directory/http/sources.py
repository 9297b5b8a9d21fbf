"""`/api/directory/sources`: where feeds are fetched from, and how far an import is. For operations."""

from datetime import datetime, time
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from services.referrals.directory.handlers.importing import leave
from services.referrals.directory.handlers.sources import (
    Kept,
    add_source,
    all_sources,
    ask_to_run,
    one_run,
    remove_source,
)
from services.referrals.directory.http.bodies import Out, ProblemOut, ReportOut
from services.referrals.directory.outcome import Run
from services.referrals.directory.source import Source
from shared.storage.database import Database
from shared.web.access import Operator
from shared.web.problems import not_found
from shared.web.work import Work

router = APIRouter(prefix="/api/directory", tags=["directory"])
SourceId = Annotated[UUID, Path(alias="sourceId")]


class SourceIn(BaseModel):
    """`everyHours` or `dailyAt` (local in `timeZone`). `owner` answers for the `area`. `formatsUrl`: BMLT's GetFormats.

    `feed` is its name for ever: the meetings' ids come from it. `timeZone` is for lines that name none.
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    feed: str
    format: str
    url: str
    formats_url: str | None = None
    time_zone: str
    every_hours: int | None = None
    daily_at: time | None = None
    owner: str
    area: str

    def source(self) -> Source:
        return Source(source_id=uuid4(), **self.model_dump())


class AgreedIn(BaseModel):
    """`agree`: a person has looked at what was held, and wants it all the same."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    agree: bool = False


class ProgressOut(Out):
    """`fetched` in bytes, `fetchedOf` if the other side says; `lines` that were read, meetings compared and written."""

    fetched: int
    fetched_of: int | None
    lines: int
    compared: int
    written: int


class RunOut(Out):
    """An import from a source. `state`: waiting, running, ended. `outcome` with `report` or `problem` once it has."""

    import_id: UUID
    source_id: UUID
    feed: str
    asked_at: datetime
    by: str
    state: str
    phase: str
    progress: ProgressOut
    ended_at: datetime | None
    outcome: str | None
    report: ReportOut | None
    problem: ProblemOut | None

    @classmethod
    def of(cls, run: Run) -> "RunOut":
        own = {name: getattr(run, name) for name in cls.model_fields if hasattr(run, name)}
        return cls.model_validate(own | {"import_id": run.run_id, "phase": run.progress.phase})


class SourceOut(Out):
    """`seenAt`: when it was there last, newer or not; `failures` to fetch it, in a row; `lastImport`: how far."""

    source_id: UUID
    feed: str
    format: str
    url: str
    formats_url: str | None
    time_zone: str
    every_hours: int | None
    daily_at: time | None
    owner: str
    area: str
    due_at: datetime
    failures: int
    applied_at: datetime | None
    seen_at: datetime | None
    last_import: RunOut | None = None

    @classmethod
    def of(cls, kept: Kept) -> "SourceOut":
        known = cls.model_validate(kept.source)
        return known.model_copy(update={"last_import": RunOut.of(kept.run) if kept.run else None})


class SourcesOut(Out):
    sources: list[SourceOut]


class AddedOut(Out):
    source_id: UUID


class RunAskedOut(Out):
    import_id: UUID


@router.post("/sources", status_code=201)
async def post_source(body: SourceIn, operator: Operator, uow: Work, request: Request) -> AddedOut:
    """It is read at once, and then by its schedule."""
    inward = request.app.state.feeds_inward
    return AddedOut(source_id=await add_source(uow, body.source(), operator.actor, inward))


@router.get("/sources")
async def get_sources(_: Operator, request: Request) -> SourcesOut:
    database: Database = request.app.state.database
    async with database.reading() as connection:
        return SourcesOut(sources=[SourceOut.of(kept) for kept in await all_sources(connection)])


@router.delete("/sources/{sourceId}")
async def delete_source(source_id: SourceId, _: Operator, uow: Work) -> dict[str, bool]:
    """Its meetings stay listed. `removed` is false when it was gone already."""
    return {"removed": await remove_source(uow, source_id)}


@router.post("/sources/{sourceId}/imports", status_code=202)
async def post_run(source_id: SourceId, operator: Operator, uow: Work, body: AgreedIn | None = None) -> RunAskedOut:
    """Reads it now; if it is waiting or under way already, that is meant."""
    agreed = body is not None and body.agree
    run_id = await ask_to_run(uow, source_id, operator.actor, agreed=agreed)
    if run_id is None:
        raise not_found("There is no such source.", "sourceId")
    return RunAskedOut(import_id=run_id)


@router.get("/imports/{importId}")
async def get_run(import_id: Annotated[UUID, Path(alias="importId")], _: Operator, request: Request) -> RunOut:
    """How far an import from a source is, or how it ended."""
    database: Database = request.app.state.database
    async with database.reading() as connection:
        run = await one_run(connection, import_id)
    if run is None:
        raise not_found("There is no such import from a source.", "importId")
    return RunOut.of(run)


@router.post("/alerts/{feed}/leaving")
async def post_leaving(feed: str, operator: Operator, uow: Work) -> dict[str, bool]:
    """What was held or cannot be read stays out, and is no alert until something else comes.

    `left` is false when there was nothing of the kind.
    """
    return {"left": await leave(uow, feed, operator.actor)}
