"""A message as an e-mail. Nothing in it leads to a person but the address and the name that they chose."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from uuid import UUID

from services.reminders.domain.contact import Contact
from services.reminders.domain.messages import Message
from services.reminders.domain.wording import Reader, words
from services.reminders.settings import PostOffice


@dataclass(frozen=True, slots=True)
class Letter:
    """`content` is the whole e-mail, RFC 5322."""

    message_id: UUID
    address: str
    content: bytes


def compose(office: PostOffice, message: Message, contact: Contact, at: datetime) -> Letter:
    """Its Message-ID stays the same over all tries."""
    service = office.service if contact.may_name_service else None
    text = words(message.rule, message.start, Reader(contact.name_to_use, message.time_zone, service))
    address = contact.email or ""
    email = EmailMessage(policy=SMTP)
    email["From"] = formataddr((service, office.sender)) if service else office.sender
    email["To"] = address
    email["Subject"] = text.subject
    email["Date"] = format_datetime(at)
    email["Message-ID"] = f"<{message.message_id}@{domain_of(office.sender)}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(text.body)
    return Letter(message.message_id, address, email.as_bytes())


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]
