"""CarePlan: the pathway. It changes when the plan does, not when one of its goals comes further."""

from collections.abc import Mapping
from typing import Any

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.vocabulary import EndingKind
from services.referrals.domain.when import local_day
from services.referrals.fhir.canonicals import CAREPLAN_PROFILE, SNOMED_CT
from services.referrals.fhir.narrative import in_words, narrative
from services.referrals.fhir.person import meta, subject
from shared.fhir.documents import Rendered

TITLE = "Facilitating access to mutual aid"
ENDED_STATUS: Mapping[EndingKind, str] = {
    "engaged": "completed",
    "completed-treatment": "completed",
    "not-at-this-time": "on-hold",
    "transferred": "revoked",
    "lost-contact": "revoked",
    "died": "revoked",
}
_CATEGORY = [
    {"coding": [{"system": SNOMED_CT, "code": "734163000", "display": "Care plan"}]},
    {"coding": [{"system": SNOMED_CT, "code": "2181441000000107", "display": "Personalised care and support plan"}]},
]


def render_careplan(pathway: Pathway, number: NhsNumber) -> Rendered:
    status = ENDED_STATUS[pathway.ending] if pathway.ending else "active"
    document: dict[str, Any] = {
        "resourceType": "CarePlan",
        "id": str(pathway.referral_id),
        "meta": meta(CAREPLAN_PROFILE, pathway.for_),
        "text": narrative(f"{TITLE}, from {in_words(pathway.opened_on)}.", f"The plan is {status}."),
        "status": status,
        "intent": "plan",
        "category": _CATEGORY,
        "title": TITLE,
        "subject": subject(number),
        "period": _period(pathway, status),
    }
    if pathway.goals:
        document["goal"] = [{"reference": f"Goal/{goal.goal_id}"} for goal in pathway.goals]
    owner = (pathway.client_id, pathway.provider, pathway.referral_id)
    return Rendered("CarePlan", pathway.referral_id, *owner, document)


def _period(pathway: Pathway, status: str) -> dict[str, Any]:
    """One that is on hold has not ended: it waits."""
    period = {"start": pathway.opened_on}
    if pathway.ended_at is not None and status != "on-hold":
        period["end"] = max(local_day(pathway.ended_at, pathway.time_zone), pathway.opened_on)
    return period
