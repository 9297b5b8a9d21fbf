"""What happened on a pathway, in the past tense. Kept for ever: change one only with a version and an upcast.

Own words (`words`, `perceptions`) are in here, so events are encrypted at rest and never leave the house as they are.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`at`: when it happened, in UTC. `commanded`: the first of what a person commanded (the ETag counts these)."""

    at: datetime
    commanded: bool = False
