from dataclasses import replace
from datetime import UTC, timedelta
from uuid import uuid4

import pytest

from services.referrals.domain.commands_commitments import WithdrawCommitment
from services.referrals.domain.commitments import commit_to_meeting, withdraw_commitment
from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.ids import CommitmentId
from services.referrals.domain.vocabulary import Audience, For
from tests.unit.referrals_domain.story import AA, AL_ANON, NA, SMART, Story, at, commit_command, day, refused


def cautions(story: Story) -> list[str]:
    made = story.latest[0]
    assert isinstance(made, CommitmentMade)
    return [caution.code for caution in made.cautions]


def test_a_commitment_without_an_open_goal_agrees_one_due_seven_days_after_it_was_made() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    assert story.said() == ["CommitmentMade", "GoalAgreed"]
    goal = story.the_goal()
    assert (goal.state, goal.agreed_on, goal.due) == ("agreed", day(1), day(8))
    made = story.latest[0]
    assert isinstance(made, CommitmentMade)
    assert made.goal_id == goal.goal_id


def test_several_may_stand_in_one_week_and_serve_one_goal() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    story.commit(SMART, at(4, 19), made=at(1))
    assert story.said() == ["CommitmentMade"]
    assert story.the_goal().state == "agreed"
    assert [made.state for made in story.pathway.commitments] == ["planned", "planned"]


def test_a_goal_past_its_due_day_stays_in_progress_and_a_new_commitment_agrees_another() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    story.commit(AA, at(31, 19), made=at(30))
    assert [(goal.state, goal.due) for goal in story.goals("attend-meeting")] == [
        ("agreed", day(8)),
        ("agreed", day(37)),
    ]
    story.fact(AA, at(31, 19))
    assert [goal.state for goal in story.goals("attend-meeting")] == ["agreed", "achieved"]


def test_a_goal_due_before_the_meeting_does_not_serve_it() -> None:
    story = Story()
    first = story.agree("attend-meeting", at(0), due=day(2))
    story.commit(AA, at(4, 19), made=at(1))
    story.fact(AA, at(4, 19))
    assert [(goal.goal_id == first, goal.state) for goal in story.goals("attend-meeting")] == [
        (True, "agreed"),
        (False, "achieved"),
    ]


def test_a_goal_agreed_after_a_meeting_told_late_does_not_serve_it() -> None:
    story = Story()
    today = story.agree("attend-meeting", at(10))
    story.fact(AA, at(3, 19))
    story.commit(AA, at(3, 19), made=at(1), recorded=at(11))
    assert [(goal.goal_id == today, goal.state) for goal in story.goals("attend-meeting")] == [
        (True, "agreed"),
        (False, "achieved"),
    ]


def test_two_commitments_far_ahead_serve_one_goal() -> None:
    story = Story()
    story.commit(AA, at(20, 19), made=at(1))
    story.commit(SMART, at(21, 19), made=at(1))
    assert story.the_goal().due == day(8)


def test_committing_agrees_a_goal_that_was_proposed() -> None:
    story = Story()
    other = story.propose("sponsor", at(0))
    proposed = story.propose("attend-meeting", at(0))
    story.commit(AA, at(3, 19), made=at(1))
    goal = story.the_goal()
    assert (goal.goal_id, goal.state, goal.agreed_on, goal.due) == (proposed, "agreed", day(1), day(8))
    assert story.goal(other).state == "proposed"


def test_a_commitment_may_be_told_of_after_the_meeting_was_attended() -> None:
    story = Story()
    story.fact(AA, at(3, 19))
    made = story.commit(AA, at(3, 19), made=at(1), recorded=at(5))
    assert story.said() == ["CommitmentMade", "GoalAgreed", "CommitmentOutcomeNoted", "GoalAchieved"]
    assert (story.commitment(made).state, story.the_goal().state) == ("attended", "achieved")


def test_the_day_it_was_made_is_the_clients_local_day() -> None:
    story = Story()
    london = at(0, 0, 30).replace(month=7)
    story = Story(opened=london)
    story.commit(AA, london + timedelta(hours=18), made=london.astimezone(UTC))
    assert story.pathway.commitments[0].made_on == london.date()


def test_more_than_a_week_ahead_or_at_the_time_of_another_meeting_is_a_warning() -> None:
    story = Story()
    story.commit(AA, at(8, 19), made=at(1))
    assert cautions(story) == []
    story.commit(SMART, at(8, 20), made=at(1))
    assert cautions(story) == ["clashes"]
    story.commit(NA, at(8, 21, 30), made=at(1))
    assert "clashes" not in cautions(story)
    story.commit(AL_ANON, at(8, 17, 30), made=at(1, 13))
    assert "clashes" not in cautions(story)
    story.commit(AA, at(9, 19), made=at(1))
    assert cautions(story) == ["more-than-a-week-ahead"]


def test_a_withdrawn_commitment_clashes_with_nothing() -> None:
    story = Story()
    story.withdraw(story.commit(AA, at(3, 19), made=at(1)), at(2))
    story.commit(SMART, at(3, 19), made=at(2))
    assert cautions(story) == []


def test_a_meeting_that_began_or_is_closed_for_now_is_a_warning() -> None:
    story = Story()
    story.commit(AA, at(1, 19), made=at(1, 20))
    assert cautions(story) == ["already-begun"]
    story.commit(AA, at(8, 19), made=at(1, 20), status="closed-for-now")
    assert cautions(story) == ["closed-for-now"]


def test_a_meeting_no_longer_held_is_refused_unless_it_was_before_today() -> None:
    pathway = Story().pathway
    withdrawn = commit_command(AA, at(3, 19), at(1), status="withdrawn")
    assert refused(commit_to_meeting(pathway, withdrawn)) == ("meeting-withdrawn", "meetingId")
    late = replace(withdrawn, recorded_at=at(5))
    assert isinstance(commit_to_meeting(pathway, late), list)


@pytest.mark.parametrize(("for_", "audience"), [("self", "family"), ("family", "self")])
def test_a_meeting_for_others_is_refused(for_: For, audience: Audience) -> None:
    command = commit_command(AL_ANON, at(3, 19), at(1), audience=audience)
    assert refused(commit_to_meeting(Story(for_).pathway, command)) == ("meeting-for-others", "meetingId")
    for_both = replace(command, audience="both")
    assert isinstance(commit_to_meeting(Story(for_).pathway, for_both), list)


def test_the_same_meeting_and_day_twice_is_refused_until_it_is_withdrawn() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    again = commit_command(AA, at(3, 19, 2), at(1))
    assert refused(commit_to_meeting(story.pathway, again)) == ("already-committed", "date")
    story.withdraw(made, at(2))
    story.commit(AA, at(3, 19), made=at(2))
    assert [made.state for made in story.pathway.commitments] == ["withdrawn", "planned"]


def test_times_that_cannot_be_are_refused() -> None:
    story = Story()
    ahead = commit_command(AA, at(3, 19), at(1), recorded=at(0))
    assert refused(commit_to_meeting(story.pathway, ahead)) == ("in-the-future", "madeAt")
    made = story.commit(AA, at(3, 19), made=at(1))
    early = WithdrawCommitment(commitment_id=made, at=at(0), recorded_at=at(2))
    assert refused(withdraw_commitment(story.pathway, early)) == ("before-it-was-made", "at")
    too_early = replace(early, at=at(3))
    assert refused(withdraw_commitment(story.pathway, too_early)) == ("in-the-future", "at")


def test_withdrawing_leaves_the_goal_and_only_what_is_planned_can_be_withdrawn() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.withdraw(made, at(2))
    assert (story.commitment(made).state, story.the_goal().state) == ("withdrawn", "agreed")
    again = WithdrawCommitment(commitment_id=made, at=at(2), recorded_at=at(2))
    assert refused(withdraw_commitment(story.pathway, again)) == ("already-withdrawn", None)
    went = story.commit(SMART, at(4, 19), made=at(2))
    story.fact(SMART, at(4, 19))
    attended = replace(again, commitment_id=went, at=at(5), recorded_at=at(5))
    assert refused(withdraw_commitment(story.pathway, attended)) == ("already-has-outcome", None)
    unknown = replace(again, commitment_id=CommitmentId(uuid4()))
    assert refused(withdraw_commitment(story.pathway, unknown)) == ("unknown-commitment", None)


def test_going_all_the_same_achieves_the_goal_and_leaves_the_withdrawal() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(1))
    story.withdraw(made, at(2))
    story.fact(AA, at(3, 19))
    assert (story.commitment(made).state, story.the_goal().state) == ("withdrawn", "achieved")


def test_a_commitment_made_before_the_ending_is_taken_after_it() -> None:
    story = Story()
    story.fact(AA, at(3, 19))
    story.end("not-at-this-time", at(5))
    held = story.commit(AA, at(3, 19), made=at(2), recorded=at(6))
    assert (story.commitment(held).state, story.the_goal().state) == ("attended", "achieved")
    to_come = story.commit(AA, at(5, 19), made=at(2), recorded=at(6))
    assert story.commitment(to_come).state == "withdrawn"
    assert [goal.state for goal in story.goals("attend-meeting")] == ["achieved", "paused"]
    story.commit(AA, at(4, 19), made=at(3), recorded=at(7))
    assert story.said() == ["CommitmentMade"]
    after = commit_command(AA, at(9, 19), at(5) + timedelta(seconds=1))
    assert refused(commit_to_meeting(story.pathway, after)) == ("pathway-ended", None)
