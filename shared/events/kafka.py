"""The Kafka binding: binary mode out, both modes in (CloudEvents Kafka protocol binding 1.0.2, section 3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from shared.events.catalogue import CATALOGUE, COMPACTED, EventType
from shared.events.cloudevent import STRUCTURED, CloudEvent, from_binary, from_structured
from shared.events.contract import Contract
from shared.events.envelope import Event, Written, data_of
from shared.problems import refused

JSON = "application/json"
_JSON, _STRUCTURED = JSON.encode(), STRUCTURED.encode()
Headers = Sequence[tuple[str, bytes | None]]
HeaderValue = str | UUID | datetime
_PERSONAL = {
    "ce_dataclassification": "restricted",
    "ce_dataregulation": "GDPR",
    "ce_datacategory": "special-category",
}
_OPTIONAL = ("provider", "team", "sequence", "traceparent", "correlationid", "causationid")
_OPTIONAL_HEADERS = [f"ce_{name}" for name in _OPTIONAL]
_optional_of = attrgetter(*_OPTIONAL)


class Record(NamedTuple):
    """What is written to Kafka. `topic` without the deployment's prefix; a tombstone has no value."""

    topic: str
    key: str
    headers: Headers
    value: bytes | None


def _always(event_type: EventType) -> list[tuple[str, bytes]]:
    headers = {"ce_specversion": "1.0", "ce_dataschema": event_type.schema, "content-type": JSON}
    return [(name, text.encode()) for name, text in (headers | (_PERSONAL if event_type.personal else {})).items()]


_ALWAYS = {name: _always(event_type) for name, event_type in CATALOGUE.items()}
"""What follows from an event's type."""


def own_headers(event: Event[Contract | Written]) -> dict[str, HeaderValue]:
    """Those that do not follow from its type, which is one of them: the outbox keeps these.

    JSON spells ids and times as they travel, at a tenth of what Python takes for it.
    """
    headers: dict[str, HeaderValue] = {
        "ce_type": event.type.name,
        "ce_id": event.id,
        "ce_source": event.source,
        "ce_time": event.time,
        "ce_recordedtime": event.recorded,
        "ce_partitionkey": event.key,
    }
    if event.subject is not None:
        headers["ce_subject"] = event.subject
    for name, value in zip(_OPTIONAL_HEADERS, _optional_of(event), strict=True):
        if value is not None:
            headers[name] = value
    return headers


def whole_headers(own: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """All that travel. None for a tombstone, which has none of its own."""
    return [*_ALWAYS.get(own.get("ce_type", ""), ()), *((name, text.encode()) for name, text in own.items())]


def to_record(event: Event[Contract | Written]) -> Record:
    headers = whole_headers({name: _text(value) for name, value in own_headers(event).items()})
    return Record(event.type.topic, event.key, headers, data_of(event))


def _text(value: HeaderValue) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def from_record(topic: str, headers: Headers, value: bytes | None) -> CloudEvent | None:
    """None for a tombstone, legal on compacted topics only. Anything else unreadable is `Refused`."""
    if value is None:
        if topic in COMPACTED:
            return None
        raise refused("value", "null-value", "A record without a value is legal on a compacted topic only.")
    content_type = _content_type(headers)
    if content_type in (_JSON, b""):
        return from_binary(headers, value)
    if content_type == _STRUCTURED:
        return from_structured(value)
    raise refused("content-type", "not-supported", f"Send {JSON} with ce_ headers, or {STRUCTURED}.")


def _content_type(headers: Headers) -> bytes:
    for name, raw in headers:
        if name == "content-type":
            return raw if raw == _JSON else (raw or b"").partition(b";")[0].strip().lower()
    return b""
