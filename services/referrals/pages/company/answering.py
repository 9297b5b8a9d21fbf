"""`/answer/{token}`: a peer supporter says whether they can come, on a phone, without an account or JavaScript.

Nothing on it names the service, the organisation or who asks before both have agreed. Reading it changes nothing.
"""

from typing import Annotated, Literal, cast, get_args

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.referrals.domain.commands_company import PeersAnswer
from services.referrals.http.answers import SavingHere
from services.referrals.pages.forms import read
from services.referrals.peers import wording
from services.referrals.peers.handlers import answering
from services.referrals.peers.handlers.answering import Seen
from services.referrals.peers.links import PATH, Invitation
from services.referrals.peers.request import OFFERED
from services.referrals.peers.request import Request as Wanted
from shared.storage.audit import AuditLog
from shared.web.pages import render
from shared.web.work import Work

router = APIRouter(prefix=PATH, include_in_schema=False)
Token = Annotated[str, Path(max_length=200)]
_NOT_FOUND = 404
_TITLE = "A question for you"
_AGREED = ("agreed", "afterwards")
_KEPT_OUT = {"X-Robots-Tag": "noindex, nofollow"}


@router.get("/{token}")
async def get_answer(token: Token, uow: Work, request: Request) -> Response:
    invitation = request.app.state.links.read(token)
    if invitation is None:
        return _page(request, "unreadable", status=_NOT_FOUND)
    seen = await answering.see(uow, invitation)
    await _noted(request, invitation, seen, "read")
    return _page(request, seen.standing, seen=seen)


@router.post("/{token}")
async def post_answer(token: Token, uow: Work, saving: SavingHere, request: Request) -> Response:
    """Back to the page, which says how it stands: pressed twice, or too late, is no error."""
    invitation = request.app.state.links.read(token)
    if invitation is None:
        return _page(request, "unreadable", status=_NOT_FOUND)
    word = (await read(request)).value("answer")
    if word in get_args(PeersAnswer):
        seen = await answering.answer(uow, saving, invitation, cast("PeersAnswer", word))
        await _noted(request, invitation, seen, "answer")
    return RedirectResponse(f"{PATH}/{token}", 303, headers=_KEPT_OUT)


async def _noted(request: Request, invitation: Invitation, seen: Seen, action: Literal["read", "answer"]) -> None:
    if seen.at is None:
        return
    audit: AuditLog = request.app.state.audit
    subject, client = f"company/{invitation.company_id}", seen.at.client_id
    request_id = request.state.request_id
    who = answering.actor(invitation)
    await audit.note(who, seen.at.provider, action, subject, client=client, request_id=request_id)


def _page(request: Request, standing: str, *, seen: Seen | None = None, status: int = 200) -> Response:
    wanted = seen.request if seen else None
    shown = {"title": _TITLE, "standing": standing, "known_as": seen and seen.known_as}
    page = render(
        request, "company/answer.html", status=status, **shown, **(_told(seen, wanted) if seen and wanted else {})
    )
    page.headers.update(_KEPT_OUT)
    return page


def _told(seen: Seen, wanted: Wanted) -> dict[str, object]:
    """The template shows first name, contact and online link to who has agreed, and to nobody else."""
    made, meeting = wanted.made, wanted.meeting
    return {
        "day": wording.day(made.start, wanted.time_zone),
        "begins": wording.hour(made.start, wanted.time_zone),
        "ends": wording.hour(made.end, wanted.time_zone),
        "where": wanted.where if seen.standing in _AGREED else wanted.where_it_tells_nothing,
        "door": meeting and meeting.finding_the_door,
        "online_link": meeting and meeting.online_link,
        "offers": [OFFERED[offer] for offer in seen.offers],
        "first_name": wanted.company.wish.first_name,
        "contact": wanted.company.wish.contact,
    }
