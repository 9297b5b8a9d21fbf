"""What a keyworker does on a client's page: goals, planned meetings, flags and consents. Its ending: `ending`."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.case import Case
from services.referrals.domain.commands_commitments import WithdrawCommitment
from services.referrals.domain.commitments import withdraw_commitment
from services.referrals.domain.flags import see_flag
from services.referrals.domain.goals import agree_goal, note_goal_outcome, propose_goal
from services.referrals.domain.ids import CommitmentId, GoalId
from services.referrals.handlers import clients
from services.referrals.handlers.pathway import Rule, command, visible
from services.referrals.http import bodies
from services.referrals.pages import client, forms, frame
from services.referrals.pages.client import InPath
from services.referrals.pages.forms import Form
from shared.storage.database import Database, UnitOfWork
from shared.web.access import Keyworker
from shared.web.identity import Person

router = APIRouter(prefix="/clients/{referralId}", include_in_schema=False)
CommitmentInPath = Annotated[UUID, Path(alias="commitmentId")]
GoalInPath = Annotated[UUID, Path(alias="goalId")]
Rules = tuple[Rule, Rule | None]
Decide = Callable[[UnitOfWork, Form], Awaitable[Rules]]


async def act(request: Request, worker: Person, referral_id: UUID, decide: Decide, said: str) -> Response:
    """One command from the client's page."""
    return await done_with(request, worker, referral_id, decide, await forms.read(request), said=said)


async def done_with(
    request: Request, worker: Person, referral_id: UUID, decide: Decide, form: Form, *, said: str
) -> Response:
    """The same, with a form that was read already."""

    async def commanded(uow: UnitOfWork) -> Case:
        return await _commanded(uow, request, worker, referral_id, decide=decide, form=form)

    return await _answered(request, worker, referral_id, await frame.attempt(request, form, commanded), said)


async def _answered(request: Request, worker: Person, referral_id: UUID, done: Case | Form, said: str) -> Response:
    """Back to the client's page when it is done; that page with the refusal when it is not."""
    if not isinstance(done, Form):
        return frame.on_to(f"/clients/{referral_id}", said)
    database: Database = request.app.state.database
    async with database.work() as uow:
        return await client.page(request, uow, worker, referral_id, done)


async def _commanded(
    uow: UnitOfWork, request: Request, worker: Person, referral_id: UUID, *, decide: Decide, form: Form
) -> Case:
    await visible(uow, referral_id, worker)
    rule, others = await decide(uow, form)
    return await command(
        uow, request.app.state.saving, referral_id, worker, rule, others=others, if_match=form.if_match
    )


@router.post("/goals")
async def goal(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    async def decide(uow: UnitOfWork, form: Form) -> Rules:
        asked = {name: form.value(name) for name in ("kind", "words", "state")}
        body = forms.parsed(bodies.GoalIn, asked | {"due": form.date("due")})
        return partial(agree_goal if body.state == "agreed" else propose_goal, command=body.command(uow.now)), None

    return await act(request, worker, referral_id, decide, "goal")


@router.post("/goals/{goalId}/outcome")
async def goal_outcome(request: Request, referral_id: InPath, goal_id: GoalInPath, worker: Keyworker) -> Response:
    async def decide(uow: UnitOfWork, form: Form) -> Rules:
        body = forms.parsed(bodies.GoalOutcomeIn, {"outcome": form.value("outcome")})
        return partial(note_goal_outcome, command=body.command(GoalId(goal_id), uow.now)), None

    return await act(request, worker, referral_id, decide, "goal")


@router.post("/commitments/{commitmentId}/withdrawal")
async def withdrawal(
    request: Request, referral_id: InPath, commitment_id: CommitmentInPath, worker: Keyworker
) -> Response:
    async def decide(uow: UnitOfWork, _: Form) -> Rules:
        asked = WithdrawCommitment(commitment_id=CommitmentId(commitment_id), at=uow.now, recorded_at=uow.now)
        return partial(withdraw_commitment, command=asked), None

    return await act(request, worker, referral_id, decide, "withdrawn")


@router.post("/flags")
async def flag(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    async def decide(uow: UnitOfWork, form: Form) -> Rules:
        body = forms.parsed(bodies.FlagSeenIn, {"code": form.value("code"), "about": form.value("about")})
        return partial(see_flag, command=body.command(uow.now)), None

    return await act(request, worker, referral_id, decide, "seen")


@router.post("/consents")
async def consents(request: Request, referral_id: InPath, worker: Keyworker) -> Response:
    async def decide(uow: UnitOfWork, form: Form) -> Rules:
        case = await visible(uow, referral_id, worker)
        known = await clients.client_of(uow, case.pathway.client_id)
        given: Sequence[str] = form.values("consents")
        # Family and friends are not asked about the return: what is left out stays as it is.
        in_return = "treatmentReturn" in given if case.pathway.for_ == "self" else None
        asked = clients.Consents("records" in given, "peers" in given, tuple(known.emitters), in_return)
        return await clients.consent(uow, case.pathway, worker, asked)

    return await act(request, worker, referral_id, decide, "consents")
