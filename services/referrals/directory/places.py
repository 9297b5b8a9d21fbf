"""Which meetings are near a place, of a hundred thousand. Pure; kilometres as the crow flies."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import asin, cos, degrees, radians, sin, sqrt

from services.referrals.directory.wanted import Near

EARTH_KM = 6371.0


def distance(near: Near, latitude: float, longitude: float) -> float:
    here, there = radians(near.latitude), radians(latitude)
    across = radians(longitude - near.longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(half, 1.0)))


class Places:
    """From south to north: only a belt around the place is looked at, by a product instead of an arcsine."""

    def __init__(self, places: Iterable[tuple[float, float, int]]) -> None:
        """Latitude and longitude in degrees, and the position of what is there."""
        ordered = sorted(places)
        self._latitudes = array("d", [latitude for latitude, _, _ in ordered])
        self._positions = array("L", [position for _, _, position in ordered])
        directions = [_direction(latitude, longitude) for latitude, longitude, _ in ordered]
        self._axes = [array("d", [direction[axis] for direction in directions]) for axis in range(3)]

    def within(self, near: Near) -> Sequence[int]:
        """Positions."""
        angle = near.within / EARTH_KM
        south = bisect_left(self._latitudes, near.latitude - degrees(angle) - 1e-6)
        north = bisect_right(self._latitudes, near.latitude + degrees(angle) + 1e-6)
        x, y, z = _direction(near.latitude, near.longitude)
        least = cos(angle)
        belt = zip(self._positions[south:north], *(axis[south:north] for axis in self._axes), strict=True)
        return [position for position, a, b, c in belt if a * x + b * y + c * z >= least]


def _direction(latitude: float, longitude: float) -> tuple[float, float, float]:
    """From the middle of the earth, one long."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)
