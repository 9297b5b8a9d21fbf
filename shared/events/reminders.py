"""What reminders says of each message. Never the words, never an address."""

from typing import Literal
from uuid import UUID

from shared.events.contract import Contract, Instant

Rule = Literal[
    "meeting-day-before", "meeting-two-hours", "did-you-go", "how-was-it", "company-fell-through", "handed-over"
]


class OfMessage(Contract):
    message_id: UUID
    rule: Rule
    commitment_id: UUID | None = None
    channel: Literal["email", "sms"] | None = None
    due_at: Instant
    reason: str | None = None


class MessagePlanned(OfMessage):
    pass


class MessageSent(OfMessage):
    pass


class MessageCancelled(OfMessage):
    pass


class MessageExpired(OfMessage):
    pass


class MessageUndeliverable(OfMessage):
    pass


class MessageUnconfirmed(OfMessage):
    """The provider's answer was lost: it may have been sent, and is not sent again by itself."""
