"""What of a pathway is shown, and which of it some events touch."""

from collections.abc import Iterable

from services.referrals.domain.events import Event
from services.referrals.domain.events_client import RecordsConsentGiven
from services.referrals.domain.events_goals import (
    GoalAchieved,
    GoalDropped,
    GoalNotAchieved,
    GoalPaused,
    GoalProposed,
    GoalResumed,
)
from services.referrals.domain.events_opening import ReferralEnded, ReferralOpened, ReferralReopened
from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from services.referrals.fhir.careplan import render_careplan
from services.referrals.fhir.goal import render_goal
from services.referrals.fhir.rules import checked
from shared.fhir.documents import Rendered

_OF_A_GOAL = (GoalProposed, GoalAchieved, GoalNotAchieved, GoalDropped, GoalPaused, GoalResumed)
_OF_THE_PLAN = (ReferralOpened, ReferralEnded, ReferralReopened, GoalProposed)
"""A plan lists its goals, so a new one changes it. GoalAgreed is a GoalProposed."""


def render(pathway: Pathway, number: NhsNumber | None) -> list[Rendered]:
    """CarePlan and Goals; nothing without the client's agreement to it, nor without an NHS number."""
    if number is None or not pathway.records:
        return []
    goals = [checked(render_goal(pathway, goal, number)) for goal in pathway.goals]
    return [checked(render_careplan(pathway, number)), *goals]


def touches(events: Iterable[Event]) -> bool:
    """Whether these events can change what is shown; else nobody needs the client's NHS number."""
    return any(isinstance(event, (RecordsConsentGiven, *_OF_A_GOAL, *_OF_THE_PLAN)) for event in events)


def render_changes(pathway: Pathway, number: NhsNumber | None, events: Iterable[Event]) -> list[Rendered]:
    """Of `render` only what these events, already applied to the pathway, can have changed."""
    happened = list(events)
    if number is None or not pathway.records:
        return []
    if any(isinstance(event, RecordsConsentGiven) for event in happened):
        return render(pathway, number)
    touched = {event.goal_id for event in happened if isinstance(event, _OF_A_GOAL)}
    made = [checked(render_goal(pathway, goal, number)) for goal in pathway.goals if goal.goal_id in touched]
    if any(isinstance(event, _OF_THE_PLAN) for event in happened):
        made.insert(0, checked(render_careplan(pathway, number)))
    return made
