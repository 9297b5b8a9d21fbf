"""`/api/concerns`: what to say when a client has doubts, for anybody who signed in; there is no person in it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from services.referrals.handouts.blocks import For
from services.referrals.handouts.replies import REPLIES, to_choose_from
from shared.web.access import Staff

router = APIRouter(prefix="/api/concerns", tags=["hand-outs"])


class Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class ConcernOut(Out):
    """`says`: how a client may put it; `reply`: what a keyworker may answer."""

    code: str
    says: str
    reply: str


class ConcernsOut(Out):
    """`benefits` and `problems` are for who asks for a list: own words come first."""

    concerns: list[ConcernOut]
    benefits: tuple[str, ...]
    problems: tuple[str, ...]


@router.get("")
async def get_concerns(_: Staff, whom: Annotated[For, Query(alias="for")]) -> ConcernsOut:
    """`for` is asked for: a family member is offered nothing that implies their own use."""
    return ConcernsOut(
        concerns=[ConcernOut(code=code, says=it.asks, reply=it.answer) for code, it in REPLIES[whom].items()],
        benefits=to_choose_from("benefits", whom),
        problems=to_choose_from("problems", whom),
    )
