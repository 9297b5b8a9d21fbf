"""The shape that the data of every contract event has in common."""

from hashlib import sha1
from typing import Annotated
from uuid import NAMESPACE_URL, UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError


def _no_number(value: object) -> object:
    """Pydantic takes a number, also one in quotes, for seconds since 1970. (Its strict mode refuses text in bodies.)"""
    if isinstance(value, int | float) or (isinstance(value, str) and ":" not in value):
        raise PydanticCustomError("not_a_time", "A time is text with a zone, for example 2026-11-22T19:00:00Z.")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_no_number)]
"""A moment: RFC 3339 with a zone. A local time without one could be an hour out twice a year."""


class Contract(BaseModel):
    """`data` of one event type: written strictly, read with what is unknown ignored.

    Within a major version only optional fields come and go (4-events).
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )


def name_based_id(kind: str, name: str) -> UUID:
    """UUIDv5 of `https://famalink.example/<kind>/<name>` in the URL namespace: the one rule for all our derived ids."""
    digest = sha1(_NAMESPACE + f"{kind}/{name}".encode(), usedforsecurity=False).digest()
    # As the standard library's uuid5, in half its time: every attendance event has one.
    return UUID(int=int.from_bytes(digest[:16]) & _KEPT | _VERSION_5)


_NAMESPACE = NAMESPACE_URL.bytes + b"https://famalink.example/"
_KEPT = ~(0xF << 76 | 0x3 << 62)
_VERSION_5 = 0x5 << 76 | 0x2 << 62
