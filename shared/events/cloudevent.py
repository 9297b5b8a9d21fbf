"""A CloudEvents 1.0 event as it travels: attributes as text and data as bytes, whatever mode it came in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from shared.problems import Problem, Refused, refused

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
LARGEST = 64 * 1024
"""An event, attributes and data together, in bytes (4-events)."""
_REQUIRED = ("id", "source", "type")


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """Attributes are checked for version, presence and size; what they mean is the reader's business."""

    attributes: Mapping[str, str]
    data: bytes


def from_binary(headers: Iterable[tuple[str, bytes]], value: bytes, *, prefix: str = "ce_") -> CloudEvent:
    """Kafka's binary mode (`ce_*`) and HTTP's (`ce-*`): attributes in headers (UTF-8), data as it is."""
    attributes: dict[str, str] = {}
    for name, raw in headers:
        if name.startswith(prefix):
            attributes[name[len(prefix) :]] = _text(name, raw)
        elif name == "content-type":
            attributes["datacontenttype"] = _text(name, raw)
    return _checked(attributes, value, spelt=prefix)


def from_structured(document: bytes) -> CloudEvent:
    """One JSON object that holds attributes and data."""
    return from_object(parse_json(document, "body"))


def from_object(document: object) -> CloudEvent:
    """The same, parsed already: an element of a batch."""
    if not isinstance(document, dict):
        raise refused("", "not-an-object", "An event is a JSON object with specversion, id, source, type and data.")
    if "data_base64" in document:
        raise refused("data_base64", "not-supported", "Send the data as JSON in `data`.")
    attributes = {
        name: _attribute(name, value) for name, value in document.items() if name != "data" and value is not None
    }
    return _checked(attributes, orjson.dumps(document.get("data")), spelt="")


def parse_json(document: bytes, field: str) -> Any:  # noqa: ANN401  # JSON is any shape until it is checked
    """JSON, or a refusal that says where it broke (line and column; never the text itself)."""
    try:
        return orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise refused(field, "not-json", f"Not JSON: it breaks at line {error.lineno}, column {error.colno}.") from None


def _checked(attributes: Mapping[str, str], data: bytes, spelt: str) -> CloudEvent:
    version = attributes.get("specversion")
    if version is None:
        raise refused(f"{spelt}specversion", "missing", "Every event names its CloudEvents version: 1.0.")
    if version != "1.0":
        raise refused(f"{spelt}specversion", "wrong-version", "Only CloudEvents 1.0 is understood.")
    missing = [name for name in _REQUIRED if not attributes.get(name)]
    if missing:
        raise Refused(
            *(Problem(f"{spelt}{name}", "missing", f"`{name}` is required and may not be empty.") for name in missing)
        )
    if len(data) + sum(map(len, attributes.values())) > LARGEST:
        raise refused("", "too-large", "An event may have 64 KiB at most.")
    return CloudEvent(attributes, data)


def _text(name: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise refused(name, "not-utf-8", "A header's bytes must be UTF-8.") from None


def _attribute(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int):
        return str(value).lower()
    raise refused(name, "wrong-type", "An attribute is a string, a whole number or a boolean.")
