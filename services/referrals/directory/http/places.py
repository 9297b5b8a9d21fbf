"""A place as a caller says it: `near=53.95,-4.2&within=10`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from services.referrals.directory.postcodes import is_postcode
from services.referrals.directory.wanted import Near

_PLACE = re.compile(r"-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?", re.ASCII)


def near(place: str, within: float) -> Near:
    return Near(*_degrees(place), within)


def _place(text: str) -> str:
    if not _PLACE.fullmatch(text) or any(
        abs(said) > most for said, most in zip(_degrees(text), (90, 180), strict=True)
    ):
        raise ValueError("a place is latitude,longitude in degrees: 53.95,-4.2")
    return text


def is_degrees(place: str) -> bool:
    return "," in place


def _place_or_postcode(text: str) -> str:
    return text if is_postcode(text) else _place(text)


def _degrees(place: str) -> tuple[float, float]:
    latitude, longitude = place.split(",")
    return float(latitude), float(longitude)


Place = Annotated[str, AfterValidator(_place)]
PlaceOrPostcode = Annotated[str, AfterValidator(_place_or_postcode)]
Within = Annotated[float, Field(gt=0, le=500)]
"""Kilometres."""
