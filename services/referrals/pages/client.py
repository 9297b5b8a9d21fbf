"""One client: where they are on their way, what is suggested next and why, and everything that can be done here."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.events import CommitmentMade
from services.referrals.domain.evidence import evidence, shown_state
from services.referrals.domain.experience import experience_shown
from services.referrals.domain.fitting import did_not_fit
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.goal_kinds import goals_to_choose
from services.referrals.domain.history import history
from services.referrals.domain.needs import handouts_together, needs_now
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.suggestions import suggestions
from services.referrals.domain.taking_part import takes_part
from services.referrals.domain.when import local_day
from services.referrals.handlers import reading
from services.referrals.handlers.sessions import begun
from services.referrals.pages import frame
from services.referrals.pages.forms import Form
from services.referrals.pages.meanwhile import at_its_place, changed_since, is_stale, version
from services.referrals.pages.viewing import seen
from services.referrals.peers.handlers.showing import who_goes_along
from shared.storage.database import UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.pages import Link
from shared.web.work import Work

router = APIRouter(include_in_schema=False)
InPath = Annotated[UUID, Path(alias="referralId")]


@router.get("/clients/{referralId}")
async def client(request: Request, referral_id: InPath, worker: Keyworker, uow: Work) -> Response:
    return await page(request, uow, worker, referral_id, Form())


async def page(request: Request, uow: UnitOfWork, worker: Person, referral_id: UUID, form: Form) -> Response:
    """`form`: one of the page's own that was refused."""
    case, identity, now = await seen(request, uow, worker, referral_id)
    pathway = case.pathway
    read = await reading.referral(uow, pathway)
    events = [event for decision in read.decided for event in decision.events]
    return frame.show(
        request,
        "client.html",
        identity.name,
        status=412 if is_stale(form) else 200,
        form=at_its_place(form),
        meanwhile=await changed_since(uow, pathway, version(form, 0)) if is_stale(form) else [],
        back=Link("Caseload", "/clients"),
        identity=identity,
        pathway=pathway,
        client=read.client,
        unfinished=(await begun(uow, pathway, worker)).mine,
        suggestion=suggest_next(pathway),
        evidence=evidence(pathway, local_day(now, pathway.time_zone)),
        flags=flags_shown(pathway, now),
        experience=experience_shown(pathway),
        suggestions=suggestions(pathway, now),
        needs=needs_now(pathway),
        together=handouts_together(pathway),
        taking_part=takes_part(pathway),
        did_not_fit=did_not_fit(pathway),
        goal_kinds=goals_to_choose(pathway),
        commitments=[
            (made, shown_state(made, now), read.meetings.get(made.meeting_id)) for made in pathway.commitments
        ],
        cautions={event.commitment_id: event.cautions for event in events if isinstance(event, CommitmentMade)},
        companions=await who_goes_along(uow, pathway),
        history=list(reversed(history(events))),
        today=local_day(now, pathway.time_zone),
    )
