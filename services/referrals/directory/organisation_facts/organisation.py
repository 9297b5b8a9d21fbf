"""What there is to know of an organisation before a client chooses one of its meetings (3-fama, *Meetings* [S])."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shared.meetings import ORGANISATIONS, Audience, ForWhat

Outlook = Literal["spiritual", "secular", "differs"]
LedBy = Literal["peers", "trained-facilitator", "differs"]
Ways = Literal["12-step", "smart", "own"]
"""Which ways of taking part there are: those of another kind of group are never shown as missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """`programme` to `who_may_come` are sentences for people; the codes beside them are for lists and rules.

    `co_occurring`: made for people who also have a mental health condition.
    """

    code: str
    programme: str
    meeting: str
    higher_power: str
    prayer_or_reading: str
    abstinence: str
    disease_idea: str
    sponsor: str
    lifelong: str
    who_leads: str
    donation: str
    open_and_closed: str
    who_may_come: str
    outlook: Outlook
    led_by: LedBy
    ways: Ways
    co_occurring: bool = False

    @property
    def label(self) -> str:
        return ORGANISATIONS[self.code].label

    @property
    def twelve_step(self) -> bool:
        return ORGANISATIONS[self.code].twelve_step

    @property
    def audience(self) -> Audience:
        return ORGANISATIONS[self.code].audience

    @property
    def for_what(self) -> tuple[ForWhat, ...]:
        return ORGANISATIONS[self.code].for_what

    def told(self) -> Iterator[tuple[str, str]]:
        """Topic and sentences, in the order in which organisations are laid side by side."""
        return ((topic, getattr(self, topic)) for topic in TOPICS)


TOPICS: Mapping[str, str] = {
    "programme": "What it offers",
    "meeting": "What happens in a meeting",
    "higher_power": "A higher power",
    "prayer_or_reading": "Prayer and reading",
    "abstinence": "Stopping or cutting down",
    "disease_idea": "Is it seen as an illness?",
    "sponsor": "Sponsors",
    "lifelong": "For how long",
    "who_leads": "Who leads it",
    "donation": "Money",
    "open_and_closed": "Open and closed meetings",
    "who_may_come": "Who may come",
}
