from dataclasses import replace
from datetime import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.attendance import note_attendance, take_attendance
from services.referrals.domain.commands_attendance import StandingFact
from services.referrals.domain.ids import MeetingId
from services.referrals.domain.replay import replay
from services.referrals.domain.vocabulary import EndingKind, GoalKind, Outcome
from tests.unit.referrals_domain.story import AA, AL_ANON, NA, SMART, Story, at, day, standing_fact


def test_a_fact_at_the_meeting_committed_to_is_its_outcome_and_achieves_the_goal() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.fact(AA, at(3, 19, 2), observed=at(3, 21))
    assert story.said() == ["AttendanceNoted", "CommitmentOutcomeNoted", "GoalAchieved"]
    assert story.commitment(made).state == "attended"
    goal = story.the_goal()
    assert (goal.state, goal.since) == ("achieved", at(3, 21))


def test_a_meeting_more_than_a_week_ahead_has_its_own_outcome_too() -> None:
    story = Story()
    made = story.commit(AA, at(12, 19), made=at(1))
    story.fact(AA, at(12, 19))
    assert story.commitment(made).state == "attended"
    assert story.the_goal().state == "agreed"


def test_the_earliest_meeting_that_fits_achieves_the_goal() -> None:
    story = Story()
    story.fact(SMART, at(4, 19))
    story.fact(AA, at(3, 19))
    story.commit(NA, at(5, 19), made=at(2), recorded=at(6))
    by = story.the_goal().achieved_by
    assert by is not None
    assert by.meeting_id == AA


def test_a_fact_told_twice_says_nothing_the_second_time() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    first = story.fact(AA, at(3, 19), "not-attended", decided_by="emitter")
    story.fact(AA, at(3, 19), "attended", decided_by="client", disagreement=True)
    story.tell(first)
    assert story.latest == []


def test_attendance_does_not_bump_the_commands_version() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    before = story.pathway
    story.fact(AA, at(3, 19))
    assert story.pathway.commands_version == before.commands_version == 2
    assert story.pathway.version == before.version + 3


@pytest.mark.parametrize(
    ("start", "achieved"), [(at(0, 19), False), (at(1, 8), True), (at(8, 23), True), (at(9, 8), False)]
)
def test_only_a_meeting_between_the_day_agreed_and_the_due_day_achieves_the_goal(
    start: datetime, achieved: bool
) -> None:
    story = Story()
    story.agree("attend-meeting", at(1, 20), due=day(8))
    story.fact(AA, start)
    assert (story.the_goal().state == "achieved") == achieved


def test_a_meeting_for_family_and_friends_means_nothing_to_a_pathway_of_ones_own() -> None:
    story = Story("self")
    story.agree("attend-meeting", at(0))
    story.fact(AL_ANON, at(3, 19), audience="family")
    assert story.latest == []
    story.fact(AA, at(3, 19), audience="both")
    assert story.the_goal().state == "achieved"


def test_not_attended_and_not_known_end_no_goal() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.fact(AA, at(3, 19), "not-known")
    assert (story.commitment(made).state, story.the_goal().state) == ("not-known", "agreed")
    story.fact(AA, at(3, 19), "not-attended")
    assert (story.commitment(made).state, story.the_goal().state) == ("not-attended", "agreed")


def test_the_very_fact_corrected_away_resumes_the_goal() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    told = story.fact(AA, at(3, 19))
    story.fact(AA, at(3, 19), "not-known", corrects=told, observed=at(4))
    assert story.said() == ["AttendanceNoted", "CommitmentOutcomeNoted", "GoalResumed"]
    assert (story.commitment(made).state, story.the_goal().state) == ("not-known", "agreed")
    story.fact(AA, at(3, 19), observed=at(5))
    assert story.the_goal().state == "achieved"


def test_not_known_changes_nothing_unless_it_is_a_correction() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.fact(AA, at(3, 19))
    story.fact(AA, at(3, 19), "not-known", decided_by="emitter")
    assert story.said() == ["AttendanceNoted"]
    assert (story.commitment(made).state, story.the_goal().state) == ("attended", "achieved")
    story.fact(AA, at(3, 19), "attended", disagreement=True)
    story.fact(AA, at(3, 19), "not-known", decided_by="emitter")
    assert story.commitment(made).disagreement


def test_another_meeting_in_the_window_takes_the_place_of_one_corrected_away() -> None:
    story = Story()
    story.agree("attend-meeting", at(0), due=day(7))
    told = story.fact(AA, at(1, 19))
    story.fact(SMART, at(2, 19))
    story.fact(AA, at(1, 19), "not-known", corrects=told)
    assert story.said() == ["AttendanceNoted", "GoalResumed", "GoalAchieved"]
    by = story.the_goal().achieved_by
    assert by is not None
    assert by.meeting_id == SMART


def test_one_fact_achieves_at_most_one_goal_of_a_kind_the_one_due_first() -> None:
    story = Story()
    later = story.agree("attend-meeting", at(0), due=day(20))
    sooner = story.agree("attend-meeting", at(0), due=day(7))
    different = story.agree("attend-different-meeting", at(0))
    story.fact(AA, at(1, 19))
    states = [story.goal(goal).state for goal in (sooner, later, different)]
    assert states == ["achieved", "agreed", "achieved"]
    story.fact(AA, at(2, 19))
    assert story.goal(later).state == "achieved"


def test_a_goal_agreed_on_the_same_day_is_not_achieved_by_a_fact_that_achieved_another() -> None:
    story = Story()
    story.commit(AA, at(1, 10), made=at(0))
    story.fact(AA, at(1, 10))
    story.commit(SMART, at(3, 19), made=at(1, 15))
    assert [goal.state for goal in story.goals("attend-meeting")] == ["achieved", "agreed"]


def test_a_different_meeting_is_one_the_client_did_not_go_to_before() -> None:
    story = Story()
    story.fact(AA, at(1, 19))
    goal = story.agree("attend-different-meeting", at(2))
    story.fact(AA, at(8, 19))
    assert story.goal(goal).state == "agreed"
    story.fact(SMART, at(9, 19))
    assert story.goal(goal).state == "achieved"


@pytest.mark.parametrize("kind", ["compare-two-kinds", "home-group", "read-handouts"])
def test_attendance_achieves_only_goals_about_attending(kind: GoalKind) -> None:
    story = Story()
    goal = story.agree(kind, at(0))
    story.fact(AA, at(1, 19))
    assert story.goal(goal).state == "agreed"


def test_tuesdays_meeting_does_not_settle_thursdays_commitment() -> None:
    """Several may stand in one week, each with its own outcome."""
    story = Story()
    tuesday = story.commit(AA, at(1, 19), made=at(0))
    thursday = story.commit(SMART, at(3, 19), made=at(0))
    story.fact(AA, at(1, 19))
    assert [story.commitment(made).state for made in (tuesday, thursday)] == ["attended", "planned"]
    story.fact(SMART, at(3, 19), "not-attended")
    assert [story.commitment(made).state for made in (tuesday, thursday)] == ["attended", "not-attended"]


@pytest.mark.parametrize(
    ("number", "state"), [(0, "went-to-another"), (7, "went-to-another"), (8, "planned"), (-1, "planned")]
)
def test_another_meeting_counts_from_the_day_it_was_made_to_seven_days_after(number: int, state: str) -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    story.fact(SMART, at(number, 19))
    assert story.commitment(made).state == state


def test_who_went_at_noon_and_then_plans_another_meeting_still_plans_it() -> None:
    story = Story()
    story.fact(SMART, at(0, 12))
    made = story.commit(AA, at(0, 19), made=at(0, 15))
    assert story.commitment(made).state == "planned"


def test_went_to_another_gives_way_to_attended_and_falls_back_when_corrected_away() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    story.fact(AA, at(1, 19), "not-attended")
    other = story.fact(SMART, at(3, 19))
    assert story.commitment(made).state == "went-to-another"
    story.fact(SMART, at(3, 19), "not-known", corrects=other)
    assert story.commitment(made).state == "not-attended"
    story.fact(NA, at(4, 19))
    story.fact(AA, at(1, 19), "attended", decided_by="client")
    assert story.commitment(made).state == "attended"


def test_when_nothing_else_is_known_it_is_planned_again() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    other = story.fact(SMART, at(3, 19))
    story.fact(SMART, at(3, 19), "not-known", corrects=other)
    assert story.commitment(made).state == "planned"


def test_a_late_commitment_to_the_other_meeting_gives_each_its_own_outcome() -> None:
    story = Story()
    tuesday = story.commit(AA, at(1, 19), made=at(0))
    story.fact(SMART, at(3, 19))
    thursday = story.commit(SMART, at(3, 19), made=at(0), recorded=at(4))
    assert [story.commitment(made).state for made in (tuesday, thursday)] == ["planned", "attended"]


@pytest.mark.parametrize("kind", ["engaged", "not-at-this-time", "died"])
def test_what_happened_before_the_ending_is_still_taken_after_it(kind: EndingKind) -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.end(kind, at(4))
    told = story.fact(AA, at(3, 19), observed=at(6))
    assert (story.commitment(made).state, story.the_goal().state) == ("attended", "achieved")
    story.fact(AA, at(3, 19), "not-known", corrects=told, observed=at(7))
    resting = "paused" if kind == "not-at-this-time" else "dropped"
    assert (story.commitment(made).state, story.the_goal().state) == ("not-known", resting)


def test_what_happened_after_the_ending_changes_nothing_until_it_is_reopened() -> None:
    story = Story()
    story.agree("attend-meeting", at(0), due=day(14))
    story.end("not-at-this-time", at(2))
    story.fact(AA, at(5, 19))
    assert story.said() == ["AttendanceNoted"]
    assert story.the_goal().state == "paused"
    story.reopen(at(6))
    assert story.said() == ["ReferralReopened", "GoalResumed", "GoalAchieved"]


def test_another_meeting_after_the_ending_credits_no_commitment() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    story.end("engaged", at(2))
    story.fact(SMART, at(3, 19))
    assert story.commitment(made).state == "planned"


def test_what_was_credited_before_an_ending_told_late_stays_credited() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    story.fact(SMART, at(3, 19))
    story.end("engaged", at(2), recorded=at(4))
    story.fact(SMART, at(3, 19), decided_by="keyworker")
    assert story.commitment(made).state == "went-to-another"


def test_an_ending_told_late_takes_nothing_back() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    told = story.fact(AA, at(3, 19))
    story.end("transferred", at(2), recorded=at(6))
    assert story.said() == ["ReferralEnded"]
    assert (story.commitment(made).state, story.the_goal().state) == ("attended", "achieved")
    story.fact(AA, at(3, 19), "not-known", corrects=told)
    assert (story.commitment(made).state, story.the_goal().state) == ("not-known", "dropped")


def test_taking_a_fact_gives_the_pathway_that_its_events_add_up_to() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    fact = standing_fact(AA, at(3, 19))
    events, pathway = take_attendance(story.pathway, fact)
    assert events == note_attendance(story.pathway, fact)
    assert pathway == replay(events, story.pathway)
    assert take_attendance(pathway, fact) == ([], pathway)


def test_nineteen_oclock_and_two_past_are_one_occurrence() -> None:
    story = Story()
    told = story.fact(AA, at(3, 19))
    story.tell(replace(standing_fact(AA, at(3, 19, 2)), fact_id=told.fact_id))
    assert story.latest == []


def test_a_commitment_and_facts_about_three_meetings_end_alike_in_whatever_order_they_are_told() -> None:
    facts = [
        standing_fact(AA, at(1, 19), "not-attended"),
        standing_fact(SMART, at(3, 19), "attended"),
        standing_fact(NA, at(5, 19), "attended"),
    ]
    command_at = at(0)
    seen = set()
    for order in permutations([None, *facts]):
        story = Story()
        for told in order:
            if told is None:
                story.commit(AA, at(1, 19), made=command_at, recorded=at(9))
            else:
                story.tell(told)
        goal = story.the_goal()
        seen.add((story.pathway.commitments[0].state, goal.state))
    assert seen == {("went-to-another", "achieved")}


told = st.tuples(
    st.sampled_from([AA, SMART, NA]),
    st.integers(0, 12),
    st.sampled_from(["attended", "not-attended", "not-known"]),
)


@given(
    facts=st.lists(told, unique_by=lambda fact: fact[:2], max_size=5),
    planned=st.lists(st.tuples(st.sampled_from([AA, SMART, NA]), st.integers(0, 9)), unique=True, max_size=3),
    data=st.data(),
)
def test_commitments_end_alike_in_whatever_order_they_and_the_facts_are_told(
    facts: list[tuple[MeetingId, int, Outcome]], planned: list[tuple[MeetingId, int]], data: st.DataObject
) -> None:
    steps: list[StandingFact | tuple[MeetingId, int]] = list(planned)
    steps += [standing_fact(meeting, at(number, 19), outcome) for meeting, number, outcome in facts]
    in_one_order = outcomes(steps)
    assert outcomes(data.draw(st.permutations(steps))) == in_one_order


def outcomes(steps: list[StandingFact | tuple[MeetingId, int]]) -> dict[object, str]:
    story = Story()
    for step in steps:
        if isinstance(step, StandingFact):
            story.tell(step)
        else:
            story.commit(step[0], at(step[1], 19), made=at(0), recorded=at(20))
    return {made.occurred: made.state for made in story.pathway.commitments}
