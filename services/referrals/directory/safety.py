"""A concern about a meeting, and what follows from it (3-fama, *Safety, dignity, privacy*). Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

PassedTo = Literal["team-lead", "safeguarding-lead", "the-group", "its-organisation", "local-authority", "police"]


@dataclass(frozen=True, slots=True)
class Concern:
    """To whom it was passed, and when: no story is kept."""

    concern_id: UUID
    passed_to: PassedTo
    passed_on: date
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """A meeting that a provider does not suggest."""

    meeting_id: UUID
    paused_by: str
    paused_at: datetime
