"""`/api/parked` and `/api/deadletters`, in every service: what the command line uses."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from shared.problems import Problem
from shared.web.access import Operator
from shared.web.operations_stuck import stuck

router = APIRouter(prefix="/api", tags=["operations"])


class _Out(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        from_attributes=True,
        hide_input_in_errors=True,
    )


class ParkedOut(_Out):
    """Where the event lay, whose it is, why it failed and when it is tried again; not what it says."""

    seq: int
    topic: str
    partition: int
    offset: int
    event_id: str
    type: str
    client: UUID | None
    provider: str | None
    code: str
    reason: str
    parked_at: datetime
    tries: int
    next_try_at: datetime | None
    give_up_at: datetime | None


class OneParkedOut(ParkedOut):
    """`behind`: later events of the same client that wait for it."""

    behind: int


class DeadLetterOut(_Out):
    id: UUID
    topic: str
    partition: int
    offset: int
    event_id: str | None
    client: UUID | None
    provider: str | None
    field: str
    code: str
    reason: str
    at: datetime


class ProblemOut(_Out):
    field: str
    code: str
    reason: str


class RetriedOut(_Out):
    """How many were applied; `problem`: why it then stopped, if it did."""

    applied: int
    problem: ProblemOut | None


class ReplayedOut(_Out):
    """`problem`: why it was not taken this time either. It stays then."""

    problem: ProblemOut | None


@router.get("/parked")
async def get_parked(request: Request, operator: Operator) -> dict[str, list[ParkedOut]]:
    return {"parked": [ParkedOut.model_validate(row) for row in await stuck(request, operator).parked()]}


@router.get("/parked/{seq}")
async def get_one_parked(seq: int, request: Request, operator: Operator) -> OneParkedOut:
    row, behind = await stuck(request, operator).one_parked(seq)
    return OneParkedOut(**ParkedOut.model_validate(row).model_dump(by_alias=False), behind=behind)


@router.post("/parked/{seq}/retry")
async def post_retry(seq: int, request: Request, operator: Operator) -> RetriedOut:
    """That event, those of its client in front of it and behind, in order; stops at the first that fails."""
    retried = await stuck(request, operator).retry(seq)
    return RetriedOut(applied=retried.applied, problem=_problem(retried.problem))


@router.post("/parked/{seq}/discard")
async def post_discard(seq: int, request: Request, operator: Operator) -> dict[str, bool]:
    """It will never be applied. What waits behind it is tried at once."""
    return {"discarded": await stuck(request, operator).discard(seq)}


@router.get("/deadletters")
async def get_dead_letters(request: Request, operator: Operator) -> dict[str, list[DeadLetterOut]]:
    return {"deadletters": [DeadLetterOut.model_validate(row) for row in await stuck(request, operator).dead_letters()]}


@router.get("/deadletters/{letter}")
async def get_dead_letter(letter: UUID, request: Request, operator: Operator) -> DeadLetterOut:
    return DeadLetterOut.model_validate(await stuck(request, operator).one_dead_letter(letter))


@router.post("/deadletters/{letter}/replay")
async def post_replay(letter: UUID, request: Request, operator: Operator) -> ReplayedOut:
    return ReplayedOut(problem=_problem(await stuck(request, operator).replay(letter)))


def _problem(problem: Problem | None) -> ProblemOut | None:
    return ProblemOut.model_validate(problem) if problem else None
