"""Which messages there should be for a commitment, against those there are. The only place that decides so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.messages import TRIED, UNREACHED, Message, Reason, State
from services.reminders.domain.people import Client
from services.reminders.domain.rules import ABOUT_MEETINGS, BEFORE_THE_MEETING, Rule, agreed
from services.reminders.domain.schedule import civil, slot
from shared.meetings import Occurrence
from shared.rules import rule as states


@dataclass(frozen=True, slots=True)
class Case:
    """One commitment with all that bears on its messages."""

    commitment: Commitment
    client: Client
    referral_ended: bool = False


def plan(case: Case, messages: Iterable[Message], now: datetime, new_id: Callable[[], UUID]) -> list[Message]:
    """What changes: messages new, moved, cancelled or expired, as they are from now on. Nothing changes twice."""
    occurrence = case.commitment.occurrence
    if occurrence is None:
        return []
    known = list(messages)
    changes = []
    for rule in ABOUT_MEETINGS:
        wanted = _at_a_civil_hour(_nominal(rule, case, occurrence, new_id()), now)
        change = _change(case, wanted, [message for message in known if message.rule is rule], now)
        changes += [change] if change else []
    return changes


def against(rule: Rule, case: Case) -> Reason | None:
    """Why this message would be pointless or unwanted, if it would be. Asked when planning and again when sending."""
    commitment, client = case.commitment, case.client
    if client.state != "active":
        return Reason.CLIENT_NOT_ACTIVE
    if case.referral_ended:
        return Reason.REFERRAL_ENDED
    if commitment.withdrawn:
        return Reason.COMMITMENT_WITHDRAWN
    if reason := _against_by_what_happened(rule, commitment):
        return reason
    return against_by_what_is_wanted(rule, client)


@states("What is pointless is never planned.", source="O", effect="keeps", because="privacy")
def against_by_what_is_wanted(rule: Rule, client: Client) -> Reason | None:
    if not agreed(rule, client.purposes):
        return Reason.PURPOSE_NOT_AGREED
    if not client.reads_text:
        return Reason.READS_NO_TEXT
    return None if client.channels else Reason.NO_ADDRESS


@states("Any other word leaves nothing to ask.", source="O", effect="keeps")
@states("Not known is no word.", source="O", effect="keeps")
def _against_by_what_happened(rule: Rule, commitment: Commitment) -> Reason | None:
    if rule is Rule.COMPANY_FELL_THROUGH and commitment.fell_through is None:
        return Reason.COMPANY_STANDS
    if rule is Rule.HOW_WAS_IT:
        return None if commitment.outcome == "attended" else Reason.NOT_HEARD_ATTENDED
    if commitment.word_has_come and not _may_still_go(rule, commitment):
        return Reason.WORD_HAS_COME
    return Reason(commitment.off) if commitment.off else None


@states(
    "A meeting elsewhere asks no question, but is no reason to be silent before this one.", source="O", effect="keeps"
)
def _may_still_go(rule: Rule, commitment: Commitment) -> bool:
    """Tuesday's meeting elsewhere is no reason to be silent before Thursday's, which is still to come."""
    return rule in BEFORE_THE_MEETING and commitment.outcome == "went-to-another"


def _change(case: Case, wanted: Message, earlier: Sequence[Message], now: datetime) -> Message | None:
    live = next((message for message in earlier if message.state is State.PLANNED), None)
    if reason := against(wanted.rule, case):
        settled = replace(live or wanted, state=State.CANCELLED, reason=reason)
        return settled if live or _is_worth_telling(settled, earlier, now) else None
    if live:
        return _moved(live, wanted, now)
    return wanted if _may_begin(wanted, earlier, now) else None


def _is_worth_telling(unreached: Message, earlier: Sequence[Message], now: datetime) -> bool:
    """That the client will not hear from us that nobody comes: their keyworker acts by hand (scene 7). Said once."""
    return (
        unreached.rule is Rule.COMPANY_FELL_THROUGH
        and unreached.reason in UNREACHED
        and unreached.slot.useful_until > now
        and not any(message.slot == unreached.slot for message in earlier)
    )


def _nominal(rule: Rule, case: Case, occurrence: Occurrence, message_id: UUID) -> Message:
    time_zone = case.client.time_zone
    planned = slot(rule, occurrence.start, occurrence.end, time_zone, case.commitment.fell_through)
    return Message(
        message_id=message_id,
        client=case.client.client,
        commitment_id=case.commitment.commitment_id,
        rule=rule,
        start=occurrence.start,
        slot=planned,
        time_zone=time_zone,
        due=planned.due,
    )


def _at_a_civil_hour(message: Message, now: datetime) -> Message:
    """As it would go out if planned now; expired at once when no civil hour is left before it loses its use."""
    due = civil(max(message.slot.due, now), message.time_zone)
    if due < message.slot.useful_until:
        return replace(message, due=due)
    return replace(message, state=State.EXPIRED, reason=Reason.QUIET_HOURS)


def _moved(live: Message, wanted: Message, now: datetime) -> Message | None:
    """The same message at its new time; nothing when that has not changed (it may be waiting for another try)."""
    if (live.start, live.slot, live.time_zone) == (wanted.start, wanted.slot, wanted.time_zone):
        return None
    if wanted.slot.useful_until <= now:
        return replace(live, state=State.EXPIRED, reason=Reason.TOO_LATE)
    return replace(wanted, message_id=live.message_id)


def _may_begin(wanted: Message, earlier: Sequence[Message], now: datetime) -> bool:
    """A message that would only be too late is never begun, and none is begun a second time.

    A reminder that was sent for another start is: it told the wrong time. A question is asked once, news are told
    each time.
    """
    if wanted.slot.useful_until <= now:
        return False
    if wanted.state is State.EXPIRED and earlier:
        return False
    if wanted.rule is Rule.COMPANY_FELL_THROUGH:
        return not any(message.slot.due == wanted.slot.due and message.state in TRIED for message in earlier)
    if wanted.rule in BEFORE_THE_MEETING:
        return not any(message.start == wanted.start and message.state in TRIED for message in earlier)
    return not any(message.state in TRIED for message in earlier)
