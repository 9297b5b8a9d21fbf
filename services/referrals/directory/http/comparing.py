"""`POST /api/meetings/_compare`: two to four meetings side by side, like hand-out 6b."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from services.referrals.directory.comparing import side_by_side
from services.referrals.directory.handlers.finding import find_these
from services.referrals.directory.http.local import Model
from services.referrals.directory.http.places import PlaceInBody, Within
from services.referrals.directory.http.placing import place_in
from shared.problems import Problem
from shared.storage.database import Database
from shared.web.access import Staff
from shared.web.problems import unprocessable

router = APIRouter(prefix="/api/meetings", tags=["directory"])


class CompareIn(Model):
    """`near` latitude,longitude or a postcode: then how far each is."""

    meeting_ids: Annotated[list[UUID], Field(min_length=2, max_length=4)]
    near: PlaceInBody | None = None
    within: Within = 10


class ComparedOut(Model):
    """`ownFor` and `ownAgainst` are the client's to say, on paper or in their journal: always empty here."""

    meeting_id: UUID
    name: str
    own_for: tuple[str, ...] = ()
    own_against: tuple[str, ...] = ()


class LineOut(Model):
    """`values`: one of each meeting, in their order; null: not known."""

    code: str
    label: str
    values: list[str | None]


class ComparisonOut(Model):
    meetings: list[ComparedOut]
    lines: list[LineOut]


@router.post("/_compare")
async def compare_meetings(person: Staff, asked: CompareIn, request: Request) -> ComparisonOut:
    """The same facts in the same order. It changes nothing."""
    database: Database = request.app.state.database
    ids = list(dict.fromkeys(asked.meeting_ids))
    async with database.reading() as connection:
        place = await place_in(connection, asked.near, asked.within)
        known = await find_these(connection, ids, person.provider, place)
    if unknown := [number for number, each in enumerate(asked.meeting_ids) if each not in known]:
        reason = "This meeting is not in the directory."
        raise unprocessable(*[Problem(f"meetingIds[{number}]", "unknown-meeting", reason) for number in unknown])
    found = [known[each] for each in ids]
    return ComparisonOut(
        meetings=[ComparedOut(meeting_id=each.meeting.meeting_id, name=each.meeting.name) for each in found],
        lines=[LineOut(code=line.code, label=line.label, values=list(line.values)) for line in side_by_side(found)],
    )
