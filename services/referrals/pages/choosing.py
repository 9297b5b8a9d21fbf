"""Choosing a meeting together: filter, look at facts in words, lay some side by side, plan one on a day.

Where the client is comes in a form and is forgotten with the answer: it stands in no address and is kept nowhere.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.choosing import Found, coming
from services.referrals.directory.comparing import side_by_side
from services.referrals.directory.handlers.finding import find_these
from services.referrals.directory.handlers.suggesting import Choices
from services.referrals.domain.case import Case
from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.needs import needs_now
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.safety import standing_notices
from services.referrals.handlers import committing
from services.referrals.handlers.pathway import command, visible
from services.referrals.handouts.blocks import Size
from services.referrals.handouts.printing import print_groups
from services.referrals.http.bodies import CommitmentIn
from services.referrals.pages import choosing_asked, forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from services.referrals.pages.viewing import seen
from shared.meetings import Occurrence
from shared.problems import Problem, Refused, refused
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link

router = APIRouter(prefix="/clients/{referralId}/meetings", include_in_schema=False)
_SIDE_BY_SIDE = 4
_OTHER_DAYS = timedelta(weeks=8)
_AT_ONCE, _OTHERS = 3, 8


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
        known = await find_these(uow.connection, chosen, worker.provider, await choosing_asked.place(uow, form))
        found = [known[each] for each in chosen if each in known]
    back = Link("Choose a meeting", f"/clients/{referral_id}/meetings")
    return frame.show(
        request,
        "compare.html",
        "Meetings side by side",
        back=back,
        form=form,
        pathway=case.pathway,
        identity=identity,
        found=found,
        lines=side_by_side(found),
        planned=_planned_days(case.pathway),
        asked=choosing_asked,
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
    return case.pathway, await choosing_asked.found(uow, request, case.pathway, form, or_online=False)


async def _page(request: Request, worker: Person, referral_id: UUID, form: Form) -> Response:
    database: Database = request.app.state.database
    async with database.work() as uow:
        case, identity, _ = await seen(request, uow, worker, referral_id)
        pathway = case.pathway
        try:
            found = await choosing_asked.found(uow, request, pathway, form)
        except Refused as refused:
            found, form = Choices([], 0, [], []), form.refused([*form.problems, *refused.problems])
        lists = await choosing_asked.lists(uow, request, pathway.for_)
        now = uow.now
    return frame.show(
        request,
        "choosing.html",
        "Choose a meeting",
        form=form,
        back=Link(identity.name, f"/clients/{referral_id}"),
        pathway=pathway,
        identity=identity,
        found=found,
        dates={each.meeting.meeting_id: _dates(each, now) for each in found.meetings},
        planned=_planned_days(pathway),
        standing=standing_notices(pathway, now),
        lists=lists,
        asked=choosing_asked,
    )


def _planned_days(pathway: Pathway) -> set[tuple[UUID, date]]:
    return {(made.meeting_id, made.date) for made in pathway.commitments if made.state != "withdrawn"}


def _dates(found: Found, now: datetime) -> tuple[Sequence[Occurrence], Sequence[Occurrence]]:
    """Those in the time that was asked for, one at least; and others of the coming weeks."""
    ahead = coming(found.meeting, now, _OTHER_DAYS)
    asked = {each.date for each in found.occurrences}
    first = [each for each in ahead if each.date in asked] or ahead[:1]
    return first[:_AT_ONCE], [each for each in ahead if each not in first[:_AT_ONCE]][:_OTHERS]


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
