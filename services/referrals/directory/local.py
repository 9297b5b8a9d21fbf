"""What a team has seen for itself of a meeting (3-fama, *Meetings*: local knowledge). Pure.

No client is in it, and no member of the group: who greets is a role.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.referrals.directory.facts import Fact, on_day
from shared.rules import rule

Greeter = Literal["greeter", "secretary", "facilitator", "tea-maker", "whoever-is-there", "nobody"]
StepFree = Literal["yes", "in-part", "no"]
_GREETS: Mapping[Greeter, str] = {
    "greeter": "Somebody stands at the door to greet people",
    "secretary": "The secretary greets new people",
    "facilitator": "The facilitator greets new people",
    "tea-maker": "Whoever makes the tea greets new people",
    "whoever-is-there": "Whoever is there says hello",
    "nobody": "Nobody greets at the door: go in and sit down",
}
_STEP_FREE: Mapping[StepFree, str] = {
    "yes": "No steps on the way in, seen by the team",
    "in-part": "Step-free in part: ask the team",
    "no": "There are steps on the way in",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalKnowledge:
    """One provider's of one meeting. `known_by`: staff who can tell more; `last_went_on`: when somebody was there."""

    our_premises: bool = False
    door: str | None = None
    greeted_by: Greeter | None = None
    step_free: StepFree | None = None
    parking: str | None = None
    last_bus: str | None = None
    last_went_on: date | None = None
    known_by: tuple[str, ...] = ()


@rule("Who of the team knows a meeting is said with when they last went.", source="O", effect="suggests")
def local_facts(known: LocalKnowledge) -> Iterator[Fact]:
    """In the order in which somebody on the way there needs them."""
    if known.our_premises:
        yield Fact("our-premises", "Held on our premises")
    if known.door:
        yield Fact("door", f"The door: {known.door}")
    if known.greeted_by:
        yield Fact("greeted-by", _GREETS[known.greeted_by])
    if known.step_free:
        yield Fact("step-free", _STEP_FREE[known.step_free])
    if known.parking:
        yield Fact("parking", f"Parking: {known.parking}")
    if known.last_bus:
        yield Fact("last-bus", f"Last bus: {known.last_bus}")
    if known.known_by:
        yield Fact("known-in-team", f"Knows it: {', '.join(known.known_by)}{_when(known.last_went_on)}")
    elif known.last_went_on:
        yield Fact("known-in-team", f"Somebody of the team was there on {on_day(known.last_went_on)}")


def on_the_way(known: LocalKnowledge | None) -> tuple[str, str, str]:
    """For paper that a client takes along: at the door, by car, by bus. Empty where nothing is known; no staff."""
    if known is None:
        return "", "", ""
    greeted = _GREETS[known.greeted_by] if known.greeted_by else ""
    door = ". ".join(text.rstrip(". ") for text in (known.door, greeted) if text)
    parking = f"Parking: {known.parking}" if known.parking else ""
    return door, parking, f"Last bus: {known.last_bus}" if known.last_bus else ""


def _when(day: date | None) -> str:
    return f"; last there on {on_day(day)}" if day else ""
