"""Goal: a care-planned goal and how far it has come."""

from collections.abc import Mapping
from typing import Any

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Goal, Pathway
from services.referrals.domain.vocabulary import GoalState
from services.referrals.domain.when import local_day
from services.referrals.fhir.canonicals import ACHIEVEMENT, GOAL_KIND, GOAL_PROFILE
from services.referrals.fhir.narrative import in_words, narrative
from services.referrals.fhir.person import meta, subject
from services.referrals.fhir.wording import GOAL_KIND_DISPLAYS, printable
from shared.fhir.documents import Rendered

LIFECYCLE: Mapping[GoalState, str] = {
    "proposed": "proposed",
    "agreed": "active",
    "achieved": "completed",
    "not-achieved": "completed",
    "dropped": "cancelled",
    "paused": "on-hold",
}
_ACHIEVEMENT: Mapping[GoalState, tuple[str, str]] = {
    "agreed": ("in-progress", "In Progress"),
    "achieved": ("achieved", "Achieved"),
    "not-achieved": ("not-achieved", "Not Achieved"),
}
_STATE_IN_WORDS: Mapping[GoalState, str] = {
    "proposed": "Proposed.",
    "agreed": "In progress.",
    "achieved": "Achieved.",
    "not-achieved": "Not achieved.",
    "dropped": "Dropped.",
    "paused": "Paused.",
}


def render_goal(pathway: Pathway, goal: Goal, number: NhsNumber) -> Rendered:
    text = printable(goal.words) if goal.words else GOAL_KIND_DISPLAYS[goal.kind]
    document: dict[str, Any] = {
        "resourceType": "Goal",
        "id": str(goal.goal_id),
        "meta": meta(GOAL_PROFILE, pathway.for_),
        "text": _narrative(goal, text),
        "lifecycleStatus": LIFECYCLE[goal.state],
    }
    if goal.state in _ACHIEVEMENT:
        code, display = _ACHIEVEMENT[goal.state]
        document["achievementStatus"] = {"coding": [{"system": ACHIEVEMENT, "code": code, "display": display}]}
    kind = {"system": GOAL_KIND, "code": goal.kind, "display": GOAL_KIND_DISPLAYS[goal.kind]}
    document |= {"description": {"coding": [kind], "text": text}, "subject": subject(number)}
    if goal.agreed_on is not None:
        document["startDate"] = goal.agreed_on
    if goal.due is not None:
        document["target"] = [{"dueDate": goal.due}]
    document["statusDate"] = local_day(goal.since, pathway.time_zone)
    return Rendered("Goal", goal.goal_id, pathway.client_id, pathway.provider, pathway.referral_id, document)


def _narrative(goal: Goal, text: str) -> dict[str, str]:
    due = f"Due {in_words(goal.due)}." if goal.due else ""
    return narrative(text if text.endswith((".", "!", "?")) else f"{text}.", _STATE_IN_WORDS[goal.state], due)
