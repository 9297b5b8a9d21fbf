"""Stage 3, step 3 of the guide: one 12-step and one SMART meeting, to compare."""

from itertools import permutations

from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, day, standing_fact


def comparing() -> Story:
    story = Story()
    story.agree("compare-two-kinds", at(0), due=day(10))
    return story


def state(story: Story) -> str:
    return story.the_goal("compare-two-kinds").state


def test_a_12_step_and_a_smart_meeting_in_the_window_achieve_the_goal_to_compare_two_kinds() -> None:
    facts = (
        standing_fact(AA, at(1, 19), organisation="aa"),
        standing_fact(NA, at(2, 19), organisation="na"),
        standing_fact(SMART, at(4, 19), organisation="smart-recovery"),
    )
    for order in permutations(facts):
        story = comparing()
        for fact in order:
            story.tell(fact)
        assert state(story) == "achieved"
        by = story.the_goal("compare-two-kinds").achieved_by
        assert by is not None
        assert by.meeting_id == SMART


def test_two_meetings_of_one_kind_or_outside_the_window_compare_nothing() -> None:
    story = comparing()
    story.fact(AA, at(1, 19), organisation="aa")
    story.fact(NA, at(2, 19), organisation="na")
    story.fact(SMART, at(3, 19))
    story.fact(SMART, at(12, 19), organisation="smart-recovery")
    story.fact(SMART, at(-3, 19), organisation="smart-recovery")
    assert state(story) == "agreed"


def test_either_meeting_corrected_away_resumes_the_goal_to_compare() -> None:
    for corrected in (0, 1):
        story = comparing()
        told = (
            story.fact(AA, at(1, 19), organisation="aa"),
            story.fact(SMART, at(4, 19), organisation="smart-recovery"),
        )
        fact = told[corrected]
        story.fact(fact.meeting_id, fact.start, "not-known", corrects=fact, organisation=fact.organisation or "")
        assert state(story) == "agreed"
