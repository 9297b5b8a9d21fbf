"""What the FHIR engine is told: two resource types and how they are found."""

from services.referrals.domain.answers import Refusal
from services.referrals.domain.identity import nhs_number
from services.referrals.fhir.canonicals import CAREPLAN_PROFILE, GOAL_PROFILE, NHS_NUMBER
from shared.fhir.definitions import CodeParameter, Link, ResourceType, definitions


def _checked(text: str) -> str | None:
    number = nhs_number(text)
    return None if isinstance(number, Refusal) else number


CAREPLAN = ResourceType(
    "CarePlan",
    CAREPLAN_PROFILE,
    "A pathway into mutual aid: one plan per referral whose client agreed to share it. Without activity and care team.",
    codes=(
        CodeParameter(
            "status",
            "status",
            "http://hl7.org/fhir/request-status",
            "http://hl7.org/fhir/SearchParameter/CarePlan-status",
        ),
    ),
    links=(Link("goal", "goal", "Goal"),),
)
GOAL = ResourceType(
    "Goal",
    GOAL_PROFILE,
    "A care-planned goal of such a plan. Going to a meeting achieves a goal by itself; not known ends none.",
    codes=(
        CodeParameter(
            "lifecycle-status",
            "lifecycleStatus",
            "http://hl7.org/fhir/goal-status",
            "http://hl7.org/fhir/SearchParameter/Goal-lifecycle-status",
        ),
    ),
)
DEFINITIONS = definitions((CAREPLAN, GOAL), {NHS_NUMBER: _checked})
