"""`/api/handouts`: hand-outs to print, for anybody who signed in; there is no person in them."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from services.referrals.directory.http.places import Place, Within, near
from services.referrals.handouts.blocks import BOTH, For, Size
from services.referrals.handouts.catalogue import HANDOUTS, LOCAL_GROUPS, NUMBERS
from services.referrals.handouts.markup import POINTS
from services.referrals.handouts.printing import print_from_catalogue, print_groups_near
from shared.problems import Problem
from shared.web.access import Staff
from shared.web.problems import not_found, unprocessable

_PDF: dict[int | str, dict[str, Any]] = {
    200: {"description": "PDF/UA-1 of A4 pages", "content": {"application/pdf": {}}}
}

router = APIRouter(prefix="/api/handouts", tags=["hand-outs"])


class Out(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class FormOut(Out):
    """One way to have it: for whom, in which print, and where."""

    for_: Annotated[For, Field(serialization_alias="for")]
    print: Size
    path: str


class HandoutOut(Out):
    """`for`: whom it is for; their wordings may differ or be the same."""

    number: int
    title: str
    for_: Annotated[list[For], Field(serialization_alias="for")]
    forms: list[FormOut]


class HandoutsOut(Out):
    handouts: list[HandoutOut]


class PrintIn(BaseModel):
    """`for` is asked for: nobody's family is handed the wording for clients by an oversight.

    `print`: large is 18 point. `near` and `within` kilometres: hand-out 6 with the groups there,
    else with blank places.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    for_: Annotated[For, Field(alias="for")]
    print: Size = "normal"
    near: Place | None = None
    within: Within = 10


@router.get("")
async def get_handouts(_: Staff) -> HandoutsOut:
    return HandoutsOut(handouts=[_listed(number) for number in NUMBERS])


@router.get("/{number}.pdf", response_class=Response, responses=_PDF)
async def get_handout(
    number: Annotated[int, Path()], person: Staff, asked: Annotated[PrintIn, Query()], request: Request
) -> Response:
    """To print or to show; in its own wording for family and friends where it has one."""
    if number not in NUMBERS:
        raise not_found(f"Hand-outs are numbered {NUMBERS[0]} to {NUMBERS[-1]}.", "number")
    if asked.near is not None and number != LOCAL_GROUPS:
        raise unprocessable(Problem("near", "no-meetings", f"Only hand-out {LOCAL_GROUPS} shows groups near a place."))
    name = f"hand-out-{number}{'-large-print' if asked.print == 'large' else ''}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(
        await _printed(number, asked, request, person.provider), media_type="application/pdf", headers=headers
    )


async def _printed(number: int, asked: PrintIn, request: Request, provider: str) -> bytes:
    if asked.near is None:
        return await print_from_catalogue(number, asked.for_, asked.print)
    place = near(asked.near, asked.within)
    here = request.app.state
    return await print_groups_near(here.database, here.directory, place, asked.for_, asked.print, provider=provider)


def _listed(number: int) -> HandoutOut:
    return HandoutOut(
        number=number,
        title=HANDOUTS[number, "self"].title,
        for_=list(BOTH),
        forms=[
            FormOut(for_=whom, print=size, path=f"/api/handouts/{number}.pdf?for={whom}&print={size}")
            for whom in BOTH
            for size in POINTS
        ],
    )
