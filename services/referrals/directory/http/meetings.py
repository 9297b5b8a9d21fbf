"""`/api/meetings`: the directory for anybody who signed in; there is no person in it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.requests import Request

from services.referrals.directory.handlers.finding import find_meeting, find_meetings
from services.referrals.directory.http.asking import MeetingsBody, MeetingsIn
from services.referrals.directory.http.bodies import MeetingOut, MeetingsOut
from services.referrals.directory.http.placing import place_in
from shared.storage.database import Database
from shared.web.access import Staff
from shared.web.problems import not_found

router = APIRouter(prefix="/api/meetings", tags=["directory"])


@router.get("")
async def get_meetings(person: Staff, asked: Annotated[MeetingsIn, Query()], request: Request) -> MeetingsOut:
    """Whoever gives a client's place asks by `_search`: a query ends up in the logs of what it passes through."""
    return await _found(request, asked, person.provider)


@router.post("/_search")
async def search_meetings(person: Staff, asked: MeetingsBody, request: Request) -> MeetingsOut:
    """The same, asked by a body: nothing on the way writes that down, and `near` may be a postcode."""
    return await _found(request, asked, person.provider)


@router.get("/{meetingId}")
async def get_meeting(
    meeting_id: Annotated[UUID, Path(alias="meetingId")], person: Staff, request: Request
) -> MeetingOut:
    """With its occurrences of the coming four weeks."""
    database: Database = request.app.state.database
    async with database.reading() as connection:
        found = await find_meeting(connection, meeting_id, person.provider)
    if found is None:
        raise not_found("No such meeting is in the directory.", "meetingId")
    return MeetingOut.of(found)


async def _found(request: Request, asked: MeetingsIn, provider: str) -> MeetingsOut:
    database: Database = request.app.state.database
    async with database.reading() as connection:
        place = await place_in(connection, asked.near, asked.within)
        wanted = asked.model_copy(update={"near": None}).wanted(place)
        found = await find_meetings(connection, request.app.state.directory, wanted, provider)
    return MeetingsOut.of(found)
