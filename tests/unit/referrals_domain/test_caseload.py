"""Which of a team's clients are on the list that was asked for."""

from services.referrals.domain.caseload import Sought, is_sought
from services.referrals.domain.flags import raise_flag
from services.referrals.domain.replay import replay
from tests.unit.referrals_domain.story import AA, Story, at


def test_whatever_is_not_asked_for_is_left_open() -> None:
    assert is_sought(Story().pathway, Sought(), at(3))


def test_who_has_had_no_session_yet_is_found_as_stage_0() -> None:
    story = Story()
    assert is_sought(story.pathway, Sought(stage=0), at(3))
    story.hold(1, at(1))
    assert not is_sought(story.pathway, Sought(stage=0), at(3))
    assert is_sought(story.pathway, Sought(stage=1), at(3))


def test_who_was_not_heard_from_for_ten_days_is_found_as_such() -> None:
    story = Story()
    story.commit(AA, at(2, 19), at(1))
    assert not is_sought(story.pathway, Sought(not_heard_from=True), at(5))
    assert is_sought(story.pathway, Sought(not_heard_from=True), at(13))


def test_a_flag_is_found_by_its_code_or_as_any() -> None:
    story = Story()
    assert not is_sought(story.pathway, Sought(flagged=True), at(3))
    flagged = replay(raise_flag(story.pathway, "wants-to-talk", None, at(2)), story.pathway)
    assert is_sought(flagged, Sought(flagged=True), at(3))
    assert is_sought(flagged, Sought(flag="wants-to-talk"), at(3))
    assert not is_sought(flagged, Sought(flag="lapse"), at(3))
