"""A pathway is opened, ended, opened again or handed over, because somebody asks for it."""

from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.ids import ClientId, ReferralId
from services.referrals.domain.vocabulary import EndingKind, For, ForWhat


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReferral:
    """`keyworker`: the `sub` of who opens it."""

    referral_id: ReferralId
    client_id: ClientId
    provider: str
    team: str
    for_: For
    for_what: tuple[ForWhat, ...]
    time_zone: str
    opened_at: datetime
    recorded_at: datetime
    keyworker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPathway:
    kind: EndingKind
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenPathway:
    """`another_is_open`: the client has an open pathway of the same `for` at this provider.

    `in_care_of`: the team that the client is with now.
    """

    at: datetime
    recorded_at: datetime
    another_is_open: bool = False
    in_care_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """`to`: the `sub` of who is the keyworker from now on; none: the team sees to it. `team` is theirs.

    `kept_apart`: the client and they are.
    """

    to: str | None
    team: str
    at: datetime
    recorded_at: datetime
    kept_apart: bool = False
