"""`POST /api/referrals/{id}/meetings/_search`: meetings for one client."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.requests import Request

from services.referrals.directory.handlers.suggesting import Choices, suggest
from services.referrals.directory.http.asking import MeetingsBody
from services.referrals.directory.http.bodies import FactOut, MeetingOut, MeetingsOut, RelaxOut
from services.referrals.directory.http.placing import place_in
from services.referrals.handlers.clients import client_of
from services.referrals.handlers.pathway import visible
from services.referrals.http.answers import audited
from shared.web.access import Keyworker
from shared.web.work import Work

router = APIRouter(prefix="/api/referrals/{referralId}/meetings", tags=["referrals"])


class ChoicesOut(MeetingsOut):
    """As `POST /api/meetings/_search`. `notices` are about the whole list; what concerns one meeting: its facts."""

    notices: list[FactOut]

    @classmethod
    def of_client(cls, choices: Choices) -> "ChoicesOut":
        return cls(
            meetings=[MeetingOut.of(each) for each in choices.meetings],
            fits=choices.fits,
            relax=[RelaxOut.of(each) for each in choices.relax],
            notices=[FactOut.model_validate(each) for each in choices.notices],
        )


@router.post("/_search")
async def search_for_client(
    referral_id: Annotated[UUID, Path(alias="referralId")],
    worker: Keyworker,
    uow: Work,
    asked: MeetingsBody,
    request: Request,
) -> ChoicesOut:
    """Whom it is for and for what follow from the referral, and what the client said before shapes the list.

    `audience` is the referral's, whatever is asked. The place is kept nowhere. It changes nothing.
    """
    case = await visible(uow, referral_id, worker)
    client = await client_of(uow, case.pathway.client_id)
    place = await place_in(uow.connection, asked.near, asked.within)
    wanted = asked.model_copy(update={"near": None}).wanted(place)
    choices = await suggest(uow, request.app.state.directory, case.pathway, client, wanted)
    await audited(request, worker, f"referral/{referral_id}/meetings", case.pathway.client_id)
    return ChoicesOut.of_client(choices)
