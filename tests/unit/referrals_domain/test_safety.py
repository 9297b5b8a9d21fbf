"""Not instead of treatment: notices, and what it takes to plan a meeting over one."""

from typing import get_args

import pytest

from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.safety import lives_with_both, safety_notices
from services.referrals.domain.vocabulary import Risk
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, commit_command, refused

WHY = "Under the detox team since Monday"


def test_a_risk_brings_a_notice_that_says_whom_to_turn_to_now() -> None:
    story = Story()
    story.hold(2, at(1), risks=("withdrawal-risk", "co-occurring-mental-health"))
    held = story.latest[0]
    assert isinstance(held, SessionHeld)
    assert [caution.code for caution in held.cautions] == ["withdrawal-risk", "fellowships-for-both"]
    assert "999" in held.cautions[0].reason
    assert len(safety_notices(get_args(Risk))) == 4


@pytest.mark.parametrize("risk", ["severe-dependence", "withdrawal-risk", "crisis"])
def test_overriding_a_safety_notice_needs_a_reason(risk: Risk) -> None:
    story = Story()
    story.hold(2, at(1), risks=(risk,))
    planned = commit_command(AA, at(3, 19), at(2))
    assert refused(commit_to_meeting(story.pathway, planned)) == ("safety-notice", "overrideReason")
    story.commit(AA, at(3, 19), made=at(2), override_reason=WHY)
    assert story.pathway.commitments[0].override_reason == WHY
    story.commit(SMART, at(4, 19), made=at(2))


def test_a_crisis_noted_anew_asks_again_and_dependence_that_lasts_does_not() -> None:
    story = Story()
    story.hold(2, at(1), risks=("severe-dependence",))
    story.commit(AA, at(3, 19), made=at(2), override_reason=WHY)
    story.hold(2, at(5), risks=("severe-dependence",))
    story.commit(SMART, at(6, 19), made=at(5, 13))
    story.hold(2, at(7), risks=("crisis",))
    again = commit_command(NA, at(9, 19), at(8))
    assert refused(commit_to_meeting(story.pathway, again)) == ("safety-notice", "overrideReason")


def test_a_co_occurring_condition_stops_nothing_and_brings_its_fellowships_to_the_list() -> None:
    story = Story()
    assert not lives_with_both(story.pathway.sessions)
    story.hold(2, at(1), risks=("co-occurring-mental-health",))
    story.commit(AA, at(3, 19), made=at(2))
    assert lives_with_both(story.pathway.sessions)
