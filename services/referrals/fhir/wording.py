"""Our codes' displays, out of the CodeSystem that we publish, and own words made fit for FHIR."""

import re
from pathlib import Path

import orjson

PUBLISHED = Path(__file__).parent / "published"
"""The profile, code system and value set that others may load."""

_UNPRINTABLE = re.compile(r"[^\S\n]|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def printable(words: str) -> str:
    """FHIR's strings and narrative hold no control characters."""
    return _UNPRINTABLE.sub(" ", words).strip()


def _displays() -> dict[str, str]:
    system = orjson.loads((PUBLISHED / "CodeSystem-goal-kind.json").read_bytes())
    return {concept["code"]: concept["display"] for concept in system["concept"]}


GOAL_KIND_DISPLAYS = _displays()
