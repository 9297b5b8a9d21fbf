"""The keyworker has looked at something."""

from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.vocabulary import FlagCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeFlag:
    """The keyworker has looked at it."""

    code: FlagCode
    about: str | None
    at: datetime
