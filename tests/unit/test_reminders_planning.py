from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.commitments import Commitment, Off, Outcome
from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.people import Client
from services.reminders.domain.planning import Case, plan
from services.reminders.domain.rules import PURPOSES, Rule, agreed
from shared.events.reminders import Rule as RuleInTheContract
from shared.meetings import Occurrence
from shared.meetings.zones import zone
from tests.unit.reminders_cases import MADE, MEETING, START, a_case, a_client, a_commitment, london, planned

TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
BEFORE = {Rule.MEETING_DAY_BEFORE, Rule.MEETING_TWO_HOURS}


def test_the_rules_are_those_of_the_contract() -> None:
    assert tuple(Rule) == get_args(RuleInTheContract)


def test_a_commitment_plans_two_reminders_and_one_question() -> None:
    assert {rule: message.due for rule, message in planned(a_case()).items()} == {
        Rule.MEETING_DAY_BEFORE: london(TUESDAY, 18),
        Rule.MEETING_TWO_HOURS: london(WEDNESDAY, 17),
        Rule.DID_YOU_GO: london(THURSDAY, 10),
    }


def test_attended_cancels_the_question_whether_and_plans_the_question_how() -> None:
    there = planned(a_case())
    after = planned(a_case(a_commitment(outcome="attended")), london(WEDNESDAY, 21), there.values())
    assert after[Rule.DID_YOU_GO].reason is Reason.WORD_HAS_COME
    assert (after[Rule.HOW_WAS_IT].state, after[Rule.HOW_WAS_IT].due) == (State.PLANNED, london(THURSDAY, 10))


def test_a_meeting_elsewhere_asks_no_question_but_is_no_reason_to_be_silent_before_this_one() -> None:
    before = planned(a_case())
    after = planned(a_case(a_commitment(outcome="went-to-another")), messages=before.values())
    assert {rule: message.reason for rule, message in after.items()} == {Rule.DID_YOU_GO: Reason.WORD_HAS_COME}


def test_any_other_word_leaves_nothing_to_ask() -> None:
    there = planned(a_case())
    after = planned(a_case(a_commitment(outcome="not-attended")), london(WEDNESDAY, 21), there.values())
    assert {message.reason for message in after.values()} == {Reason.WORD_HAS_COME}
    assert Rule.HOW_WAS_IT not in after


def test_not_known_is_no_word() -> None:
    case = a_case()
    there = planned(case).values()
    assert not planned(a_case(replace(case.commitment, outcome="not-known")), london(WEDNESDAY, 21), there)


def test_a_corrected_word_takes_the_question_how_back_and_asks_whether_after_all() -> None:
    attended = planned(a_case(a_commitment(outcome="attended")), london(WEDNESDAY, 21))
    assert set(attended) == {Rule.HOW_WAS_IT}
    after = planned(a_case(a_commitment(outcome="not-known")), london(WEDNESDAY, 22), attended.values())
    assert after[Rule.HOW_WAS_IT].reason is Reason.NOT_HEARD_ATTENDED
    assert after[Rule.DID_YOU_GO].state is State.PLANNED


POINTLESS: list[tuple[dict[str, Any], dict[str, Any], bool, Reason]] = [
    ({"withdrawn": True}, {}, False, Reason.COMMITMENT_WITHDRAWN),
    ({}, {}, True, Reason.REFERRAL_ENDED),
    ({"off": "meeting-closed"}, {}, False, Reason.MEETING_CLOSED),
    ({"off": "meeting-moved"}, {}, False, Reason.MEETING_MOVED),
    ({"outcome": "not-attended"}, {}, False, Reason.WORD_HAS_COME),
    ({}, {"purposes": ()}, False, Reason.PURPOSE_NOT_AGREED),
    ({}, {"channels": ()}, False, Reason.NO_ADDRESS),
    ({}, {"reads_text": False}, False, Reason.READS_NO_TEXT),
    ({}, {"state": "expected"}, False, Reason.CLIENT_NOT_ACTIVE),
]


@pytest.mark.parametrize(("of_commitment", "of_client", "ended", "reason"), POINTLESS)
def test_what_is_pointless_is_never_planned(
    of_commitment: dict[str, Any], of_client: dict[str, Any], ended: bool, reason: Reason
) -> None:
    assert not planned(a_case(a_commitment(**of_commitment), a_client(**of_client), ended=ended))


@pytest.mark.parametrize(("of_commitment", "of_client", "ended", "reason"), POINTLESS)
def test_what_becomes_pointless_is_cancelled_with_its_reason(
    of_commitment: dict[str, Any], of_client: dict[str, Any], ended: bool, reason: Reason
) -> None:
    there = planned(a_case()).values()
    after = planned(a_case(a_commitment(**of_commitment), a_client(**of_client), ended=ended), MADE, there)
    assert {(message.state, message.reason) for message in after.values()} == {(State.CANCELLED, reason)}
    assert {message.message_id for message in after.values()} == {message.message_id for message in there}


def test_who_went_to_a_meeting_that_has_since_closed_is_still_asked_how_it_was() -> None:
    case = a_case(a_commitment(off="meeting-closed", outcome="attended"))
    assert set(planned(case, london(WEDNESDAY, 21))) == {Rule.HOW_WAS_IT}


def test_a_changed_mind_plans_anew_under_a_new_id() -> None:
    first = planned(a_case()).values()
    cancelled = planned(a_case(client=a_client(purposes=())), MADE, first).values()
    again = planned(a_case(), MADE, cancelled)
    assert {message.state for message in again.values()} == {State.PLANNED}
    assert not {message.message_id for message in again.values()} & {message.message_id for message in first}


def test_a_meeting_that_moves_takes_its_messages_along() -> None:
    first = planned(a_case())
    later = planned(a_case(a_commitment(START + timedelta(hours=1))), MADE, first.values())
    assert later[Rule.MEETING_TWO_HOURS].due == london(WEDNESDAY, 18)
    assert later[Rule.MEETING_TWO_HOURS].message_id == first[Rule.MEETING_TWO_HOURS].message_id
    assert later[Rule.MEETING_DAY_BEFORE].start == START + timedelta(hours=1)


def test_who_was_told_the_old_time_is_told_the_new_one() -> None:
    told = replace(planned(a_case())[Rule.MEETING_DAY_BEFORE], state=State.SENT)
    later = planned(a_case(a_commitment(START + timedelta(hours=1))), london(TUESDAY, 18, 30), [told])
    assert later[Rule.MEETING_DAY_BEFORE].due == london(TUESDAY, 18, 30)
    assert later[Rule.MEETING_DAY_BEFORE].message_id != told.message_id


def test_a_question_is_asked_once_even_if_the_meeting_moves_afterwards() -> None:
    asked = [replace(message, state=State.SENT) for message in planned(a_case()).values()]
    moved = a_case(a_commitment(START + timedelta(hours=1)))
    assert Rule.DID_YOU_GO not in planned(moved, london(THURSDAY, 11), asked)


@pytest.mark.parametrize("state", [State.SENDING, State.SENT, State.UNDELIVERABLE, State.UNKNOWN])
def test_what_went_to_the_post_or_may_have_is_never_planned_again(state: State) -> None:
    there = [replace(message, state=state) for message in planned(a_case()).values()]
    assert not planned(a_case(), MADE, there)


def test_a_commitment_made_late_plans_only_what_is_still_of_use() -> None:
    case = a_case()
    assert set(planned(case, london(TUESDAY, 17))) == {*BEFORE, Rule.DID_YOU_GO}
    assert planned(case, london(TUESDAY, 19))[Rule.MEETING_DAY_BEFORE].due == london(TUESDAY, 19)
    assert set(planned(case, london(WEDNESDAY, 9))) == {Rule.MEETING_TWO_HOURS, Rule.DID_YOU_GO}
    assert planned(case, london(WEDNESDAY, 18))[Rule.MEETING_TWO_HOURS].due == london(WEDNESDAY, 18)
    assert set(planned(case, london(WEDNESDAY, 20))) == {Rule.DID_YOU_GO}
    assert planned(case, london(date(2026, 11, 28), 21))[Rule.DID_YOU_GO].due == london(date(2026, 11, 29), 9)
    assert not planned(case, london(date(2026, 11, 29), 10))


def test_a_reminder_whose_hour_is_quiet_waits_for_the_morning_if_that_is_in_time() -> None:
    case = a_case(a_commitment(london(WEDNESDAY, 10)))
    assert planned(case)[Rule.MEETING_TWO_HOURS].due == london(WEDNESDAY, 9)


def test_a_reminder_whose_hour_is_quiet_until_the_meeting_begins_expires_at_once() -> None:
    late = planned(a_case(a_commitment(london(WEDNESDAY, 22, 30))))[Rule.MEETING_TWO_HOURS]
    assert (late.state, late.reason, late.due) == (State.EXPIRED, Reason.QUIET_HOURS, london(WEDNESDAY, 20, 30))


def test_it_expires_once() -> None:
    case = a_case(a_commitment(london(WEDNESDAY, 22, 30)))
    assert not planned(case, MADE, planned(case).values())


def test_the_zone_the_client_chose_comes_before_the_one_referrals_knows() -> None:
    case = a_case(client=a_client(chosen_zone="Europe/Paris"))
    assert planned(case)[Rule.MEETING_DAY_BEFORE].due == london(TUESDAY, 17)


def test_a_new_zone_moves_what_is_planned() -> None:
    first = planned(a_case())
    moved = planned(a_case(client=a_client(chosen_zone="Europe/Paris")), MADE, first.values())
    assert moved[Rule.DID_YOU_GO].due == london(THURSDAY, 9)


def test_one_purpose_plans_only_its_own_messages() -> None:
    assert set(planned(a_case(client=a_client(purposes=("check-ins",))))) == {Rule.DID_YOU_GO}
    assert set(planned(a_case(client=a_client(purposes=("meeting-two-hours",))))) == {Rule.MEETING_TWO_HOURS}


def test_every_rule_can_be_agreed_to_in_words_or_by_name() -> None:
    assert all(agreed(rule, {"meeting-reminders", "check-ins"}) and agreed(rule, {rule.value}) for rule in Rule)
    assert not any(agreed(rule, ()) for rule in Rule)


def test_news_of_a_commitment_that_is_not_known_yet_plans_nothing() -> None:
    assert not planned(a_case(a_commitment(occurrence=None, outcome="attended")))


MOMENTS = st.datetimes(
    datetime(2026, 10, 20),  # noqa: DTZ001  # bounds; the clocks change on 25 October
    datetime(2026, 12, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
OUTCOMES = st.sampled_from([None, *get_args(Outcome)])
CLIENTS = st.builds(
    a_client,
    purposes=st.lists(st.sampled_from(PURPOSES), max_size=3).map(tuple),
    channels=st.sampled_from([(), ("email",)]),
    state=st.sampled_from(["expected", "active"]),
    chosen_zone=st.sampled_from([None, "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu"]),
)
STATES = st.sampled_from([State.PLANNED, State.SENDING, State.SENT, State.UNKNOWN, State.UNDELIVERABLE])
ONE = UUID(int=1)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    start = draw(MOMENTS)
    commitment = Commitment(
        commitment_id=ONE,
        referral_id=ONE,
        client=ONE,
        made=MADE,
        occurrence=Occurrence(MEETING, start.date(), start, start + timedelta(minutes=90), "UTC"),
        outcome=draw(OUTCOMES),
        off=draw(st.sampled_from([None, *get_args(Off)])),
        withdrawn=draw(st.booleans()),
    )
    return Case(commitment, draw(CLIENTS), draw(st.booleans()))


@given(st.lists(st.tuples(cases(), MOMENTS, STATES), min_size=1, max_size=8))
def test_whatever_happens_there_is_one_live_message_per_rule_and_planning_twice_changes_nothing(
    story: list[tuple[Case, datetime, State]],
) -> None:
    there: dict[UUID, Message] = {}
    for case, now, becomes in sorted(story, key=lambda chapter: chapter[1]):
        changes = plan(case, there.values(), now, uuid4)
        there |= {message.message_id: message for message in changes}
        assert not plan(case, there.values(), now, uuid4)
        live = [message.rule for message in there.values() if message.state is State.PLANNED]
        assert len(live) == len(set(live))
        due = {key: message for key, message in there.items() if message.state is State.PLANNED and message.due <= now}
        there |= {key: replace(message, state=becomes) for key, message in due.items()}


@given(cases(), MOMENTS)
def test_what_is_planned_is_for_a_civil_hour_and_in_time(case: Case, now: datetime) -> None:
    for message in plan(case, [], now, uuid4):
        local = message.due.astimezone(zone(message.time_zone))
        assert message.slot.useful_until > now
        if message.state is State.PLANNED:
            assert 9 <= local.hour < 20
            assert max(now, message.slot.due) <= message.due < message.slot.useful_until
        else:
            assert message.reason is Reason.QUIET_HOURS


FELL = a_commitment(fell_through=london(WEDNESDAY, 16))


def test_when_company_falls_through_the_client_is_told_at_once_and_the_reminders_stand() -> None:
    now = london(WEDNESDAY, 16)
    told = planned(a_case(FELL), now)
    assert (told[Rule.COMPANY_FELL_THROUGH].state, told[Rule.COMPANY_FELL_THROUGH].due) == (State.PLANNED, now)
    assert told[Rule.MEETING_TWO_HOURS].state is State.PLANNED
    assert planned(a_case(FELL), now, told.values()) == {}


def test_that_company_fell_through_is_covered_by_the_agreement_to_be_reminded() -> None:
    now = london(WEDNESDAY, 16)
    assert Rule.COMPANY_FELL_THROUGH in planned(a_case(FELL, a_client(purposes=("meeting-reminders",))), now)
    unheard = planned(a_case(FELL, a_client(purposes=("check-ins",))), now)[Rule.COMPANY_FELL_THROUGH]
    assert (unheard.state, unheard.reason) == (State.CANCELLED, Reason.PURPOSE_NOT_AGREED)


@pytest.mark.parametrize(
    ("client", "reason"),
    [(a_client(channels=()), Reason.NO_ADDRESS), (a_client(reads_text=False), Reason.READS_NO_TEXT)],
)
def test_that_the_client_cannot_be_told_is_said_once_so_that_somebody_acts(client: Client, reason: Reason) -> None:
    now = london(WEDNESDAY, 16)
    said = planned(a_case(FELL, client), now)[Rule.COMPANY_FELL_THROUGH]
    assert (said.state, said.reason) == (State.CANCELLED, reason)
    assert planned(a_case(FELL, client), now, [said]) == {}
    assert planned(a_case(FELL), now, [said])[Rule.COMPANY_FELL_THROUGH].state is State.PLANNED


def test_nothing_is_told_once_somebody_else_goes_along_or_the_meeting_has_begun() -> None:
    now = london(WEDNESDAY, 16)
    told = planned(a_case(FELL), now)
    anew = planned(a_case(replace(FELL, fell_through=None)), now, told.values())[Rule.COMPANY_FELL_THROUGH]
    assert (anew.state, anew.reason) == (State.CANCELLED, Reason.COMPANY_STANDS)
    late = replace(FELL, fell_through=london(WEDNESDAY, 20))
    assert Rule.COMPANY_FELL_THROUGH not in planned(a_case(late), london(WEDNESDAY, 20))


def test_company_that_falls_through_a_second_time_is_told_a_second_time() -> None:
    first = replace(planned(a_case(FELL), london(WEDNESDAY, 16))[Rule.COMPANY_FELL_THROUGH], state=State.SENT)
    anew = replace(FELL, fell_through=london(WEDNESDAY, 18))
    assert planned(a_case(anew), london(WEDNESDAY, 18), [first])[Rule.COMPANY_FELL_THROUGH].state is State.PLANNED
