"""A pathway was opened, ended, opened again or handed over."""

from dataclasses import dataclass
from datetime import date as Day

from services.referrals.domain.events import Event
from services.referrals.domain.ids import ClientId, MeetingId, ReferralId
from services.referrals.domain.session_parts import DidNotFit, Experience
from services.referrals.domain.vocabulary import EndingKind, For, ForWhat


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralOpened(Event):
    """`earlier`: the client's earlier pathways of the same `for`.

    `carried_over`, `fitted_before`, `did_not_fit_before`: what those knew.
    """

    referral_id: ReferralId
    client_id: ClientId
    provider: str
    team: str
    for_: For
    for_what: tuple[ForWhat, ...]
    time_zone: str
    opened_on: Day
    carried_over: tuple[Experience, ...] = ()
    earlier: tuple[ReferralId, ...] = ()
    fitted_before: tuple[MeetingId, ...] = ()
    did_not_fit_before: tuple[DidNotFit, ...] = ()
    keyworker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEnded(Event):
    kind: EndingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReopened(Event):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Event):
    """`keyworker`: none until the new team has one for this client."""

    keyworker: str | None
    team: str
    keyworker_before: str | None
    team_before: str
