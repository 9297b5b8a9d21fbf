"""Telling a client that they have another keyworker: once, and only to who agreed to be written to (3-fama)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.people import Client
from services.reminders.domain.planning import against_by_what_is_wanted
from services.reminders.domain.rules import Rule
from services.reminders.domain.schedule import Slot, civil

_USEFUL = timedelta(days=3)
"""After that they will have met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Of one pathway, in the client's words: somebody else talks with them from `at` on."""

    client: Client
    referral_id: UUID
    at: datetime
    referral_ended: bool = False


def against_telling(handover: Handover) -> Reason | None:
    """Asked when planning and again when sending."""
    if handover.client.state != "active":
        return Reason.CLIENT_NOT_ACTIVE
    if handover.referral_ended:
        return Reason.REFERRAL_ENDED
    return against_by_what_is_wanted(Rule.HANDED_OVER, handover.client)


def plan_telling(
    handover: Handover, messages: Iterable[Message], now: datetime, new_id: Callable[[], UUID]
) -> Message | None:
    """None where it is not wanted, or where they are being told already: two pathways are handed over as one."""
    if against_telling(handover):
        return None
    slot = Slot(handover.at, handover.at + _USEFUL)
    if any(message.rule is Rule.HANDED_OVER and message.slot.useful_until > handover.at for message in messages):
        return None
    client = handover.client
    due = civil(max(handover.at, now), client.time_zone)
    told = Message(
        message_id=new_id(),
        client=client.client,
        commitment_id=None,
        referral_id=handover.referral_id,
        rule=Rule.HANDED_OVER,
        start=handover.at,
        slot=slot,
        time_zone=client.time_zone,
        due=due,
    )
    return told if due < slot.useful_until else replace(told, state=State.EXPIRED, reason=Reason.TOO_LATE)
