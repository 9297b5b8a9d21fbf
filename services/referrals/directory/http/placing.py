"""`POST /api/directory/postcodes`, and reading a place out of a body."""

from fastapi import APIRouter
from starlette.requests import Request

from services.referrals.directory.handlers import placing
from services.referrals.directory.http.local import Model
from services.referrals.directory.http.places import is_degrees, near
from services.referrals.directory.wanted import Near
from shared.storage.database import Connection
from shared.web.access import Operator
from shared.web.work import Work

router = APIRouter(prefix="/api/directory", tags=["directory"])
LARGEST_TABLE = 8 << 20
"""Bytes of one part of the table; the command line sends as many parts as it takes."""


class LoadedOut(Model):
    loaded: int


_CSV = {"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}}


@router.post("/postcodes", openapi_extra=_CSV)
async def post_postcodes(_: Operator, uow: Work, request: Request) -> LoadedOut:
    """Lines of `postcode,latitude,longitude` without a heading: new ones beside those that are there."""
    return LoadedOut(loaded=await placing.load(uow, await request.body()))


async def place_in(connection: Connection, said: str | None, within: float) -> Near | None:
    """422 at `near` for a postcode that the table does not hold, or a town of no meeting."""
    if said is None or is_degrees(said):
        return near(said, within) if said else None
    return await placing.place(connection, said, within)
