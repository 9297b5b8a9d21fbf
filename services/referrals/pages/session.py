"""A session on one page, in any order. It is kept as it is written; nothing but its date and stage is required."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.referrals.domain.goal_kinds import goals_to_choose
from services.referrals.domain.ids import SessionId
from services.referrals.domain.needs import handouts_together
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.stages import suggest_next
from services.referrals.handlers.pathway import visible
from services.referrals.handlers.reading import meetings_planned, pathway_at
from services.referrals.handlers.sessions import Begun, begun, drop_draft, keep_draft, save_session
from services.referrals.handlers.word import Words
from services.referrals.pages import forms, frame, hearing_words, session_form, session_typed, session_words
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.meanwhile import at_its_place, changed_since, is_stale, version
from services.referrals.pages.session_choices import choices
from services.referrals.pages.session_merging import put_together
from services.referrals.pages.session_planned import not_heard_yet, tell_of_planned
from services.referrals.pages.viewing import seen
from services.referrals.pages.words import clock
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link
from shared.web.problems import not_found
from shared.web.work import Work

router = APIRouter(prefix="/clients/{referralId}/sessions", include_in_schema=False)
SessionInPath = Annotated[UUID, Path(alias="sessionId")]
_PROGRAM = "application/json"


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who writes down which session."""

    request: Request
    worker: Person
    referral_id: UUID
    session_id: UUID

    @property
    def at(self) -> str:
        return f"/clients/{self.referral_id}/sessions/{self.session_id}"


@router.get("/new")
async def new(request: Request, referral_id: InPath, worker: Keyworker, uow: Work) -> Response:
    """Goes on with what this worker has begun, if there is something."""
    case = await visible(uow, referral_id, worker)
    unfinished = [d for d in (await begun(uow, case.pathway, worker)).mine if not _recorded(case.pathway, d.session_id)]
    session_id = unfinished[0].session_id if unfinished else uuid4()
    return await _page(_Desk(request, worker, referral_id, session_id), uow)


@router.get("/{sessionId}")
async def one(
    request: Request, referral_id: InPath, session_id: SessionInPath, worker: Keyworker, uow: Work
) -> Response:
    """A recorded session to correct, or one that this worker has begun."""
    case = await visible(uow, referral_id, worker)
    known = _recorded(case.pathway, session_id) or (await begun(uow, case.pathway, worker)).of(session_id)
    if not known:
        raise not_found("There is no such session on this pathway.", "sessionId")
    return await _page(_Desk(request, worker, referral_id, session_id), uow)


@router.post("/{sessionId}")
async def save(request: Request, referral_id: InPath, session_id: SessionInPath, worker: Keyworker) -> Response:
    form, desk = await forms.read(request), _Desk(request, worker, referral_id, session_id)
    done = await frame.attempt(request, form, lambda uow: _saved(uow, desk, form))
    if not isinstance(done, Form):
        return frame.on_to(f"/clients/{referral_id}", "session")
    database: Database = request.app.state.database
    async with database.work() as uow:
        if is_stale(done):
            done = await _together(uow, desk, done)
        return await _page(desk, uow, session_form.at_their_fields(at_its_place(done), session_form.places(form)))


@router.post("/{sessionId}/draft")
async def draft(
    request: Request, referral_id: InPath, session_id: SessionInPath, worker: Keyworker, uow: Work
) -> Response:
    """By the page's script, which is told when it was kept, or by a button."""
    form = await forms.read(request)
    correcting = form.value("correcting") == "yes"
    kept = await keep_draft(uow, referral_id, session_id, worker, form.typed, correcting=correcting)
    if request.headers.get("accept") != _PROGRAM:
        return frame.on_to(f"/clients/{referral_id}/sessions/{session_id}" if kept else f"/clients/{referral_id}")
    case = await visible(uow, referral_id, worker)
    return JSONResponse({"savedAt": clock(uow.now, case.pathway.time_zone) if kept else None})


@router.post("/{sessionId}/draft/discard")
async def discard(
    request: Request, referral_id: InPath, session_id: SessionInPath, worker: Keyworker, uow: Work
) -> Response:
    await drop_draft(uow, referral_id, session_id, worker)
    return frame.on_to(f"/clients/{referral_id}", "discarded")


def _recorded(pathway: Pathway, session_id: UUID) -> bool:
    return pathway.session(SessionId(session_id)) is not None


async def _saved(uow: UnitOfWork, desk: _Desk, form: Form) -> None:
    case = await visible(uow, desk.referral_id, desk.worker)
    correcting = form.value("correcting") == "yes"
    earlier = case.pathway.session(SessionId(desk.session_id)) if correcting else None
    body = session_form.session_in(form, case.pathway, uow.now, earlier)
    await save_session(
        uow,
        desk.request.app.state.saving,
        desk.referral_id,
        desk.worker,
        body.command(desk.session_id, uow.now),
        correcting=correcting,
        version=version(form, case.pathway.commands_version),
    )
    await tell_of_planned(Words(uow, desk.request.app.state.saving, desk.worker), form, case.pathway, uow.now)


async def _together(uow: UnitOfWork, desk: _Desk, form: Form) -> Form:
    """With what somebody else has written down of the same session meanwhile."""
    pathway = (await visible(uow, desk.referral_id, desk.worker)).pathway
    before = await pathway_at(uow, pathway, version(form, 0))
    return put_together(form, before, pathway, SessionId(desk.session_id), uow.now)


async def _page(desk: _Desk, uow: UnitOfWork, refused: Form | None = None) -> Response:
    """`refused`: what was sent and not saved. Else what was kept, or the session as it is recorded, or a blank page."""
    case, identity, now = await seen(desk.request, uow, desk.worker, desk.referral_id)
    pathway = case.pathway
    drafts = await begun(uow, pathway, desk.worker)
    form = refused or _begun_form(desk, pathway, drafts, now)
    known = version(form, pathway.commands_version)
    changed = await changed_since(uow, pathway, known) if known < pathway.commands_version else []
    kept, session = drafts.of(desk.session_id), pathway.session(SessionId(desk.session_id))
    meetings = await meetings_planned(uow, pathway)
    return frame.show(
        desk.request,
        "session.html",
        "Correct a session" if session else "Note a session",
        status=412 if refused and is_stale(refused) else 200,
        form=form,
        meanwhile=[*changed, *form.changed],
        back=Link(identity.name, f"/clients/{desk.referral_id}"),
        identity=identity,
        pathway=pathway,
        session=session,
        at=desk.at,
        kept_at=clock(kept.saved_at, pathway.time_zone) if kept else None,
        others_at=[clock(other.saved_at, pathway.time_zone) for other in drafts.others],
        choices=choices(pathway, meetings, form),
        not_heard=not_heard_yet(pathway, meetings, now),
        of_meetings=hearing_words,
        together=handouts_together(pathway),
        goal_kinds=goals_to_choose(pathway),
        suggestion=suggest_next(pathway),
        said=session_words,
    )


def _begun_form(desk: _Desk, pathway: Pathway, drafts: Begun, now: datetime) -> Form:
    if kept := drafts.of(desk.session_id):
        return Form(kept.typed)
    session = pathway.session(SessionId(desk.session_id))
    return Form(session_typed.recorded(session, pathway) if session else session_typed.blank(pathway, now))
