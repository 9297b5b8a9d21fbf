"""`/api/directory/due` and the areas behind it: who sees to it that meetings are confirmed. Each provider's own."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from pydantic import model_validator
from starlette.requests import Request

from services.referrals.directory.due import Area, Due, due_by
from services.referrals.directory.handlers import areas
from services.referrals.directory.handlers.areas import DueLists
from services.referrals.directory.http.local import Model
from services.referrals.directory.http.places import Place, Within, near
from services.referrals.http.values import Code
from shared.meetings import ORGANISATIONS
from shared.web.access import Keyworker, TeamLead
from shared.web.work import Work

router = APIRouter(prefix="/api/directory", tags=["directory"])
AreaName = Annotated[Code, Path(alias="area")]


class AreaIn(Model):
    """`owner`: a member of staff, as they sign in. `near` latitude,longitude, `within` kilometres; neither: online."""

    owner: Code
    near: Place | None = None
    within: Within | None = None

    @model_validator(mode="after")
    def _together(self) -> Self:
        if (self.near is None) != (self.within is None):
            raise ValueError("near and within come together, or neither for meetings that are only online")
        return self

    def area(self, name: str) -> Area:
        return Area(name, self.owner, near(self.near, self.within) if self.near and self.within else None)


class AreaOut(Model):
    area: str
    owner: str
    near: str | None
    within: float | None

    @classmethod
    def of(cls, area: Area) -> "AreaOut":
        place = area.near
        where = {"near": f"{place.latitude},{place.longitude}", "within": place.within} if place else {}
        return cls(area=area.area, owner=area.owner, near=None, within=None).model_copy(update=where)


class AreasOut(Model):
    areas: list[AreaOut]


class DueMeetingOut(Model):
    """`dueBy`: the last day on which it still counts as confirmed, or today."""

    meeting_id: UUID
    name: str
    organisation_name: str
    place_name: str | None
    address: str | None
    confirmed_on: date | None
    due_by: date


class DueOut(Model):
    """`count` of them are due; `meetings` are the first, never confirmed before longest ago."""

    area: str
    owner: str
    count: int
    meetings: list[DueMeetingOut]


class DueListsOut(Model):
    month: str
    areas: list[DueOut]


@router.get("/due")
async def get_due(
    worker: Keyworker, uow: Work, request: Request, owner: Annotated[Code | None, Query()] = None
) -> DueListsOut:
    """Meetings that no person has confirmed for 90 days, or will not have by the end of this month."""
    lists = await areas.due_lists(uow, request.app.state.directory, worker.provider, owner)
    return DueListsOut(month=f"{lists.today:%Y-%m}", areas=[_due(due, lists) for due in lists.lists])


@router.get("/areas")
async def get_areas(worker: Keyworker, uow: Work) -> AreasOut:
    return AreasOut(areas=[AreaOut.of(area) for area in await areas.areas_of(uow, worker.provider)])


@router.put("/areas/{area}")
async def put_area(name: AreaName, lead: TeamLead, uow: Work, body: AreaIn) -> AreaOut:
    area = body.area(name)
    await areas.set_area(uow, lead.provider, area)
    return AreaOut.of(area)


@router.delete("/areas/{area}", status_code=204)
async def delete_area(name: AreaName, lead: TeamLead, uow: Work) -> Response:
    """Twice is once."""
    await areas.remove_area(uow, lead.provider, name)
    return Response(status_code=204)


def _due(due: Due, lists: DueLists) -> DueOut:
    return DueOut(area=due.area.area, owner=due.area.owner, count=due.count, meetings=list(_meetings(due, lists)))


def _meetings(due: Due, lists: DueLists) -> Iterator[DueMeetingOut]:
    for meeting in (lists.meetings[each] for each in due.meetings if each in lists.meetings):
        yield DueMeetingOut(
            meeting_id=meeting.meeting_id,
            name=meeting.name,
            organisation_name=ORGANISATIONS[meeting.organisation].label,
            place_name=meeting.place_name,
            address=meeting.address,
            confirmed_on=meeting.confirmed_on,
            due_by=due_by(meeting.confirmed_on, lists.today),
        )
