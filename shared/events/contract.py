"""The shape that the data of every contract event has in common."""

from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, Strict
from pydantic.alias_generators import to_camel

Instant = Annotated[AwareDatetime, Strict()]
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
    return uuid5(NAMESPACE_URL, f"https://famalink.example/{kind}/{name}")
