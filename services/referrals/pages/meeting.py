"""One meeting as the team knows it, and the meetings to confirm this month. No client is on these pages."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.handlers import areas, confirming, pausing
from services.referrals.directory.handlers.finding import find_meeting, meetings_named
from services.referrals.directory.http.areas import AreaIn
from services.referrals.directory.http.local import ConfirmationIn, LocalKnowledgeIn
from services.referrals.directory.http.safety import ConcernIn
from services.referrals.domain.staff import Colleague
from services.referrals.handlers.staff import colleagues
from services.referrals.pages import forms, frame
from services.referrals.pages.forms import Form
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker, TeamLead
from shared.web.identity import TEAM_LEAD, Person
from shared.web.pages import Link
from shared.web.problems import not_found

router = APIRouter(prefix="/meetings", include_in_schema=False)
_FOUND = 50
MeetingInPath = Annotated[UUID, Path(alias="meetingId")]


@router.get("")
async def due(request: Request, worker: Keyworker, name: Annotated[str, Query(max_length=200)] = "") -> Response:
    """`name`: a part of a meeting's name, or of its place's."""
    return await _due(request, worker, Form(), name.strip())


@router.post("/areas")
async def set_area(request: Request, lead: TeamLead) -> Response:
    """A circle on the map with an owner, or what is held online."""
    form = await forms.read(request)

    async def act(uow: UnitOfWork) -> None:
        names = ("owner", "near", "within")
        asked = forms.parsed(AreaIn, {name: form.value(name) for name in names})
        await areas.set_area(uow, lead.provider, asked.area(form.value("area") or "all"))

    done = await frame.attempt(request, form, act)
    return await _due(request, lead, done) if isinstance(done, Form) else frame.on_to("/meetings", "area")


@router.get("/{meetingId}")
async def meeting(request: Request, meeting_id: MeetingInPath, worker: Keyworker) -> Response:
    return await _page(request, worker, meeting_id, Form())


@router.post("/{meetingId}/confirmation")
async def confirmed(request: Request, meeting_id: MeetingInPath, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def act(uow: UnitOfWork) -> None:
        asked = forms.parsed(ConfirmationIn, {"on": form.date("on")})
        await confirming.confirm(uow, meeting_id, asked.on)

    return await _done(request, worker, meeting_id, form, act)


@router.post("/{meetingId}/local-knowledge")
async def known(request: Request, meeting_id: MeetingInPath, worker: Keyworker) -> Response:
    form = await forms.read(request)

    async def act(uow: UnitOfWork) -> None:
        asked = forms.parsed(LocalKnowledgeIn, _local(form))
        await confirming.note_local_knowledge(uow, meeting_id, asked.noted(), worker)

    return await _done(request, worker, meeting_id, form, act)


@router.post("/{meetingId}/concerns")
async def concern(request: Request, meeting_id: MeetingInPath, worker: Keyworker) -> Response:
    """To whom it was passed, and when: no story."""
    form = await forms.read(request)

    async def act(uow: UnitOfWork) -> None:
        asked = forms.parsed(ConcernIn, {"passedTo": form.value("passedTo"), "passedOn": form.date("passedOn")})
        await pausing.note_concern(uow, meeting_id, asked.passed_to, asked.passed_on, worker)

    return await _done(request, worker, meeting_id, form, act)


@router.post("/{meetingId}/pause")
async def pause(request: Request, meeting_id: MeetingInPath, lead: TeamLead) -> Response:
    follow = request.app.state.meeting_pauses
    return await _done(request, lead, meeting_id, Form(), lambda uow: pausing.pause(uow, meeting_id, lead, follow))


@router.post("/{meetingId}/resumption")
async def resume(request: Request, meeting_id: MeetingInPath, lead: TeamLead) -> Response:
    follow = request.app.state.meeting_pauses
    return await _done(request, lead, meeting_id, Form(), lambda uow: pausing.resume(uow, meeting_id, lead, follow))


async def _done(
    request: Request, worker: Person, meeting_id: UUID, form: Form, act: Callable[[UnitOfWork], Awaitable[object]]
) -> Response:
    done = await frame.attempt(request, form, act)
    if isinstance(done, Form):
        return await _page(request, worker, meeting_id, done)
    return frame.on_to(f"/meetings/{meeting_id}", "meeting")


async def _page(request: Request, worker: Person, meeting_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        found = await find_meeting(uow.connection, meeting_id, worker.provider)
        if found is None:
            raise not_found("No such meeting is in the directory.", "meetingId")
        noted = await pausing.concerns(uow, meeting_id, worker.provider)
        paused, _ = await pausing.paused(uow, worker.provider)
        local = await confirming.local_knowledge(uow, meeting_id, worker.provider)
        team = await colleagues(uow, worker)
    return frame.show(
        request,
        "meeting.html",
        found.meeting.name,
        form=form,
        back=Link("Meetings", "/meetings"),
        found=found,
        local=local,
        team=_choices(team, local.known_by),
        concerns=noted,
        paused=meeting_id in {each.meeting_id for each in paused},
        leads=worker.has_any(TEAM_LEAD),
        sub=worker.sub,
    )


async def _due(request: Request, worker: Person, form: Form, name: str = "") -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        lists = await areas.due_lists(uow, request.app.state.directory, worker.provider)
        paused, named = await pausing.paused(uow, worker.provider)
        found = await meetings_named(uow.connection, name, _FOUND) if name else []
        team = await colleagues(uow, worker)
    return frame.show(
        request,
        "meetings.html",
        "Meetings",
        name=name,
        found=found,
        form=form,
        lists=lists,
        team=_choices(team),
        shown={one.sub: one.shown for one in team},
        paused=[(each, named.get(each.meeting_id)) for each in paused],
        leads=worker.has_any(TEAM_LEAD),
    )


def _choices(team: Sequence[Colleague], others: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Who has been here, and who was named before that."""
    known = [(one.sub, one.shown) for one in team]
    return known + [(sub, sub) for sub in others if sub not in dict(known)]


def _local(form: Form) -> dict[str, object]:
    words = ("door", "greetedBy", "stepFree", "parking", "lastBus")
    return {
        **{name: form.value(name) for name in words},
        "ourPremises": "yes" in form.values("ourPremises"),
        "lastWentOn": form.date("lastWentOn"),
        "knownBy": form.values("knownBy"),
    }
