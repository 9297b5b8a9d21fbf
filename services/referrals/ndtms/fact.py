"""The one fact that the return wants of a client: that access to mutual aid was facilitated, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day

from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import local_day
from services.referrals.domain.young import under_18

_TREATED = frozenset({"alcohol", "drug"})


@dataclass(frozen=True, slots=True)
class Window:
    """A review window; both days are in it. The review is on its last one."""

    first: Day
    last: Day

    def __contains__(self, day: Day) -> bool:
        return self.first <= day <= self.last


_FAMILY = "Family and friends have no place in the return on treatment."
_YOUNG = "Who is under 18 at the review stays out of the return on adults."
_ONE = "The same person with self and family counts one in the return."
_SAFETY = "Safety, dignity, privacy"


@rule(_FAMILY, source="S", effect="keeps", because="privacy", where=_SAFETY)
@rule(_YOUNG, source="O", effect="keeps")
@rule(_ONE, source="O", effect="keeps", where="Ten scenes, 9")
def facilitated_on(pathways: Iterable[Pathway], birth_date: Day, window: Window) -> Day | None:
    """The day of the last FAMA session in the window, which is the client's own; None: nothing to return of them.

    [S] Facilitated access to mutual aid is what the worker did, so a session counts whether or not the client went.
    Family and friends, who was under 18 at the review, and who is here for neither alcohol nor drugs are not in the
    return. However many pathways somebody has, it is one fact.
    """
    if under_18(birth_date, window.last):
        return None
    days = [
        day
        for pathway in pathways
        if pathway.for_ == "self" and _TREATED.intersection(pathway.for_what)
        for session in pathway.sessions
        if (day := local_day(session.held_at, pathway.time_zone)) in window
    ]
    return max(days, default=None)
