"""Whom a message is for, as far as planning needs to know; who they are and where they live is sealed elsewhere."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

State = Literal["expected", "active", "erased"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """`expected`: events came before anybody said who this is. `channels`: how they can be reached at present.

    `reads_text`: false, and what we could send would be of no use to them, or read to them by somebody else.
    """

    client: UUID
    provider: str
    team: str | None
    state: State = "expected"
    known_zone: str | None = None
    chosen_zone: str | None = None
    purposes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    reads_text: bool = True

    @property
    def time_zone(self) -> str:
        """What the client chose, else what referrals knows."""
        return self.chosen_zone or self.known_zone or "UTC"
