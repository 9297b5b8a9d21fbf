"""Break glass: somebody of another team needs to see one client now. For hours, with a reason, in full view."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referrals.domain.answers import Refusal
from services.referrals.domain.rules import rule

LASTS = timedelta(hours=4)
_SHORTEST = 10


@dataclass(frozen=True, slots=True)
class Access:
    """`sub`: who broke the glass. `reason`: in their own words, for team lead and keyworker to read."""

    access_id: UUID
    client_id: UUID
    sub: str
    reason: str
    since: datetime
    until: datetime


@rule(
    "Who breaks the glass says why.",
    source="O",
    effect="refuses",
    because="privacy",
    codes=("reason-missing", "kept-apart"),
)
def break_glass(access: Access, *, kept_apart: bool) -> Access | Refusal:
    """[O] A reason is asked for only here and when a safety notice is overridden. Never for who is kept apart."""
    if kept_apart:
        return Refusal("kept-apart", "This record is not open to you: ask your team lead.", "clientId")
    if len("".join(access.reason.split())) < _SHORTEST:
        return Refusal("reason-missing", "Say in a few words why you need to see this client now.", "reason")
    return access
