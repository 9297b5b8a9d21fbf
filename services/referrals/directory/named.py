"""What somebody remembers of a meeting where they were."""

from dataclasses import dataclass
from datetime import date

from shared.meetings import Audience


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty `name` (of the meeting or its place) and `organisation` (a code): any. `for_`: whom it has to be for."""

    on: date
    for_: Audience
    name: str = ""
    organisation: str = ""
