"""`/api/returns/ndtms`: the return as CSV, for a team lead; each client in it is noted in the audit."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from services.referrals.http.answers import audited
from services.referrals.http.values import Date
from services.referrals.ndtms.fact import Window
from services.referrals.ndtms.handlers import facilitated
from services.referrals.ndtms.lines import Facilitated, as_csv, can_be_named
from services.referrals.ndtms.mapping import Mapping, Written, published
from shared.problems import Problem
from shared.storage.database import Database
from shared.web.access import TeamLead
from shared.web.identity import Person
from shared.web.problems import unprocessable

MARK = "do not submit"
_NOTED_AT_ONCE = 500
"""Well below what the audit lets wait."""
_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A line for each client whose record is open to who asks. `Famalink-Left-Out`: how many lack "
        "the NHS number that the mapping asks for. `Famalink-Mark: do not submit` where the mapping is superseded.",
        "content": {"text/csv": {}},
    }
}

router = APIRouter(prefix="/api/returns/ndtms", tags=["returns"])


class _WindowIn(BaseModel):
    """`from` and `to`: first and last day of the review window; the review is on the last.

    `supersededAnyway`: to see what an old version looked like.
    """

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, extra="forbid", hide_input_in_errors=True
    )

    from_: Annotated[Date, Field(alias="from")]
    to: Date

    @property
    def window(self) -> Window:
        return Window(self.from_, self.to)


class PublishedIn(_WindowIn):
    """`mapping`: a version that comes with Famalink."""

    mapping: Written
    superseded_anyway: bool = False


class OwnIn(_WindowIn):
    """`mapping`: a whole table of your own, for a version that Famalink does not bring."""

    mapping: Mapping
    superseded_anyway: StrictBool = False


@router.get("", response_class=Response, responses=_CSV)
async def get_return(asked: Annotated[PublishedIn, Query()], worker: TeamLead, request: Request) -> Response:
    """By a mapping that comes with Famalink."""
    mapping = published().get(asked.mapping)
    if mapping is None:
        known = ", ".join(sorted(published()))
        reason = f"There is no such mapping here. There is {known}; or send one of your own by POST."
        raise unprocessable(Problem("mapping", "unknown-mapping", reason))
    return await _returned(request, worker, mapping, asked.window, anyway=asked.superseded_anyway)


@router.post("", response_class=Response, responses=_CSV)
async def post_return(asked: OwnIn, worker: TeamLead, request: Request) -> Response:
    """By a mapping of your own, as the data set's owner publishes it. Nothing is kept."""
    return await _returned(request, worker, asked.mapping, asked.window, anyway=asked.superseded_anyway)


async def _returned(request: Request, worker: Person, mapping: Mapping, window: Window, *, anyway: bool) -> Response:
    if problem := _wrong(mapping, window, anyway):
        raise unprocessable(problem)
    database: Database = request.app.state.database
    async with database.work() as uow:
        facts = await facilitated(uow, worker, window)
    named = [fact for fact in facts if can_be_named(fact, mapping)]
    subject = f"return/ndtms/{mapping.version}/{window.first}/{window.last}"
    await _noted(request, worker, subject, named)
    headers = {
        "Content-Disposition": f'attachment; filename="{_file_name(mapping, window)}"',
        "Famalink-Left-Out": str(len(facts) - len(named)),
        **({"Famalink-Mark": MARK} if mapping.superseded else {}),
    }
    return Response(as_csv(named, mapping), media_type="text/csv", headers=headers)


async def _noted(request: Request, worker: Person, subject: str, facts: list[Facilitated]) -> None:
    """One line for each client: whoever asks later who has seen their data finds it."""
    for first in range(0, len(facts), _NOTED_AT_ONCE):
        some = facts[first : first + _NOTED_AT_ONCE]
        await asyncio.gather(*(audited(request, worker, subject, fact.client_id, action="return") for fact in some))


def _wrong(mapping: Mapping, window: Window, anyway: bool) -> Problem | None:
    if window.last < window.first:
        return Problem("to", "ends-before-it-begins", "The last day is before the first.")
    if mapping.superseded and not anyway:
        reason = (
            f"{mapping.version} is superseded: {MARK}. To see what it looked like, ask with supersededAnyway "
            "(--superseded-anyway)."
        )
        return Problem("mapping", "superseded", reason)
    if not mapping.holds_for(window):
        return Problem("mapping", "not-valid-then", f"{mapping.version} does not hold for all of these days.")
    return None


def _file_name(mapping: Mapping, window: Window) -> str:
    mark = f"-{MARK.upper().replace(' ', '-')}" if mapping.superseded else ""
    return f"ndtms-{mapping.version}-{window.first}-{window.last}{mark}.csv"
