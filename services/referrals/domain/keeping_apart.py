"""Keep apart: a mark between two people (a couple, former partners, staff in recovery). Nobody writes down why.

It stops the same meeting, or the other person as company, from being suggested (3-fama, *Safety*).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.meeting_changes import is_ahead
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc

LOOKS_BACK = timedelta(days=28)
OtherKind = Literal["client", "peer", "staff"]


@dataclass(frozen=True, slots=True)
class Other:
    """The other of two who are kept apart: a client's pseudonym, a peer supporter's id, or the `sub` of staff."""

    kind: OtherKind
    id: str


@dataclass(frozen=True, slots=True)
class Avoided:
    """What is not suggested to a client: never said to them or to anybody but keyworkers, nor whose it is.

    `meetings`: where those kept apart from them go. `people`: clients and peer supporters.
    """

    meetings: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()


@rule("Nobody is kept apart from themselves.", source="sense", effect="refuses", codes=("same-person",))
def keep_apart(client_id: UUID, other: Other) -> Refusal | None:
    """None: they can be. Whoever the other is, and also twice, it is one mark between the two."""
    if other == Other("client", str(client_id)):
        return Refusal("same-person", "These are one and the same person.", "other")
    return None


@rule(
    "A member of staff who is kept apart from a client sees nothing of theirs, whatever the team.",
    source="O",
    effect="refuses",
    because="safety",
)
def who_may_see(*, in_care: bool, kept_apart: bool) -> bool:
    """[O] `in_care`: of the client's team, a team lead, or somebody who has broken the glass."""
    return in_care and not kept_apart


@rule(
    "Where somebody goes is not suggested to who is kept apart from them.",
    source="O",
    effect="suggests",
    because="safety",
)
def goes_to(pathways: Iterable[Pathway], now: datetime) -> frozenset[UUID]:
    """Meetings that somebody plans to go to, or has gone to in the last 28 days and may go to again."""
    since = in_utc(now) - LOOKS_BACK
    theirs = list(pathways)
    planned = {made.meeting_id for each in theirs for made in each.commitments if is_ahead(made, now)}
    gone = {
        seen.meeting_id
        for each in theirs
        for seen in each.attendance
        if seen.outcome == "attended" and seen.start >= since
    }
    return frozenset(planned | gone)


def goes_along_to(pathways: Iterable[Pathway], peers: Collection[UUID], now: datetime) -> frozenset[UUID]:
    """Meetings to which one of these peer supporters has agreed to go along with somebody."""
    return frozenset(
        made.meeting_id
        for each in pathways
        for company in each.company
        if company.peer_id in peers and company.state == "agreed"
        if (made := each.commitment(company.commitment_id)) and is_ahead(made, now)
    )
