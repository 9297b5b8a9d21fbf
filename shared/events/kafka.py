"""The Kafka binding: binary mode out, both modes in (CloudEvents Kafka protocol binding 1.0.2, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.events.catalogue import COMPACTED
from shared.events.cloudevent import STRUCTURED, CloudEvent, from_binary, from_structured
from shared.events.contract import Contract
from shared.events.envelope import Event, attributes_of, data_of
from shared.problems import refused

JSON = "application/json"
Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Record:
    """What is written to Kafka. `topic` without the deployment's prefix; a tombstone has no value."""

    topic: str
    key: str
    headers: Headers
    value: bytes | None


def to_record(event: Event[Contract]) -> Record:
    headers = [(f"ce_{name}", value.encode()) for name, value in attributes_of(event).items()]
    return Record(event.type.topic, event.key, [*headers, ("content-type", JSON.encode())], data_of(event))


def from_record(topic: str, headers: Headers, value: bytes | None) -> CloudEvent | None:
    """None for a tombstone, legal on compacted topics only. Anything else unreadable is `Refused`."""
    if value is None:
        if topic in COMPACTED:
            return None
        raise refused("value", "null-value", "A record without a value is legal on a compacted topic only.")
    content_type = dict(headers).get("content-type", b"").split(b";")[0].strip().lower()
    if content_type == STRUCTURED.encode():
        return from_structured(value)
    if content_type not in (JSON.encode(), b""):
        raise refused("content-type", "not-supported", f"Send {JSON} with ce_ headers, or {STRUCTURED}.")
    return from_binary(headers, value)
