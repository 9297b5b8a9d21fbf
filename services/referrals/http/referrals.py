"""`/api/referrals`: opening one, reading it, sessions, goals, ending. Commitments and the client have own files."""

from functools import partial
from uuid import uuid4

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.answers import Refusal
from services.referrals.domain.circumstances import set_circumstances
from services.referrals.domain.ending import end_pathway, end_with_another, reopen_pathway
from services.referrals.domain.flags import see_flag
from services.referrals.domain.goals import agree_goal, note_goal_outcome, propose_goal
from services.referrals.domain.identity import identity
from services.referrals.domain.sessions import correct_session, hold_session
from services.referrals.handlers import opening, reading
from services.referrals.handlers.pathway import visible
from services.referrals.handlers.recognising import Newcomer
from services.referrals.handlers.refusals import refused
from services.referrals.handlers.reopening import reopening_of
from services.referrals.http import bodies, shown
from services.referrals.http.answers import Pathway, ReferralId, SavingHere, answer, audited
from services.referrals.http.session_bodies import SessionIn
from shared.web.access import Keyworker
from shared.web.work import Work

router = APIRouter(prefix="/api/referrals", tags=["referrals"])


@router.post("", status_code=201)
async def post_referral(body: bodies.ReferralIn, worker: Keyworker, uow: Work, saving: SavingHere) -> Response:
    """409 with links: the same person has one open (`already-open`), or may be known here (`possible-duplicate`)."""
    who = identity(body.name, body.birth_date, body.nhs_number, uow.now.date())
    if isinstance(who, Refusal):
        raise refused(who)
    newcomer = Newcomer(who, body.confirm_new, body.client_id)
    opened = await opening.open_referral(uow, saving, newcomer, body.command(worker, uow.now), worker)
    ids = {"referralId": opened.pathway.referral_id, "clientId": opened.pathway.client_id}
    location = {"Location": f"/api/referrals/{opened.pathway.referral_id}"}
    return answer({**ids, "cardCode": opened.card_code}, opened.pathway, 201, location)


@router.get("/{referralId}")
async def get_referral(referral_id: ReferralId, worker: Keyworker, uow: Work, request: Request) -> Response:
    case = await visible(uow, referral_id, worker)
    read = await reading.referral(uow, case.pathway)
    await audited(request, worker, f"referral/{referral_id}", case.pathway.client_id)
    return answer(shown.referral(case.pathway, read.client, read.decided, uow.now, read.meetings), case.pathway)


@router.post("/{referralId}/sessions", status_code=201)
async def post_session(at: Pathway, body: SessionIn) -> Response:
    """Only stage and heldAt are required; what is left out is "not recorded"."""
    session_id = uuid4()
    rule = partial(hold_session, command=body.command(session_id, at.now))
    case = await at.do(rule)
    return answer(shown.session_held(case, session_id), case.pathway, 201)


@router.put("/{referralId}/sessions/{sessionId}")
async def put_session(at: Pathway, session_id: bodies.SessionIdInPath, body: SessionIn) -> Response:
    """The whole session as it should have been written down."""
    rule = partial(correct_session, command=body.command(session_id, at.now))
    case = await at.do(rule)
    return answer(shown.session_held(case, session_id), case.pathway)


@router.put("/{referralId}/circumstances")
async def put_circumstances(at: Pathway, body: bodies.CircumstancesIn) -> Response:
    """All of them: what is left out is not so, or not known."""
    case = await at.do(partial(set_circumstances, command=body.command(at.now)))
    return answer(shown.circumstances(case.pathway), case.pathway)


@router.post("/{referralId}/goals", status_code=201)
async def post_goal(at: Pathway, body: bodies.GoalIn) -> Response:
    wanted = body.command(at.now)
    rule = partial(agree_goal if body.state == "agreed" else propose_goal, command=wanted)
    case = await at.do(rule)
    return answer(shown.goal(case, wanted.goal.goal_id), case.pathway, 201)


@router.post("/{referralId}/goals/{goalId}/outcome")
async def post_goal_outcome(at: Pathway, goal_id: bodies.GoalIdInPath, body: bodies.GoalOutcomeIn) -> Response:
    """As client or keyworker say."""
    rule = partial(note_goal_outcome, command=body.command(goal_id, at.now))
    case = await at.do(rule)
    return answer(shown.goal(case, goal_id), case.pathway)


@router.post("/{referralId}/flags/seen")
async def post_flag_seen(at: Pathway, body: bodies.FlagSeenIn) -> Response:
    case = await at.do(partial(see_flag, command=body.command(at.now)))
    return answer(shown.flags(case.pathway, at.now), case.pathway)


@router.post("/{referralId}/ending")
async def post_ending(at: Pathway, body: bodies.EndingIn) -> Response:
    """*Died* ends all of the client's pathways."""
    wanted = body.command(at.now)
    others = partial(end_with_another, command=wanted) if wanted.kind == "died" else None
    case = await at.do(partial(end_pathway, command=wanted), others)
    return answer(shown.state(case.pathway), case.pathway)


@router.post("/{referralId}/reopening")
async def post_reopening(at: Pathway, body: bodies.AtIn) -> Response:
    pathway = (await visible(at.uow, at.referral_id, at.worker)).pathway
    wanted = await reopening_of(at.uow, pathway, body.at or at.now)
    rule = partial(reopen_pathway, command=wanted)
    case = await at.do(rule)
    return answer(shown.state(case.pathway), case.pathway)
