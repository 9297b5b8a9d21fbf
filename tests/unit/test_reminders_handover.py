"""A client has another keyworker: whether, when and how often they are told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.reminders.domain.handover import Handover, plan_telling
from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.sending import Send, Settle, verdict
from tests.unit.reminders_cases import a_client

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATE = datetime(2026, 11, 23, 22, tzinfo=UTC)
REFERRAL = UUID("33333333-3333-4333-8333-333333333333")


def handed(at: datetime = NOON, *, ended: bool = False, **client: Any) -> Handover:  # noqa: ANN401 - as in Client
    return Handover(client=a_client(**client), referral_id=REFERRAL, at=at, referral_ended=ended)


def told(at: datetime = NOON) -> Message:
    message = plan_telling(handed(at), [], at, uuid4)
    assert message is not None
    return message


def test_who_agreed_to_be_written_to_is_told_at_once() -> None:
    message = told()
    assert (message.rule, message.due, message.state) == ("handed-over", NOON, State.PLANNED)
    assert (message.commitment_id, message.referral_id) == (None, REFERRAL)
    assert plan_telling(handed(purposes=("check-ins",)), [], NOON, uuid4) is not None


def test_nobody_is_told_at_night() -> None:
    assert told(LATE).due == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_who_agreed_to_nothing_reads_no_text_or_has_no_address_is_not_written_to() -> None:
    for client in ({"purposes": ()}, {"reads_text": False}, {"channels": ()}, {"state": "erased"}):
        assert plan_telling(handed(**client), [], NOON, uuid4) is None


def test_two_pathways_that_are_handed_over_as_one_are_told_once() -> None:
    assert plan_telling(handed(), [told()], NOON, uuid4) is None
    later = NOON + timedelta(days=30)
    assert plan_telling(handed(later), [told()], later, uuid4) is not None


def test_who_died_or_ended_meanwhile_is_not_told_what_a_worker_already_holds() -> None:
    assert verdict(told(), handed(), NOON) == Send()
    assert verdict(told(), handed(ended=True), NOON) == Settle(State.CANCELLED, Reason.REFERRAL_ENDED)
    late = NOON + timedelta(days=4)
    assert verdict(told(), handed(), late) == Settle(State.EXPIRED, Reason.TOO_LATE)
