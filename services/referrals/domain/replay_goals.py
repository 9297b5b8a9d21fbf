"""The pathway with its goals."""

from collections.abc import Callable
from dataclasses import replace

from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalAgreed,
    GoalDropped,
    GoalNotAchieved,
    GoalPaused,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.ids import GoalId
from services.referrals.domain.pathway import Goal, Pathway
from services.referrals.domain.replay_changes import Changes, Steps


def _goal_proposed(pathway: Pathway, event: GoalProposed) -> Changes:
    return {"goals": (*pathway.goals, _goal(event))}


def _goal_agreed(pathway: Pathway, event: GoalAgreed) -> Changes:
    agreed = replace(_goal(event), state="agreed", agreed_on=event.agreed_on)
    if pathway.goal(event.goal_id) is None:
        return {"goals": (*pathway.goals, agreed)}
    return {"goals": tuple(agreed if goal.goal_id == event.goal_id else goal for goal in pathway.goals)}


def _goal_achieved(pathway: Pathway, event: GoalAchieved) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="achieved", achieved_by=event.by, stopped_by_ending=False),
    )


def _goal_not_achieved(pathway: Pathway, event: GoalNotAchieved) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="not-achieved", stopped_by_ending=False),
    )


def _goal_dropped(pathway: Pathway, event: GoalDropped) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="dropped", stopped_by_ending=event.because == "ending"),
    )


def _goal_paused(pathway: Pathway, event: GoalPaused) -> Changes:
    return _with_goal(
        pathway, event.goal_id, lambda goal: replace(goal, since=event.at, state="paused", stopped_by_ending=True)
    )


def _goal_resumed(pathway: Pathway, event: GoalResumed) -> Changes:
    return _with_goal(
        pathway,
        event.goal_id,
        lambda goal: replace(goal, since=event.at, state="agreed", achieved_by=None, stopped_by_ending=False),
    )


def _goal(event: GoalProposed) -> Goal:
    return Goal(
        goal_id=event.goal_id,
        kind=event.kind,
        state="proposed",
        since=event.at,
        due=event.due,
        words=event.words,
        session_id=event.session_id,
    )


def _with_goal(pathway: Pathway, goal_id: GoalId, change: Callable[[Goal], Goal]) -> Changes:
    return {"goals": tuple(change(goal) if goal.goal_id == goal_id else goal for goal in pathway.goals)}


STEPS: Steps = {
    GoalProposed: _goal_proposed,
    GoalAgreed: _goal_agreed,
    GoalAchieved: _goal_achieved,
    GoalNotAchieved: _goal_not_achieved,
    GoalDropped: _goal_dropped,
    GoalPaused: _goal_paused,
    GoalResumed: _goal_resumed,
}
