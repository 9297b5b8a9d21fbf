"""Choosing a meeting together: filter, look at facts in words, lay some side by side, plan one on a day.

Where the client is comes in a form and is forgotten with the answer: it stands in no address and is kept nowhere.
"""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.comparing import side_by_side
from services.referrals.directory.handlers.finding import find_meeting
from services.referrals.directory.handlers.suggesting import Choices, suggest
from services.referrals.directory.http.asking import MeetingsBody
from services.referrals.directory.http.placing import place_in
from services.referrals.domain.case import Case
from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.needs import needs_now
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers import committing
from services.referrals.handlers.clients import client_of
from services.referrals.handlers.pathway import command, visible
from services.referrals.handouts.blocks import Size
from services.referrals.handouts.printing import print_groups
from services.referrals.http.bodies import CommitmentIn
from services.referrals.pages import forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from shared.meetings.kinds import KINDS
from shared.problems import Problem, Refused, refused
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}/meetings", include_in_schema=False)
_SHOWN = 12
_SIDE_BY_SIDE = 4
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES = {"morning": ("06:00", "12:00"), "afternoon": ("12:00", "17:30"), "evening": ("17:00", "24:00")}
_OFFERED = (
    "newcomer",
    "women",
    "men",
    "young-people",
    "lgbtq",
    "secular",
    "co-occurring",
    "wheelchair",
    "sign-language",
)


@router.get("")
async def meetings(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, Form())


@router.post("")
async def filtered(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    return await _page(request, worker, referral_id, await forms.read(request))


@router.post("/plan")
async def plan(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """A meeting on a day. Pressed twice it is planned once."""
    form = await forms.read(request)
    done = await frame.attempt(request, form, lambda uow: _planned(uow, request, worker, referral_id, form))
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done)
    return frame.on_to(f"/clients/{referral_id}", "committed")


@router.post("/compare")
async def compare(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """Like hand-out 6b: facts in the same order; the reasons for and against are the client's, so there is room."""
    form = await forms.read(request)
    chosen = [found for found in map(_uuid, form.values("meeting")) if found]
    if not 2 <= len(chosen) <= _SIDE_BY_SIDE:
        problem = Problem("meeting", "two-to-four", "Choose two to four meetings to lay side by side.")
        return await _page(request, worker, referral_id, form.refused([problem]))
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
        found = [one for one in [await find_meeting(uow.connection, each, worker.provider) for each in chosen] if one]
    back = Link("Choose a meeting", f"/clients/{referral_id}/meetings")
    return frame.show(
        request,
        "compare.html",
        "Meetings side by side",
        back=back,
        pathway=case.pathway,
        identity=identity,
        found=found,
        lines=side_by_side(found),
    )


@router.post("/print")
async def printed(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    """Hand-out 6 with what was looked for, in large print for who needs it. Only what may be suggested is in it."""
    form = await forms.read(request)
    done = await frame.attempt(request, form, lambda uow: _to_print(uow, request, worker, referral_id, form))
    if isinstance(done, Form):
        return await _page(request, worker, referral_id, done)
    pathway, found = done
    needs = needs_now(pathway)
    size: Size = "large" if needs and needs.large_print else "normal"
    pdf = await print_groups(found.meetings, size, young=found.young)
    headers = {"Content-Disposition": 'inline; filename="hand-out-6.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def _to_print(
    uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, form: Form
) -> tuple[Pathway, Choices]:
    case, _, _ = await seen(request, uow, worker, referral_id)
    if not form.value("near") and case.pathway.circumstances.release_area is None:
        raise refused("near", "place-missing", "Say where: hand-out 6 lists the groups near a place.")
    return case.pathway, await _found(uow, request, case.pathway, form)


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
        try:
            found = await _found(uow, request, case.pathway, form)
        except Refused as refused:
            found, form = Choices([], 0, [], []), form.refused(refused.problems)
    planned = {(made.meeting_id, made.date) for made in case.pathway.commitments if made.state != "withdrawn"}
    return frame.show(
        request,
        "choosing.html",
        "Choose a meeting",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        pathway=case.pathway,
        identity=identity,
        found=found,
        planned=planned,
        days=_DAYS,
        offered=[(kind, KINDS[kind]) for kind in _OFFERED],
    )


async def _found(uow: UnitOfWork, request: Request, pathway: Pathway, form: Form) -> Choices:
    """What is known of the client shapes it: whom it is for, what did not fit, what keeps them safe."""
    asked = forms.parsed(
        MeetingsBody,
        {
            "format": _formats(form.value("format")),
            "day": form.values("day") or None,
            "free": _free(form) or None,
            "kind": form.values("kind"),
            "near": form.value("near"),
            "within": form.value("within"),
            "limit": _SHOWN,
        },
    )
    place = await place_in(uow.connection, asked.near, asked.within)
    wanted = asked.model_copy(update={"near": None}).wanted(place)
    client = await client_of(uow, pathway.client_id)
    return await suggest(uow, request.app.state.directory, pathway, client, wanted)


def _formats(said: str) -> list[str] | None:
    """Who wants to meet people there may also go where others join online."""
    return {"in-person": ["in-person", "hybrid"], "online": ["online", "hybrid"]}.get(said)


def _free(form: Form) -> Sequence[str]:
    """On every day that was chosen, at the times that were."""
    days, times = form.values("day") or _DAYS, [_TIMES[said] for said in form.values("time") if said in _TIMES]
    return [f"{day} {from_}-{to}" for day in days for from_, to in times]


async def _planned(uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, form: Form) -> Case:
    meeting, _, day = form.value("plan").partition("|")
    body = forms.parsed(
        CommitmentIn, {"meetingId": meeting, "date": day, "overrideReason": form.value("overrideReason")}
    )
    case = await visible(uow, referral_id, worker)
    if any(
        (made.meeting_id, made.date, made.state) == (body.meeting_id, body.date, "planned")
        for made in case.pathway.commitments
    ):
        return case
    wanted = await committing.of_occurrence(uow, case.pathway.client_id, body.planned(uow.now))
    rule = partial(commit_to_meeting, command=wanted)
    return await command(uow, request.app.state.saving, referral_id, worker, rule, if_match=form.if_match)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
