"""Hand-outs to print or to show, and organisations to talk about: nothing of a client is in them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.directory.handlers.organisations import organisations_in_reach
from services.referrals.directory.organisations import TOPICS
from services.referrals.handouts.catalogue import HANDOUTS, NUMBERS
from services.referrals.pages import frame
from shared.storage.database import Database
from shared.web.access import Keyworker

router = APIRouter(include_in_schema=False)


class ForIn(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    audience: Literal["self", "family"] = "self"


@router.get("/handouts")
async def handouts(request: Request, _: Keyworker) -> Response:
    titles = [(number, HANDOUTS[number, "self"].title) for number in NUMBERS]
    return frame.show(request, "handouts.html", "Hand-outs", titles=titles)


@router.get("/organisations")
async def organisations(request: Request, _: Keyworker, asked: Annotated[ForIn, Query()]) -> Response:
    """Those with a meeting in reach or online."""
    database: Database = request.app.state.database
    async with database.reading() as connection:
        found = await organisations_in_reach(connection, request.app.state.directory, None, asked.audience)
    return frame.show(
        request, "organisations.html", "Organisations", found=found, topics=TOPICS, audience=asked.audience
    )
