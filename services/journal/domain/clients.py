"""Who a client is to journal, and whose word about them may be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.journal.domain.words import ReportedBy


@dataclass(slots=True)  # not frozen: see Report
class Client:
    """`emitters` are the sources that the client agreed to; `card` is the SHA-256 of their attendance card's code."""

    client: UUID
    provider: str
    team: str | None
    erased: bool
    card: bytes | None = None
    peers: bool = False
    emitters: Sequence[str] = ()

    def agreed_to(self, source: str, reported_by: ReportedBy) -> bool:
        """The client's and the keyworker's word need no consent of their own; peers and each emitter do (4-events)."""
        if reported_by == "peer":
            return self.peers
        return reported_by != "emitter" or source in self.emitters
