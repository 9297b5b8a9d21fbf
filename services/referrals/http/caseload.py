"""`/api/caseload`: a keyworker's clients and their team's; `/api/colleagues`: whose they could be."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.caseload import Sought
from services.referrals.domain.vocabulary import FlagCode, For
from services.referrals.handlers import caseload, staff
from services.referrals.http.answers import audited_each, listed
from services.referrals.http.bodies import Body
from services.referrals.http.shown_caseload import case_json, colleague_json
from services.referrals.http.values import Code
from shared.web.access import Keyworker
from shared.web.identity import Person
from shared.web.work import Work

router = APIRouter(prefix="/api", tags=["caseload"])


class CaseloadIn(Body):
    """`keyworker=me` is whoever asks. `stage=0`: nothing was held yet. A team lead may name another team."""

    keyworker: Code | None = None
    team: Code | None = None
    for_: For | None = Field(None, alias="for")
    stage: Annotated[int, Field(ge=0, le=3)] | None = None
    state: Literal["open", "ended"] = "open"
    not_heard_from: bool = False
    flagged: bool = False
    flag: FlagCode | None = None

    def sought(self, worker: Person) -> Sought:
        own = {"keyworker": worker.sub} if self.keyworker == "me" else {}
        return Sought(**{name: getattr(self, name) for name in type(self).model_fields} | own)


@router.get("/caseload")
async def get_caseload(
    worker: Keyworker, asked: Annotated[CaseloadIn, Query()], uow: Work, request: Request
) -> Response:
    """Those who were asked for, by name, with what is due on each."""
    found = await caseload.caseload(uow, worker, asked.sought(worker))
    await audited_each(request, worker, "caseload", {one.pathway.client_id for one in found.cases})
    return listed({"complete": found.complete, "cases": [case_json(one, uow.now) for one in found.cases]})


@router.get("/colleagues")
async def get_colleagues(worker: Keyworker, uow: Work) -> Response:
    """Who has signed in here before, of the whole provider."""
    return listed({"colleagues": [colleague_json(one) for one in await staff.colleagues(uow, worker)]})
