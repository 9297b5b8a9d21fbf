"""`/api/meetings`: the directory for anybody who signed in; there is no person in it."""

from datetime import date
from typing import Annotated, Literal, get_args
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.requests import Request

from services.referrals.directory.choosing import Wanted
from services.referrals.directory.handlers.finding import find_meeting, find_meetings
from services.referrals.directory.http.bodies import MeetingOut, MeetingsOut
from services.referrals.directory.http.places import Place, Within, near
from shared.meetings import ORGANISATIONS, Format, ForWhat
from shared.meetings.kinds import KINDS, is_kind
from shared.storage.database import Database
from shared.web.access import Staff
from shared.web.problems import not_found

_Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

router = APIRouter(prefix="/api/meetings", tags=["directory"])


def _organisation(code: str) -> str:
    if code not in ORGANISATIONS:
        raise ValueError(f"none of {', '.join(ORGANISATIONS)}")
    return code


def _kind(code: str) -> str:
    if not is_kind(code):
        raise ValueError(f"none of {', '.join(KINDS)}, language-…")
    return code


class MeetingsIn(BaseModel):
    """What is left out means any; what may be said several times means one of them (of `kind`: all of them).

    - `audience`: self or family finds meetings for both as well
    - `from`, `to`: local dates where the meeting is, both included; else the coming seven days
    - `near`: latitude,longitude, and `within` so many kilometres; finds nothing that is only online
    """

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", hide_input_in_errors=True)

    organisation: list[Annotated[str, AfterValidator(_organisation)]] | None = None
    format: list[Format] | None = None
    audience: Literal["self", "family"] | None = None
    for_what: list[ForWhat] | None = None
    kind: list[Annotated[str, AfterValidator(_kind)]] = []
    day: list[_Weekday] | None = None
    from_: Annotated[date | None, Field(alias="from")] = None
    to: date | None = None
    near: Place | None = None
    within: Within = 10
    limit: Annotated[int, Field(ge=1, le=500)] = 50

    def wanted(self) -> Wanted:
        return Wanted(
            organisations=self.organisation,
            formats=self.format,
            audience=self.audience,
            for_what=self.for_what,
            kinds=self.kind,
            weekdays=[get_args(_Weekday).index(name) + 1 for name in self.day] if self.day else None,
            from_=self.from_,
            to=self.to,
            near=near(self.near, self.within) if self.near else None,
            limit=self.limit,
        )


@router.get("")
async def get_meetings(_: Staff, asked: Annotated[MeetingsIn, Query()], request: Request) -> MeetingsOut:
    database: Database = request.app.state.database
    async with database.reading() as connection:
        found = await find_meetings(connection, asked.wanted())
    return MeetingsOut(meetings=[MeetingOut.of(each) for each in found])


@router.get("/{meetingId}")
async def get_meeting(meeting_id: Annotated[UUID, Path(alias="meetingId")], _: Staff, request: Request) -> MeetingOut:
    """With its occurrences of the coming four weeks."""
    database: Database = request.app.state.database
    async with database.reading() as connection:
        found = await find_meeting(connection, meeting_id)
    if found is None:
        raise not_found("No such meeting is in the directory.", "meetingId")
    return MeetingOut.of(found)
