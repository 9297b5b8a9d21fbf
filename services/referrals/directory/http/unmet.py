"""`/api/directory/unmet`: what nobody found, for operations. No person, no place, no organisation."""

from datetime import date

from fastapi import APIRouter

from services.referrals.directory.handlers.finding import unmet_needs_of_a_year
from services.referrals.directory.http.local import Model
from shared.web.access import Operator
from shared.web.work import Work

router = APIRouter(prefix="/api/directory", tags=["directory"])


class UnmetNeedOut(Model):
    """`month` by its first day. `filter`: what alone stood in the way, or `several`."""

    month: date
    filter: str
    times: int


class UnmetOut(Model):
    unmet: list[UnmetNeedOut]


@router.get("/unmet")
async def get_unmet(_: Operator, uow: Work) -> UnmetOut:
    """How often no meeting fitted, in the last twelve months, by what stood in the way."""
    return UnmetOut(unmet=[UnmetNeedOut.model_validate(each) for each in await unmet_needs_of_a_year(uow)])
