"""A place as a caller says it: `near=53.95,-4.2&within=10`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from services.referrals.directory.postcodes import is_postcode
from services.referrals.directory.towns import is_name
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


def _said_in_a_body(text: str) -> str:
    said = " ".join(text.replace("\u2019", "'").split())
    if is_postcode(said) or is_name(said):
        return said
    try:
        return _place(said.replace(" ", ""))
    except ValueError:
        raise ValueError(
            "Say a postcode such as LS1 4AP, a town, or latitude and longitude such as 53.95,-4.2."
        ) from None


def _degrees(place: str) -> tuple[float, float]:
    latitude, longitude = place.split(",")
    return float(latitude), float(longitude)


Place = Annotated[str, AfterValidator(_place)]
PlaceInBody = Annotated[str, AfterValidator(_said_in_a_body)]
Within = Annotated[float, Field(gt=0, le=500)]
"""Kilometres."""
