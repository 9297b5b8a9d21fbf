"""What may be said of attendance, and on whose word: the codes and their rank."""

from typing import Literal

Outcome = Literal["attended", "not-attended", "not-known"]
ReportedBy = Literal["client", "keyworker", "peer", "emitter"]

RANK: dict[ReportedBy, int] = {"client": 3, "keyworker": 2, "peer": 1, "emitter": 0}
"""The client's own word about themselves first, then keyworker-confirmed, peer supporter, emitter (3-fama)."""


def as_reported_by(text: str | None) -> ReportedBy | None:
    """The code, if it is one."""
    return next((code for code in RANK if code == text), None)
