"""What a client's pathways say of meetings and organisations: where they went, and what did not fit. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.referrals.domain.experience import experience_shown
from services.referrals.domain.pathway import Attendance, Pathway
from services.referrals.domain.safety import lives_with_both
from services.referrals.domain.session_parts import DidNotFit
from services.referrals.domain.vocabulary import DidNotFitReason

_KNOWN_WELL = ("regular", "years-then-relapse")
_KEPT_FROM: frozenset[DidNotFitReason] = frozenset({"conflict", "privacy-broken", "pressured"})
"""[O], for safety: a meeting of which this was said is not suggested again."""
_TWICE = 2
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class NotFitting:
    """`on`: when it was last said."""

    on: date
    reasons: tuple[DidNotFitReason, ...]

    @property
    def kept_from(self) -> bool:
        return not _KEPT_FROM.isdisjoint(self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Of all the client's pathways of one `for`: a new one carries over what fitted and what did not [O].

    `organisations`: that did not fit as such, or of which two meetings did not.
    """

    meetings: dict[UUID, NotFitting]
    organisations: dict[str, NotFitting]
    went: dict[UUID, date]
    known_well: frozenset[str]
    preferred: str | None
    co_occurring: bool


def remembered(pathways: Sequence[Pathway]) -> Remembered:
    said = sorted(_not_fitting(pathways), key=lambda each: each[0])
    meetings: dict[UUID, NotFitting] = _latest((each.meeting_id, on, each) for on, each in said if each.meeting_id)
    sessions = sorted((s for pathway in pathways for s in pathway.sessions), key=lambda session: session.held_at)
    preferred = [session.preferred_organisation for session in sessions if session.preferred_organisation]
    went = {a.meeting_id: a.date for pathway in pathways for a in sorted(pathway.attendance, key=_on) if a.went}
    in_order = sorted(pathways, key=lambda pathway: pathway.opened_at)
    experience = {each.organisation: each for pathway in in_order for each in experience_shown(pathway)}
    return Remembered(
        meetings=meetings,
        organisations=_organisations(said),
        went={meeting: on for meeting, on in went.items() if meeting not in meetings},
        known_well=frozenset(each.organisation for each in experience.values() if each.level in _KNOWN_WELL),
        preferred=preferred[-1] if preferred else None,
        co_occurring=lives_with_both(sessions),
    )


def _not_fitting(pathways: Sequence[Pathway]) -> Iterable[tuple[date, DidNotFit]]:
    for pathway in pathways:
        for session in pathway.sessions:
            for each in session.did_not_fit:
                yield session.held_at.date(), each


def _organisations(said: Sequence[tuple[date, DidNotFit]]) -> dict[str, NotFitting]:
    as_such = _latest((each.organisation, on, each) for on, each in said if each.meeting_id is None)
    meetings = {(each.organisation, each.meeting_id) for _, each in said if each.meeting_id}
    several = [
        organisation
        for organisation in dict.fromkeys(organisation for organisation, _ in meetings)
        if sum(each == organisation for each, _ in meetings) >= _TWICE
    ]
    of_several = _latest((each.organisation, on, each) for on, each in said if each.organisation in several)
    return of_several | as_such


def _latest(said: Iterable[tuple[_Key, date, DidNotFit]]) -> dict[_Key, NotFitting]:
    """Of each the last day on which it was said, with all reasons so far."""
    found: dict[_Key, NotFitting] = {}
    for key, on, it in said:
        reasons = [*(found[key].reasons if key in found else ()), *it.reasons]
        found[key] = NotFitting(on, tuple(dict.fromkeys(reasons)))
    return found


def _on(attended: Attendance) -> date:
    return attended.date
