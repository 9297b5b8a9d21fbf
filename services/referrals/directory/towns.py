"""A place said by its name, as the addresses of meetings spell it. Pure."""

import re
from collections.abc import Sequence
from statistics import median

from services.referrals.directory.places import distance
from services.referrals.directory.wanted import Near

LONGEST_NAME = 60
_NAME = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*\.?")
_ONE_PLACE = 30.0
"""Kilometres from its middle: a large town is not wider."""
_MOST = 0.8
"""Of a name's meetings, so many lie together, or it is the name of several places."""


def is_name(text: str) -> bool:
    """Words such as `Leeds`, `St Ives` or `Stoke-on-Trent`."""
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def middle(points: Sequence[tuple[float, float]], within: float) -> Near | None:
    """Of meetings whose address has the name, in degrees. None: they lie apart, so which place is meant is not known.

    [O] Somebody is never sent to the other Newport.
    """
    here = Near(median(latitude for latitude, _ in points), median(longitude for _, longitude in points), within)
    together = sum(distance(here, *point) <= _ONE_PLACE for point in points)
    return here if together >= _MOST * len(points) else None
