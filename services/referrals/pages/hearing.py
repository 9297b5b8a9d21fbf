"""How a meeting was: of one that was planned, and of one that the client went to without having planned it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.named import Asked
from services.referrals.domain.case import Case
from services.referrals.domain.when import local_day
from services.referrals.handlers.word import Said, Words, held_on
from services.referrals.http.answers import audited
from services.referrals.http.bodies import WordIn
from services.referrals.http.values import Code, Date, Name
from services.referrals.pages import client, forms, frame, hearing_words
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from services.referrals.pages.words import organisation
from shared.meetings import ORGANISATIONS, Meeting
from shared.problems import Problem, Refused
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}", include_in_schema=False)
CommitmentInPath = Annotated[UUID, Path(alias="commitmentId")]
_SHOWN = 20


class _Body(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True, frozen=True)


class MeetingSoughtIn(_Body):
    """`date`: the meeting's local day; name and organisation narrow it down."""

    date: Date
    name: Name | None = None
    organisation: Code | None = None


class MeetingWentIn(_Body):
    meeting_id: UUID
    date: Date


def said_in(form: Form, now: datetime, prefix: str = "") -> Said:
    """As `console/word.html` asks it; `prefix`: of the names of its fields. Refused at them."""
    names = {name: f"{prefix}{name}" for name in ("outcome", "by", "reason")}
    by = form.value(names["by"], "client")
    body: dict[str, Any] = {"outcome": form.value(names["outcome"]), "reason": form.value(names["reason"])}
    body |= {"by": by} if by in ("client", "keyworker") else {"by": "keyworker", "on": by}
    return forms.parsed(WordIn, body, {**names, "on": names["by"]}).said(now)


@router.post("/commitments/{commitmentId}/outcome")
async def outcome(
    request: Request, referral_id: InPath, commitment_id: CommitmentInPath, worker: Keyworker
) -> Response:
    """How it was. Journal keeps it and decides what stands, so the page shows it a moment later."""
    form = await forms.read(request)

    async def told(uow: UnitOfWork) -> Case:
        words = Words(uow, request.app.state.saving, worker)
        case = await words.of_commitment(referral_id, commitment_id, said_in(form, uow.now))
        await audited(request, worker, f"commitment/{commitment_id}", case.pathway.client_id, action="report")
        return case

    done = await frame.attempt(request, form, told)
    if not isinstance(done, Form):
        return frame.on_to(f"/clients/{referral_id}", "word")
    database: Database = request.app.state.database
    async with database.work() as uow:
        return await client.page(request, uow, worker, referral_id, done)


@router.get("/attended")
async def went(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form())


@router.post("/attended")
async def heard(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """A meeting that was found, or what to look for: which days somebody went where stands in no address."""
    form = await forms.read(request)
    if not form.value("meetingId"):
        return await _page(request, worker, referral_id, form)

    async def told(uow: UnitOfWork) -> Case:
        asked = forms.parsed(MeetingWentIn, {"meetingId": form.value("meetingId"), "date": _day(form)})
        words = Words(uow, request.app.state.saving, worker)
        case = await words.of_meeting(referral_id, asked.meeting_id, asked.date, said_in(form, uow.now))
        await audited(request, worker, f"attendance/{asked.meeting_id}", case.pathway.client_id, action="report")
        return case

    done = await frame.attempt(request, form, told)
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done)
    return frame.on_to(f"/clients/{referral_id}", "word")


def _day(form: Form) -> str | None:
    """Of three fields, or as a page that knows it sends it."""
    return form.date("date") or form.value("date") or None


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, now = await seen(request, uow, worker, referral_id)
        found: list[Meeting] | None = None
        if form.typed:
            try:
                found = await _found(uow, form, case)
            except Refused as refused:
                form = form if form.problems else form.refused(refused.problems)
    offered = [code for code, known in ORGANISATIONS.items() if known.audience in (case.pathway.for_, "both")]
    return frame.show(
        request,
        "attended.html",
        "A meeting that the client went to",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        pathway=case.pathway,
        identity=identity,
        found=found and found[:_SHOWN],
        more=len(found or ()) > _SHOWN,
        nothing=found == [],
        organisations=[("", "Any"), *((code, organisation(code)) for code in offered)],
        today=local_day(now, case.pathway.time_zone),
        of_meetings=hearing_words,
    )


async def _found(uow: UnitOfWork, form: Form, case: Case) -> list[Meeting]:
    typed = {name: form.value(name) for name in ("name", "organisation")}
    sought = forms.parsed(MeetingSoughtIn, {**typed, "date": _day(form)})
    if sought.date > local_day(uow.now, case.pathway.time_zone):
        raise Refused(Problem("date", "in-the-future", "This day is still to come."))
    asked = Asked(sought.date, case.pathway.for_, sought.name or "", sought.organisation or "")
    return await held_on(uow, asked, _SHOWN + 1)
