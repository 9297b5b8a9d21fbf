"""What every rendered resource must hold before it is stored: what a validator misses, and what is easily got wrong.

A broken rule is our own mistake: nothing is stored, and the event that led to it is parked with this reason.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.identity import nhs_number
from services.referrals.fhir.canonicals import (
    ACHIEVEMENT,
    ACT_CODE,
    CAREPLAN_PROFILE,
    GOAL_KIND,
    GOAL_PROFILE,
    NHS_NUMBER,
    SNOMED_CT,
)
from services.referrals.fhir.wording import GOAL_KIND_DISPLAYS
from shared.fhir.documents import Rendered

Document = Mapping[str, Any]
Broken = Iterator[str]

_PROFILES = {"CarePlan": CAREPLAN_PROFILE, "Goal": GOAL_PROFILE}
_CATEGORY = [(SNOMED_CT, "734163000"), (SNOMED_CT, "2181441000000107")]
_PLAN_STATUS = frozenset({"active", "completed", "on-hold", "revoked"})
_ACHIEVED: Mapping[str, Collection[str | None]] = {
    "proposed": (None,),
    "active": ("in-progress",),
    "completed": ("achieved", "not-achieved"),
    "cancelled": (None,),
    "on-hold": (None,),
}
"""Which achievement goes with which lifecycle status (3-fama, 5-fhir)."""


class RuleBroken(ValueError):
    """Names resource and rules, never what the resource says."""


def checked(rendered: Rendered) -> Rendered:
    broken = [*_of_all(rendered), *_RULES[rendered.type](rendered.document)]
    if broken:
        raise RuleBroken(f"{rendered.type}/{rendered.id}: {'; '.join(broken)}")
    return rendered


def _of_all(rendered: Rendered) -> Broken:
    document = rendered.document
    if list(document)[:3] != ["resourceType", "id", "meta"] or document["resourceType"] != rendered.type:
        yield "begins with its type, id and meta"
    if document["id"] != str(rendered.id):
        yield "has the id it is stored under"
    if document["meta"]["profile"] != [_PROFILES[rendered.type]]:
        yield "claims its profile"
    if "R" not in _codes(document["meta"]["security"]):
        yield "is labelled restricted"
    if not _is_valid(document["subject"]["identifier"]):
        yield "has a subject with a valid NHS number"


def _of_careplan(document: Document) -> Broken:
    if document["status"] not in _PLAN_STATUS or document["intent"] != "plan":
        yield "is a plan with one of its statuses"
    coded = [(coding["system"], coding["code"]) for concept in document["category"] for coding in concept["coding"]]
    if coded != _CATEGORY:
        yield "has both categories"
    if not all(_is_day(day) for day in document["period"].values()):
        yield "has a period of days"
    if not all(_leads_to_goal(reference) for reference in document.get("goal", ())):
        yield "leads to goals"


def _of_goal(document: Document) -> Broken:
    said = document.get("achievementStatus")
    achievement = said["coding"][0] if said else {"system": ACHIEVEMENT, "code": None}
    if achievement["code"] not in _ACHIEVED.get(document["lifecycleStatus"], ()):
        yield "has an achievement that goes with its lifecycle status"
    kind = document["description"]["coding"][0]
    if achievement["system"] != ACHIEVEMENT or kind["system"] != GOAL_KIND:
        yield "is coded in the right systems"
    if GOAL_KIND_DISPLAYS.get(kind["code"]) != kind["display"] or not document["description"]["text"]:
        yield "is of a kind that we publish, and says it"
    days = [document.get("startDate"), document["statusDate"], *(t["dueDate"] for t in document.get("target", ()))]
    if not all(day is None or _is_day(day) for day in days):
        yield "has days without a time"
    if "addresses" in document and ACT_CODE not in (label["system"] for label in document["meta"]["security"]):
        yield "implies no own use"


_RULES: Mapping[str, Callable[[Document], Broken]] = {"CarePlan": _of_careplan, "Goal": _of_goal}


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _leads_to_goal(reference: Mapping[str, str]) -> bool:
    kind, _, id_ = reference["reference"].partition("/")
    return kind == "Goal" and str(UUID(id_)) == id_


def _codes(labels: list[Mapping[str, str]]) -> set[str]:
    return {label["code"] for label in labels}


def _is_valid(identifier: Mapping[str, str]) -> bool:
    return identifier["system"] == NHS_NUMBER and _is_nhs_number(identifier["value"])


@lru_cache(maxsize=1024)
def _is_nhs_number(value: str) -> bool:
    number = nhs_number(value)
    return not isinstance(number, Refusal) and number == value
