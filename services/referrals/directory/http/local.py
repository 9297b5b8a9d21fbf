"""What keyworkers see for themselves: `/api/meetings/{id}/confirmation` and their provider's local knowledge."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StrictBool
from pydantic.alias_generators import to_camel

from services.referrals.directory.handlers import confirming
from services.referrals.directory.local import Greeter, LocalKnowledge, StepFree
from services.referrals.http.values import Code, Date, Name
from shared.web.access import Keyworker
from shared.web.work import Work

MeetingId = Annotated[UUID, Path(alias="meetingId")]
router = APIRouter(prefix="/api/meetings/{meetingId}", tags=["directory"])


class Model(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        from_attributes=True,
        extra="forbid",
        hide_input_in_errors=True,
    )


class ConfirmationIn(Model):
    """`on`: the day on which somebody was there, or rang; today if nothing is said."""

    on: Date | None = None


class ConfirmationOut(Model):
    meeting_id: UUID
    confirmed_on: date | None


class LocalKnowledgeIn(Model):
    """The whole of it. It is your provider's alone.

    - `greetedBy` is a role: never write down the name of a member
    - `lastWentOn`: when somebody of the team was there, which confirms the meeting as well
    - `knownBy`: staff who can tell more
    """

    our_premises: StrictBool = False
    door: Name | None = None
    greeted_by: Greeter | None = None
    step_free: StepFree | None = None
    parking: Name | None = None
    last_bus: Name | None = None
    last_went_on: Date | None = None
    known_by: Annotated[tuple[Code, ...], Field(max_length=20)] = ()

    def noted(self) -> LocalKnowledge:
        return LocalKnowledge(**self.model_dump(by_alias=False))


class LocalKnowledgeOut(LocalKnowledgeIn):
    last_went_on: date | None = None


@router.post("/confirmation")
async def post_confirmation(meeting_id: MeetingId, _: Keyworker, uow: Work, body: ConfirmationIn) -> ConfirmationOut:
    """A person says that it takes place as it is listed. An earlier day than the one known changes nothing."""
    meeting = await confirming.confirm(uow, meeting_id, body.on)
    return ConfirmationOut(meeting_id=meeting_id, confirmed_on=meeting.confirmed_on)


@router.get("/local-knowledge")
async def get_local_knowledge(meeting_id: MeetingId, worker: Keyworker, uow: Work) -> LocalKnowledgeOut:
    """Empty if nobody has written anything down."""
    known = await confirming.local_knowledge(uow, meeting_id, worker.provider)
    return LocalKnowledgeOut.model_validate(known)


@router.put("/local-knowledge")
async def put_local_knowledge(
    meeting_id: MeetingId, worker: Keyworker, uow: Work, body: LocalKnowledgeIn
) -> LocalKnowledgeIn:
    await confirming.note_local_knowledge(uow, meeting_id, body.noted(), worker)
    return body
