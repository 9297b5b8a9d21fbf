import pytest

from services.referrals.domain.commands_sessions import HandoutNoted
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.handouts import handout_refused
from services.referrals.domain.vocabulary import HandoutState
from tests.unit.referrals_domain.story import Story, at, day


def warned(number: int, state: HandoutState) -> list[str]:
    story = Story()
    story.hold(1, at(1), handouts=(HandoutNoted(number=number, state=state),))
    [held] = story.latest
    assert isinstance(held, SessionHeld)
    assert [(handout.number, handout.state) for handout in held.session.handouts] == [(number, state)]
    return [caution.code for caution in held.cautions]


def test_hand_outs_7_to_10_are_filled_in_not_read() -> None:
    assert [warned(number, "read") for number in range(7, 11)] == [["filled-in-not-read"]] * 4
    assert [warned(number, "filled-in") for number in range(6, 11)] == [[]] * 5
    assert [warned(number, "given") for number in range(1, 11)] == [[]] * 10


def test_a_hand_out_without_anything_to_fill_in_is_pointed_out() -> None:
    assert warned(5, "filled-in") == ["nothing-to-fill-in"]


def test_a_hand_out_is_given_read_and_talked_through_in_any_order_any_number_of_times() -> None:
    story = Story()
    states: tuple[HandoutState, ...] = ("talked-through", "read", "given", "read")
    for number, state in enumerate(states):
        story.hold(2, at(number), handouts=(HandoutNoted(number=3, state=state),))
    assert [session.handouts[0].state for session in story.pathway.sessions] == list(states)


@pytest.mark.parametrize(("number", "known"), [(0, False), (1, True), (10, True), (11, False)])
def test_hand_outs_are_numbered_1_to_10(number: int, known: bool) -> None:
    refusal = handout_refused(HandoutNoted(number=number, state="given"), "handouts[0]", day(0))
    assert (refusal and (refusal.code, refusal.field)) == (None if known else ("unknown-handout", "handouts[0].number"))
