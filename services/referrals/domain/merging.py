"""One session that two people wrote down at the same time, put together: neither loses what they noted. Pure."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from services.referrals.domain.pathway import Session
from services.referrals.domain.rules import rule
from services.referrals.domain.session_parts import Experience, Needs

Part = TypeVar("Part")


@rule("Of two who correct one session neither loses what they noted.", source="O", effect="keeps")
def merged(base: Session | None, theirs: Session, mine: Session) -> Session:
    """`base`: as both found it; none for a new one. What one of them left alone is as the other has it.

    Where both wrote something else, `mine` stands; own words of both are kept.
    """
    was = base or Session(session_id=mine.session_id, stage=mine.stage, held_at=mine.held_at)
    single: dict[str, Any] = {name: _either(*(getattr(each, name) for each in (was, theirs, mine))) for name in _SINGLE}
    return replace(
        mine,
        **single,
        present=_all(was.present, theirs.present, mine.present),
        concerns=_all(was.concerns, theirs.concerns, mine.concerns),
        risks=_all(was.risks, theirs.risks, mine.risks),
        handouts=_all(was.handouts, theirs.handouts, mine.handouts),
        taking_part=_all(was.taking_part, theirs.taking_part, mine.taking_part),
        barriers=_by(lambda each: (each.kind, each.where), was.barriers, theirs.barriers, mine.barriers),
        explained=_by(lambda each: each.topic, was.explained, theirs.explained, mine.explained),
        did_not_fit=_by(
            lambda each: (each.organisation, each.meeting_id), was.did_not_fit, theirs.did_not_fit, mine.did_not_fit
        ),
        experience=_by(lambda each: each.organisation, was.experience, theirs.experience, mine.experience, _experience),
        needs=_needs(was.needs, theirs.needs, mine.needs),
    )


_SINGLE = ("stage", "held_at", "how", "lapse_on", "preferred_organisation")


def _either(was: Part, theirs: Part, mine: Part) -> Part:
    """What one took away stays if the other has changed it."""
    if mine == was or (mine is None and theirs != was):
        return theirs
    return mine


def _all(was: Iterable[Part], theirs: Iterable[Part], mine: Iterable[Part]) -> tuple[Part, ...]:
    """What either has; gone is what either took away."""
    before, here, there = (list(some) for some in (was, theirs, mine))
    gone = [each for each in before if each not in here or each not in there]
    return tuple(each for each in dict.fromkeys([*here, *there]) if each not in gone)


def _by(
    key: Callable[[Part], Hashable],
    was: Iterable[Part],
    theirs: Iterable[Part],
    mine: Iterable[Part],
    both: Callable[[Part | None, Part | None, Part | None], Part | None] = _either,
) -> tuple[Part, ...]:
    """Part for part, those with the same key beside each other."""
    old, there, here = ({key(each): each for each in some} for some in (was, theirs, mine))
    found = (both(old.get(each), there.get(each), here.get(each)) for each in dict.fromkeys([*there, *here]))
    return tuple(each for each in found if each is not None)


def _experience(was: Experience | None, theirs: Experience | None, mine: Experience | None) -> Experience | None:
    if theirs is None or mine is None:
        return _either(was, theirs, mine)
    old = was or Experience(organisation=mine.organisation, level=mine.level)
    return replace(
        mine,
        level=_either(old.level, theirs.level, mine.level),
        perceptions=_own_words(old.perceptions, theirs.perceptions, mine.perceptions),
        concerns=_all(old.concerns, theirs.concerns, mine.concerns),
    )


def _own_words(was: str | None, theirs: str | None, mine: str | None) -> str | None:
    said = _either(was, theirs, mine)
    return said if theirs in (None, was, said) else f"{theirs}\n{said}"


def _needs(was: Needs | None, theirs: Needs | None, mine: Needs | None) -> Needs | None:
    if theirs is None or mine is None:
        return _either(was, theirs, mine)
    old = was or Needs()
    each = {field.name: [getattr(needs, field.name) for needs in (old, theirs, mine)] for field in fields(Needs)}
    return replace(mine, **{name: _either(*three) for name, three in each.items()})
