"""The messages about a meeting that somebody plans to go to, and what a person agreed to (7-running)."""

from collections.abc import Collection
from enum import StrEnum


class Rule(StrEnum):
    """One message per rule and commitment. The names are part of the API and of the events."""

    MEETING_DAY_BEFORE = "meeting-day-before"
    MEETING_TWO_HOURS = "meeting-two-hours"
    DID_YOU_GO = "did-you-go"
    HOW_WAS_IT = "how-was-it"
    COMPANY_FELL_THROUGH = "company-fell-through"
    HANDED_OVER = "handed-over"


ABOUT_MEETINGS = tuple(rule for rule in Rule if rule is not Rule.HANDED_OVER)
BEFORE_THE_MEETING = frozenset({Rule.MEETING_DAY_BEFORE, Rule.MEETING_TWO_HOURS, Rule.COMPANY_FELL_THROUGH})

COARSE_PURPOSES: dict[str, frozenset[Rule]] = {
    "meeting-reminders": BEFORE_THE_MEETING,
    "check-ins": frozenset({Rule.DID_YOU_GO, Rule.HOW_WAS_IT}),
}
"""What a person is asked in words: "may we remind you?", "may we ask how it went?"."""

PURPOSES = (*COARSE_PURPOSES, *Rule)
"""A purpose is one of the two above, or a single rule for who wants only that one (ADR 0080)."""


def agreed(rule: Rule, purposes: Collection[str]) -> bool:
    """Whether what this person agreed to covers the rule. That somebody else writes is for whoever is written to."""
    if rule is Rule.HANDED_OVER:
        return bool(purposes)
    return rule in purposes or any(rule in COARSE_PURPOSES.get(purpose, ()) for purpose in purposes)
