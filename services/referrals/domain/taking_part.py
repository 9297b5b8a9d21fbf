"""Ways of taking part (stage 3, step 4 [G]). They differ per kind of group; nobody counts those that are "missing"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Day

from services.referrals.domain.answers import Caution, Refusal
from services.referrals.domain.kinds_of_group import KindOfGroup, called, kind_of_group
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import TakingPart
from services.referrals.domain.vocabulary import Way
from services.referrals.domain.when import local_day

WAYS: dict[KindOfGroup, tuple[Way, ...]] = {
    "12-step": (
        "talk-at-meetings",
        "swap-numbers",
        "home-group",
        "speak-about-sponsorship",
        "sponsor",
        "doing-service",
    ),
    "smart": ("talk-at-meetings", "swap-numbers", "regular-meeting", "facilitator-training"),
    "other": (),
}
"""In the order of the guide; others than 12-step and SMART are told of in the client's own words."""
WORDS: dict[Way, str] = {
    "talk-at-meetings": "talk at meetings",
    "swap-numbers": "swap telephone numbers",
    "home-group": "choose a home group",
    "speak-about-sponsorship": "speak to people about sponsorship",
    "sponsor": "ask somebody to be their sponsor",
    "doing-service": "do service",
    "regular-meeting": "go to one meeting regularly",
    "facilitator-training": "train as a facilitator",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakesPart:
    """At one organisation: what was said, each with the day of the session, and the way that could come next."""

    organisation: str
    said: tuple[tuple[TakingPart, Day], ...]
    next_way: Way | None


@rule(
    "Scene 5: SMART only for eight weeks shows facilitator training and no sponsor anywhere.",
    source="G",
    effect="keeps",
    where="Stage 3, step 4",
)
def takes_part(pathway: Pathway) -> list[TakesPart]:
    """[G] Where the client goes: what was said, and a next way where the kind of group has one; never what lacks."""
    attended = (a.organisation for a in pathway.attendance if a.went and a.organisation)
    said: dict[str, list[tuple[TakingPart, Day]]] = {organisation: [] for organisation in attended}
    for session in pathway.sessions_by_date:
        for part in session.taking_part:
            day = local_day(session.held_at, pathway.time_zone)
            said.setdefault(part.organisation, []).append((part, day))
    return [
        TakesPart(organisation=organisation, said=tuple(parts), next_way=next_way(organisation, [p for p, _ in parts]))
        for organisation, parts in said.items()
        if parts or WAYS[kind_of_group(organisation)]
    ]


@rule("Ways of taking part differ per kind of group.", source="G", effect="keeps", where="Stage 3, step 4")
@rule(
    "The next way is the one after the furthest that was said.", source="G", effect="suggests", where="Stage 3, step 4"
)
def next_way(organisation: str, said: Sequence[TakingPart]) -> Way | None:
    """[G] The way after the furthest that was said. None where the kind of group has no further, or none at all."""
    ways = WAYS[kind_of_group(organisation)]
    known = {part.way for part in said}
    furthest = max((at for at, way in enumerate(ways) if way in known), default=-1)
    return ways[furthest + 1] if furthest + 1 < len(ways) else None


@rule("Taking part is a way or the client's own words.", source="sense", effect="refuses", codes=("words-missing",))
def taking_part_refused(part: TakingPart, field: str) -> Refusal | None:
    if part.way is None and not (part.words or "").strip():
        return Refusal(
            "words-missing", "Say which way of taking part, or write the client's own words.", f"{field}.words"
        )
    return None


@rule(
    "Another group's way is pointed out and taken all the same.",
    source="G",
    effect="warns",
    codes=("another-groups-way",),
    where="Stage 3, step 4",
)
def another_groups_way(parts: Sequence[TakingPart]) -> list[Caution]:
    """[G] SMART has no sponsors and no home groups: a slip of the finger is pointed out, and taken all the same."""
    return [
        Caution(
            "another-groups-way",
            f"{called(part.organisation)} knows no such way of taking part ({WORDS[part.way]}): own words may fit.",
        )
        for part in parts
        if part.way and part.way not in WAYS[kind_of_group(part.organisation)]
    ]
