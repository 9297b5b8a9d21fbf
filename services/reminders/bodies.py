"""What the JSON doors take and answer (7-running)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, StrictBool
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from services.reminders.domain.contact import Contact
from services.reminders.domain.messages import Message, State
from shared.meetings.zones import zone


def _address(value: str) -> str:
    """Whether anybody is there is the post's to find out: nothing is asked of the network."""
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as invalid:
        raise PydanticCustomError("not-an-e-mail-address", "{reason}", {"reason": str(invalid)}) from None


class Body(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        hide_input_in_errors=True,
    )


class ContactBody(Body):
    """`purposes`: `meeting-reminders`, `check-ins`, or single rules. `phone` is kept for text messages to come."""

    email: Annotated[str, AfterValidator(_address)] | None = None
    phone: str | None = None
    name_to_use: str
    time_zone: str
    purposes: tuple[str, ...]
    may_name_service: StrictBool

    def contact(self) -> Contact:
        return Contact(**self.model_dump(by_alias=False))

    @classmethod
    def of(cls, contact: Contact) -> "ContactBody":
        return cls.model_validate(contact, from_attributes=True)


class Reminder(Body):
    """`localTime` is `dueAt` on the client's clock in `timeZone`, without an offset."""

    reminder_id: UUID
    rule: str
    commitment_id: UUID | None
    due_at: datetime
    local_time: str
    time_zone: str
    state: str
    reason: str | None

    @classmethod
    def of(cls, message: Message) -> "Reminder":
        local = message.due.astimezone(zone(message.time_zone)).replace(tzinfo=None)
        return cls(
            reminder_id=message.message_id,
            rule=message.rule.value,
            commitment_id=message.commitment_id,
            due_at=message.due,
            local_time=local.isoformat(timespec="seconds"),
            time_zone=message.time_zone,
            state=State.PLANNED if message.state is State.SENDING else message.state,
            reason=message.reason,
        )


class Reminders(Body):
    reminders: list[Reminder]
