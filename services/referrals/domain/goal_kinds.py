"""Which kinds of goal are offered: those that the groups the client goes to have."""

from collections.abc import Iterator
from typing import get_args

from services.referrals.domain.kinds_of_group import kind_of_group
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.taking_part import WAYS
from services.referrals.domain.vocabulary import GoalKind, Way

_ANYWHERE: frozenset[Way] = frozenset({"talk-at-meetings", "swap-numbers"})


@rule(
    "Goals of another kind of group are not offered to who goes to one kind.",
    source="G",
    effect="suggests",
    where="Stage 3, step 4",
)
def goals_to_choose(pathway: Pathway) -> tuple[GoalKind, ...]:
    """[G] No sponsor, no home group for who goes to SMART alone; all of them while it is not known where they go."""
    kinds = {kind_of_group(organisation) for organisation in _goes_to(pathway)}
    theirs = {way for kind in kinds or WAYS for way in WAYS[kind]} | _ANYWHERE
    others = {way for ways in WAYS.values() for way in ways} - theirs
    return tuple(kind for kind in get_args(GoalKind) if kind not in others)


def _goes_to(pathway: Pathway) -> Iterator[str]:
    for session in pathway.sessions:
        yield from (part.organisation for part in session.taking_part)
        if session.preferred_organisation:
            yield session.preferred_organisation
    yield from (made.organisation for made in pathway.commitments if made.organisation and made.state != "withdrawn")
    yield from (
        attendance.organisation for attendance in pathway.attendance if attendance.went and attendance.organisation
    )
