"""One message and what becomes of it. Every state but the first two is final."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.reminders.domain.rules import Rule
from services.reminders.domain.schedule import Slot


class State(StrEnum):
    """`sending` never leaves the house: until the outcome is known others see `planned`."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    UNDELIVERABLE = "undeliverable"
    UNKNOWN = "unknown"


LIVE = frozenset({State.PLANNED, State.SENDING})
TRIED = frozenset({State.SENDING, State.SENT, State.UNDELIVERABLE, State.UNKNOWN})
"""It went to the post, or may have: never planned again for the same start."""


class Reason(StrEnum):
    """Why a message was cancelled, expired, refused or lost; part of the API and of the events."""

    CLIENT_NOT_ACTIVE = "client-not-active"
    COMMITMENT_WITHDRAWN = "commitment-withdrawn"
    REFERRAL_ENDED = "referral-ended"
    MEETING_CLOSED = "meeting-closed"
    MEETING_MOVED = "meeting-moved"
    WORD_HAS_COME = "word-has-come"
    NOT_HEARD_ATTENDED = "not-heard-attended"
    COMPANY_STANDS = "company-stands"
    PURPOSE_NOT_AGREED = "purpose-not-agreed"
    NO_ADDRESS = "no-address"
    READS_NO_TEXT = "reads-no-text"
    TOO_LATE = "too-late"
    QUIET_HOURS = "quiet-hours"
    COULD_NOT_SEND = "could-not-send"
    RECIPIENT_REFUSED = "recipient-refused"
    MESSAGE_REFUSED = "message-refused"
    NO_ANSWER = "no-answer"


UNREACHED = frozenset({Reason.PURPOSE_NOT_AGREED, Reason.NO_ADDRESS, Reason.READS_NO_TEXT})
"""Nothing that we could send would get to the client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`commitment_id`: none for what is not about a meeting but about the referral.

    `start`: the meeting's, when it was planned. `due`: when it goes out, never in quiet hours as `slot.due` may."""

    message_id: UUID
    client: UUID
    commitment_id: UUID | None
    rule: Rule
    start: datetime
    slot: Slot
    time_zone: str
    due: datetime
    referral_id: UUID | None = None
    state: State = State.PLANNED
    reason: Reason | None = None
