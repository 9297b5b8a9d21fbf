"""A session was held, or corrected."""

from dataclasses import dataclass

from services.referrals.domain.answers import Caution
from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHeld(Event):
    """`at` is the session's `held_at`."""

    session: Session
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCorrected(Event):
    """The whole session as it should have been written down; `at` is when it was corrected."""

    session: Session
    cautions: tuple[Caution, ...] = ()
