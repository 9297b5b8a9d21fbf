"""A session as it is shown. What was not recorded is named as such: never "not done"."""

from dataclasses import asdict
from typing import Any

from pydantic.alias_generators import to_camel

from services.referrals.domain.pathway import Session
from services.referrals.domain.session_parts import Barrier, DidNotFit, Experience, Explained, Needs, TakingPart
from services.referrals.domain.taking_part import TakesPart

Json = dict[str, Any]
Part = Needs | Explained | TakingPart | DidNotFit | Barrier
_MAY_BE_RECORDED = (
    "how",
    "present",
    "handouts",
    "experience",
    "concerns",
    "needs",
    "explained",
    "taking_part",
    "did_not_fit",
    "risks",
    "lapse_on",
    "barriers",
    "preferred_organisation",
)


def session_json(session: Session) -> Json:
    recorded = {"needs": session.needs and part_json(session.needs), "lapseOn": session.lapse_on}
    return {
        "sessionId": session.session_id,
        "stage": session.stage,
        "heldAt": session.held_at,
        "how": session.how,
        "present": session.present,
        "handouts": [present(handout, "number", "state", "date", "format", "language") for handout in session.handouts],
        "experience": [experience_json(item) for item in session.experience],
        "concerns": session.concerns,
        **recorded,
        "explained": [part_json(item) for item in session.explained],
        "takingPart": [part_json(item) for item in session.taking_part],
        "didNotFit": [part_json(item) for item in session.did_not_fit],
        "risks": session.risks,
        "barriers": [part_json(item) for item in session.barriers],
        "preferredOrganisation": session.preferred_organisation,
        "notRecorded": [to_camel(name) for name in _MAY_BE_RECORDED if not getattr(session, name)],
    }


def experience_json(experience: Experience) -> Json:
    coded = {"concerns": experience.concerns} if experience.concerns else {}
    return {**present(experience, "organisation", "level", "perceptions"), **coded}


def taking_part_json(one: TakesPart) -> Json:
    """[G] What was said, and a next way where the kind of group has one; never what is lacking."""
    said = [{**present(part, "way", "words"), "on": day} for part, day in one.said]
    return {"organisation": one.organisation, "said": said, "nextWay": one.next_way}


def part_json(part: Part) -> Json:
    """With its fields that are known."""
    return {to_camel(name): value for name, value in asdict(part).items() if value is not None}


def present(item: object, *names: str) -> Json:
    """The fields that were recorded."""
    return {name: value for name in names if (value := getattr(item, name)) is not None}
