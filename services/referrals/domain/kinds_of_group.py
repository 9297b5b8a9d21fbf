"""Which kind of group an organisation's are, as far as rules differ by it: 12-step, SMART, others."""

from typing import Literal

from shared.meetings.organisations import ORGANISATIONS, Organisation

KindOfGroup = Literal["12-step", "smart", "other"]
_SMART = frozenset({"smart-recovery", "smart-family-friends"})


def kind_of_group(organisation: str) -> KindOfGroup:
    """An organisation that is not known by name is of another kind: nothing is asked of it that it may not have."""
    if organisation.casefold() in _SMART:
        return "smart"
    known = _known(organisation)
    return "12-step" if known and known.twelve_step else "other"


def called(organisation: str) -> str:
    """Its name, or the code when it is not known by name."""
    known = _known(organisation)
    return known.label if known else organisation


def for_people_with_the_problem(organisation: str) -> bool:
    """Its meetings are only for those who have the problem themselves: being there says something about own use."""
    known = _known(organisation)
    return known is not None and known.audience == "self"


def _known(organisation: str) -> Organisation | None:
    return ORGANISATIONS.get(organisation.casefold())
