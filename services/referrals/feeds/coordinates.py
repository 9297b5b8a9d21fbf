"""Where a meeting is on the map."""

import math
from datetime import datetime

from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line, raw, shown
from shared.meetings.zones import zone

# Degrees of longitude from the middle of a time zone: too far even for China, which keeps one time over 62 of them,
# and near enough to be meant. What is between the two says nothing: it may be the zone that is wrong.
_FAR, _NEAR = 45, 25
_SOME_WINTER = datetime(2026, 1, 1)  # noqa: DTZ001 - local, whatever the zone


def coordinates(line: Line, latitude: str, longitude: str, time_zone: str) -> tuple[float, float] | tuple[None, None]:
    """Degrees; both or none. 0, 0 lies in the sea off Ghana and means that nobody looked.

    Swapped they are degrees all the same (Leeds would lie off Somalia): Unreadable when they fit `time_zone` only so.
    """
    north, east = _degrees(line, latitude, 90), _degrees(line, longitude, 180)
    if north is None or east is None or (north, east) == (0, 0):
        return None, None
    if abs(east) <= 90 and _from_the_middle(time_zone, east) > _FAR and _from_the_middle(time_zone, north) < _NEAR:
        raise Unreadable(latitude, f"{north}, and {longitude} {east}, look swapped: so they are far from {time_zone}")
    return north, east


def _from_the_middle(time_zone: str, longitude: float) -> float:
    offset = zone(time_zone).utcoffset(_SOME_WINTER)
    middle = offset.total_seconds() / 240 if offset else 0  # the sun takes 240 seconds for a degree
    return abs((longitude - middle + 180) % 360 - 180)


def _degrees(line: Line, field: str, most: int) -> float | None:
    value = raw(line, field)
    if not value:
        return None
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not abs(degrees) <= most:
        raise Unreadable(field, f"{shown(value)} is not degrees from -{most} to {most}")
    return round(degrees, 7)
