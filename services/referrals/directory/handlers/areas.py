"""Areas, their owners, and what is due in them this month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referrals.directory.due import Area, Due, due_this_month
from services.referrals.directory.handlers.finding import Following
from services.referrals.directory.store import areas, listed
from shared.meetings import Meeting
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class DueLists:
    today: date
    lists: Sequence[Due]
    meetings: Mapping[UUID, Meeting]


async def due_lists(uow: UnitOfWork, following: Following, provider: str, owner: str | None = None) -> DueLists:
    """For each area of the provider, or of one owner: what is not confirmed, or will not be by the end of the month."""
    index = await following.index(uow.connection)
    today = uow.now.date()
    owned = [area for area in await areas.areas(uow.connection, provider) if owner in (None, area.owner)]
    lists = [due_this_month(index, area, today) for area in owned]
    ids = {meeting_id for each in lists for meeting_id in each.meetings}
    return DueLists(today, lists, await listed.meetings(uow.connection, ids))


async def areas_of(uow: UnitOfWork, provider: str) -> Sequence[Area]:
    return await areas.areas(uow.connection, provider)


async def set_area(uow: UnitOfWork, provider: str, area: Area) -> None:
    await areas.put(uow.connection, provider, area)


async def remove_area(uow: UnitOfWork, provider: str, area: str) -> None:
    await areas.remove(uow.connection, provider, area)
