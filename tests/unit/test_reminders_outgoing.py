"""What is decided at the moment of sending, and after a failed try."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.rules import Rule
from services.reminders.domain.sending import Postpone, Send, Settle, after_setback, verdict
from tests.unit.reminders_cases import a_case, a_client, a_commitment, london, planned

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
CASE = a_case()
MESSAGES = planned(CASE)
FIRST, SECOND, QUESTION = (
    MESSAGES[rule] for rule in (Rule.MEETING_DAY_BEFORE, Rule.MEETING_TWO_HOURS, Rule.DID_YOU_GO)
)


def test_a_message_whose_moment_has_come_is_sent() -> None:
    assert verdict(FIRST, CASE, london(TUESDAY, 18)) == Send()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"client": a_client(purposes=())}, Reason.PURPOSE_NOT_AGREED),
        ({"client": a_client(channels=())}, Reason.NO_ADDRESS),
        ({"client": a_client(reads_text=False)}, Reason.READS_NO_TEXT),
        ({"client": a_client(state="erased")}, Reason.CLIENT_NOT_ACTIVE),
        ({"commitment": a_commitment(withdrawn=True)}, Reason.COMMITMENT_WITHDRAWN),
        ({"commitment": a_commitment(off="meeting-closed")}, Reason.MEETING_CLOSED),
        ({"commitment": a_commitment(outcome="attended")}, Reason.WORD_HAS_COME),
        ({"referral_ended": True}, Reason.REFERRAL_ENDED),
    ],
)
def test_everything_is_asked_again_at_that_moment(changed: dict[str, Any], reason: Reason) -> None:
    assert verdict(FIRST, replace(CASE, **changed), london(TUESDAY, 18)) == Settle(State.CANCELLED, reason)


def test_a_message_past_its_use_expires() -> None:
    assert verdict(SECOND, CASE, london(WEDNESDAY, 19)) == Settle(State.EXPIRED, Reason.TOO_LATE)


def test_quiet_hours_hold_a_question_until_the_morning_and_let_a_reminder_expire() -> None:
    assert verdict(QUESTION, CASE, london(THURSDAY, 20)) == Postpone(london(date(2026, 11, 27), 9))
    assert verdict(FIRST, CASE, london(TUESDAY, 21)) == Settle(State.EXPIRED, Reason.QUIET_HOURS)


def test_a_shut_post_office_is_tried_after_one_two_and_four_minutes_and_at_last_every_half_hour() -> None:
    now = london(THURSDAY, 10)
    waits = [after_setback(QUESTION, attempts, now) for attempts in (1, 2, 3, 9, 500)]
    assert waits == [Postpone(now + timedelta(minutes=minutes)) for minutes in (1, 2, 4, 30, 30)]


def test_what_cannot_be_tried_in_time_expires() -> None:
    end = after_setback(SECOND, 3, london(WEDNESDAY, 18, 57))
    assert end == Settle(State.EXPIRED, Reason.COULD_NOT_SEND)


MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 5), timezones=st.just(UTC))  # noqa: DTZ001  # bounds


@given(st.sampled_from([FIRST, SECOND, QUESTION]), MOMENTS, st.integers(1, 60))
def test_nothing_goes_out_in_quiet_hours_or_too_late(message: Message, now: datetime, attempts: int) -> None:
    match verdict(message, CASE, now):
        case Send():
            assert 9 <= now.hour < 20
            assert now < message.slot.useful_until
        case Postpone(until):
            assert now < until < message.slot.useful_until
            assert verdict(message, CASE, until) == Send()
        case Settle():
            assert now >= message.slot.useful_until or not 9 <= now.hour < 20
    match after_setback(message, attempts, now):
        case Postpone(until):
            assert verdict(message, CASE, until) == Send()
        case Settle(_, reason):
            assert reason is Reason.COULD_NOT_SEND
