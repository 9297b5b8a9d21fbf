from services.referrals.domain.session_parts import DidNotFit
from services.referrals.domain.stages import suggest_next
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at


def suggested(story: Story) -> int | None:
    suggestion = suggest_next(story.pathway)
    assert suggestion is None or suggestion.why
    return suggestion.stage if suggestion else None


def test_stage_1_comes_first_and_leads_to_2() -> None:
    story = Story()
    assert suggested(story) == 1
    story.hold(1, at(0))
    assert suggested(story) == 2


def test_stage_2_leads_to_3_once_a_commitment_is_made() -> None:
    story = Story()
    story.hold(2, at(0))
    made = story.commit(AA, at(1, 19), made=at(0))
    assert suggested(story) == 3
    story.withdraw(made, at(1))
    assert suggested(story) == 2


def test_stage_2_leads_to_3_once_a_meeting_was_attended() -> None:
    story = Story()
    story.hold(2, at(0))
    story.fact(AA, at(1, 19), "not-known")
    assert suggested(story) == 2
    story.fact(SMART, at(2, 19))
    assert suggested(story) == 3


def test_stage_3_goes_on_while_the_client_attends() -> None:
    story = Story()
    story.commit(AA, at(1, 19), made=at(0))
    story.hold(3, at(2))
    assert suggested(story) == 3
    story.fact(AA, at(1, 19), "not-attended")
    story.fact(SMART, at(2, 19), "attended")
    assert suggested(story) == 3


def test_stage_3_leads_back_to_2_when_the_meeting_was_not_attended() -> None:
    story = Story()
    story.fact(AA, at(1, 19), "attended")
    story.fact(AA, at(8, 19), "not-attended")
    story.fact(NA, at(9, 19), "not-known")
    story.hold(3, at(10))
    assert suggested(story) == 2


def test_stage_3_leads_back_to_2_while_no_meeting_is_planned_or_known_of() -> None:
    story = Story()
    story.hold(1, at(0))
    story.hold(2, at(1))
    story.hold(3, at(2))
    suggestion = suggest_next(story.pathway)
    assert suggestion
    assert (suggestion.stage, suggestion.why) == (2, "No meeting has been committed to yet.")
    made = story.commit(AA, at(4, 19), made=at(3))
    assert suggested(story) == 3
    story.withdraw(made, at(3, 13))
    assert suggested(story) == 2
    story.fact(AA, at(4, 19), "not-known")
    assert suggested(story) == 3


def test_stage_3_leads_back_to_2_when_a_different_meeting_is_wanted() -> None:
    story = Story()
    story.fact(AA, at(1, 19), "attended")
    story.hold(3, at(10))
    goal = story.agree("attend-different-meeting", at(10))
    assert suggested(story) == 2
    story.say(goal, "dropped", at(11))
    assert suggested(story) == 3


def test_what_a_stage_3_session_reviewed_does_not_lead_out_of_stage_2_again() -> None:
    story = Story()
    story.commit(AA, at(1, 19), made=at(0))
    story.fact(AA, at(1, 19))
    story.hold(3, at(5))
    story.hold(2, at(12))
    assert suggested(story) == 2
    story.commit(SMART, at(14, 19), made=at(12))
    assert suggested(story) == 3


def test_an_ended_pathway_suggests_nothing() -> None:
    story = Story()
    story.end("engaged", at(1))
    assert suggested(story) is None


def test_stage_3_leads_back_to_2_when_the_meeting_did_not_fit() -> None:
    story = Story()
    story.fact(AA, at(1, 19), "attended")
    story.hold(3, at(3), did_not_fit=(DidNotFit(organisation="aa", reasons=("too-strict",), meeting_id=AA),))
    assert suggested(story) == 2
    story.hold(3, at(10))
    assert suggested(story) == 3
