"""Something to look at came up, or was looked at."""

from dataclasses import dataclass

from services.referrals.domain.events import Event
from services.referrals.domain.vocabulary import FlagCode, MeetingChange


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRaised(Event):
    code: FlagCode
    about: str | None = None
    what: tuple[MeetingChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagLowered(Event):
    code: FlagCode
    about: str | None = None
