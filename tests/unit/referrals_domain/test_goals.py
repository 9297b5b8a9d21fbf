from dataclasses import replace
from uuid import uuid4

import pytest

from services.referrals.domain.commands_goals import NoteGoalOutcome, SetGoal
from services.referrals.domain.events_goals import GoalProposed
from services.referrals.domain.goals import agree_goal, note_goal_outcome, propose_goal
from services.referrals.domain.ids import GoalId
from services.referrals.domain.vocabulary import GoalOutcome
from tests.unit.referrals_domain.story import AA, Story, at, day, refused, wanted


def test_a_proposed_goal_is_agreed_or_dropped_and_nothing_else() -> None:
    story = Story()
    agreed, dropped = story.propose("home-group", at(0), due=day(9)), story.propose("sponsor", at(0))
    for outcome in ("achieved", "not-achieved"):
        command = NoteGoalOutcome(goal_id=agreed, outcome=outcome, at=at(1), recorded_at=at(1))
        assert refused(note_goal_outcome(story.pathway, command)) == ("goal-not-agreed", "outcome")
    story.say(agreed, "agreed", at(1))
    story.say(dropped, "dropped", at(1))
    goal = story.goal(agreed)
    assert (goal.kind, goal.state, goal.agreed_on, goal.due) == ("home-group", "agreed", day(1), day(9))
    assert story.goal(dropped).state == "dropped"


def test_a_proposed_goal_is_achieved_by_no_fact_until_it_is_agreed() -> None:
    story = Story()
    goal = story.propose("attend-meeting", at(0))
    story.fact(AA, at(1, 10))
    assert story.goal(goal).state == "proposed"
    story.say(goal, "agreed", at(1, 15))
    assert story.goal(goal).state == "achieved"


@pytest.mark.parametrize("outcome", ["achieved", "not-achieved", "dropped"])
def test_an_agreed_goal_ends_as_client_or_keyworker_say_and_for_good(outcome: GoalOutcome) -> None:
    story = Story()
    goal = story.agree("swap-numbers", at(0))
    story.say(goal, outcome, at(2))
    assert (story.goal(goal).state, story.goal(goal).since) == (outcome, at(2))
    for again in ("agreed", "achieved", "not-achieved", "dropped"):
        command = NoteGoalOutcome(goal_id=goal, outcome=again, at=at(3), recorded_at=at(3))
        assert refused(note_goal_outcome(story.pathway, command)) == ("goal-ended", "outcome")


def test_what_was_said_achieved_is_not_undone_by_a_correction() -> None:
    story = Story()
    goal = story.agree("attend-meeting", at(0))
    story.say(goal, "achieved", at(1))
    told = story.fact(AA, at(2, 19))
    story.fact(AA, at(2, 19), "not-known", corrects=told)
    assert story.goal(goal).state == "achieved"


def test_a_goal_in_own_words_has_words() -> None:
    story = Story()
    no_words = SetGoal(goal=wanted("own-words"), at=at(1), recorded_at=at(1))
    for rule in (agree_goal, propose_goal):
        assert refused(rule(story.pathway, no_words)) == ("words-missing", "words")
        assert refused(rule(story.pathway, replace(no_words, goal=wanted("sponsor"), at=at(2)))) == (
            "in-the-future",
            "at",
        )


def test_what_is_said_of_a_goal_is_said_of_one_on_the_pathway() -> None:
    story = Story()
    unknown = NoteGoalOutcome(goal_id=GoalId(uuid4()), outcome="achieved", at=at(1), recorded_at=at(1))
    assert refused(note_goal_outcome(story.pathway, unknown)) == ("unknown-goal", None)
    goal = story.agree("sponsor", at(1))
    known = replace(unknown, goal_id=goal)
    assert refused(note_goal_outcome(story.pathway, replace(known, outcome="agreed"))) == (
        "goal-already-agreed",
        "outcome",
    )
    assert refused(note_goal_outcome(story.pathway, replace(known, at=at(2)))) == ("in-the-future", "at")


def test_a_due_day_that_has_passed_or_is_over_a_year_away_is_a_warning() -> None:
    story = Story()
    for due, codes in ((day(2), ["due-already"]), (day(3 + 366), []), (day(3 + 367), ["due-far-away"])):
        story.propose("sponsor", at(3), due=due)
        [proposed] = story.latest
        assert isinstance(proposed, GoalProposed)
        assert [caution.code for caution in proposed.cautions] == codes


def test_after_the_ending_only_what_was_before_it_can_be_said() -> None:
    story = Story()
    goal = story.agree("sponsor", at(0))
    story.end("engaged", at(5))
    before = NoteGoalOutcome(goal_id=goal, outcome="achieved", at=at(4), recorded_at=at(6))
    assert refused(note_goal_outcome(story.pathway, replace(before, at=at(5)))) == ("pathway-ended", "at")
    assert refused(note_goal_outcome(story.pathway, replace(before, outcome="agreed"))) == (
        "goal-already-agreed",
        "outcome",
    )
    story.say(goal, "achieved", at(4))
    assert story.goal(goal).state == "achieved"
    late = SetGoal(goal=wanted("home-group"), at=at(6), recorded_at=at(6))
    assert refused(agree_goal(story.pathway, late)) == ("pathway-ended", None)
