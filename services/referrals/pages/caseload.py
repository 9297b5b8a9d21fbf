"""The team's clients, with filters that an address can be kept of: there is no name in it."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from services.referrals.domain.caseload import Sought
from services.referrals.domain.evidence import evidence
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.stages import suggest_next
from services.referrals.domain.vocabulary import FlagCode, For
from services.referrals.domain.when import local_day
from services.referrals.handlers.caseload import caseload, team_of, teams_to_choose
from services.referrals.handlers.staff import colleagues
from services.referrals.pages import frame
from services.referrals.pages.viewing import seen_list
from shared.web.access import Keyworker
from shared.web.work import Work

router = APIRouter(include_in_schema=False)
_PAGE = 25


TeamInQuery = Annotated[str, Query(max_length=200)]
"""Empty: the worker's own. A team lead may name another of their provider."""


class CaseloadIn(BaseModel):
    """Empty is any. `keyworker`: a colleague's `sub`; `team`: another than one's own, for a team lead."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    state: Literal["open", "ended"] = "open"
    for_: Annotated[For | Literal[""], Field(alias="for")] = ""
    stage: Literal["", "0", "1", "2", "3"] = ""
    keyworker: Annotated[str, Field(max_length=200)] = ""
    flag: FlagCode | Literal["", "any"] = ""
    team: Annotated[str, Field(max_length=200)] = ""
    page: Annotated[int, Field(ge=1)] = 1

    def sought(self) -> Sought:
        return Sought(
            state=self.state,
            for_=self.for_ or None,
            stage=int(self.stage) if self.stage else None,  # type: ignore[arg-type]
            keyworker=self.keyworker or None,
            team=self.team or None,
            flagged=self.flag == "any",
            flag=None if self.flag in ("", "any") else self.flag,  # type: ignore[arg-type]
        )

    def address(self, page: int) -> str:
        asked = self.model_dump(by_alias=True, exclude_defaults=True) | {"page": page}
        return f"/clients?{urlencode(asked)}"


@router.get("/clients")
async def clients(request: Request, worker: Keyworker, uow: Work, asked: Annotated[CaseloadIn, Query()]) -> Response:
    listed = await caseload(uow, worker, asked.sought())
    first = (asked.page - 1) * _PAGE
    shown = listed.cases[first : first + _PAGE]
    await seen_list(request, worker, "caseload", shown)
    rows = [
        {
            "one": one,
            "next": suggest_next(one.pathway),
            "flags": flags_shown(one.pathway, uow.now),
            "evidence": evidence(one.pathway, local_day(uow.now, one.pathway.time_zone)),
        }
        for one in shown
    ]
    return frame.show(
        request,
        "caseload.html",
        "Caseload",
        asked=asked,
        rows=rows,
        total=len(listed.cases),
        complete=listed.complete,
        colleagues=await colleagues(uow, worker),
        teams=await teams_to_choose(uow, worker),
        team=team_of(worker, asked.team or None),
        earlier=asked.address(asked.page - 1) if asked.page > 1 else None,
        later=asked.address(asked.page + 1) if first + _PAGE < len(listed.cases) else None,
    )
