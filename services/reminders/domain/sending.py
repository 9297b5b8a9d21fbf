"""What to do with a message whose moment has come, and with one that could not be handed over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.reminders.domain.handover import Handover, against_telling
from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.planning import Case, against
from services.reminders.domain.schedule import civil

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Send:
    """Now."""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Not before then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """Nothing more is done about it."""

    state: State
    reason: Reason | None = None


Verdict = Send | Postpone | Settle


def verdict(message: Message, case: Case | Handover, now: datetime) -> Verdict:
    """Everything is asked again at the moment of sending: much may have happened since it was planned."""
    reason = against_telling(case) if isinstance(case, Handover) else against(message.rule, case)
    if reason:
        return Settle(State.CANCELLED, reason)
    if message.slot.useful_until <= now:
        return Settle(State.EXPIRED, Reason.TOO_LATE)
    at = civil(now, case.client.time_zone)
    if at >= message.slot.useful_until:
        return Settle(State.EXPIRED, Reason.QUIET_HOURS)
    return Postpone(at) if at > now else Send()


def after_setback(message: Message, attempts: int, now: datetime) -> Postpone | Settle:
    """The post was shut before it took the message: again after 1, 2, 4… 30 minutes, as long as it is useful."""
    wait = min(_FIRST_WAIT * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
    at = civil(now + wait, message.time_zone)
    if at >= message.slot.useful_until:
        return Settle(State.EXPIRED, Reason.COULD_NOT_SEND)
    return Postpone(at)
