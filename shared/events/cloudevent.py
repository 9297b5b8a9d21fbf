"""A CloudEvents 1.0 event as it travels: attributes as text and data as bytes, whatever mode it came in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from shared.problems import Problem, Refused, refused

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
LARGEST = 64 * 1024
"""An event, attributes and data together, in bytes (4-events)."""
_NAME = re.compile(r"(ce[_-])?[a-z0-9]{1,32}|content-type")
_REQUIRED = ("id", "source", "type")
_TEXTS = ("id", "source", "type", "subject", "time", "dataschema", "datacontenttype")
_JSON = re.compile(r"[a-z]+/([a-z0-9.\-]+\+)?json\s*(;.*)?", re.ASCII | re.IGNORECASE)


class CloudEvent(NamedTuple):
    """Attributes are checked for version, presence and size; what they mean is the reader's business."""

    attributes: Mapping[str, str]
    data: bytes


def from_binary(headers: Sequence[tuple[str, bytes | None]], value: bytes, *, prefix: str = "ce_") -> CloudEvent:
    """Kafka's binary mode (`ce_*`) and HTTP's (`ce-*`): attributes in headers (UTF-8), data as it is."""
    attributes: dict[str, str] = {}
    cut, found = len(prefix), 0
    try:
        for name, raw in headers:
            if name[:cut] == prefix:
                attributes[name[cut:]] = raw.decode()  # type: ignore[union-attr] # None ends below
                found += 1
            elif name == "content-type":
                attributes["datacontenttype"] = raw.decode()  # type: ignore[union-attr]
                found += 1
    except (UnicodeDecodeError, AttributeError):
        raise _unreadable(headers, prefix) from None
    if len(attributes) != found:
        raise refused(_twice(headers, prefix), "twice", "An attribute is given once.")
    return _checked(attributes, value, spelt=prefix)


def from_structured(document: bytes) -> CloudEvent:
    """One JSON object that holds attributes and data."""
    return from_object(parse_json(document, "body"))


def from_object(document: object) -> CloudEvent:
    """The same, parsed already: an element of a batch."""
    if not isinstance(document, dict):
        raise refused("event", "not-an-object", "An event is an object with specversion, id, source, type and data.")
    if "data_base64" in document:
        raise refused("data_base64", "not-supported", "Send the data as JSON in `data`.")
    attributes = {
        name: _attribute(name, value) for name, value in document.items() if name != "data" and value is not None
    }
    if not _JSON.fullmatch(attributes.get("datacontenttype", "application/json")):
        raise refused("datacontenttype", "not-json", "`data` is JSON here: application/json, or nothing.")
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
    if not (attributes.get("id") and attributes.get("source") and attributes.get("type")):
        missing = [name for name in _REQUIRED if not attributes.get(name)]
        raise Refused(
            *(Problem(f"{spelt}{name}", "missing", f"`{name}` is required and may not be empty.") for name in missing)
        )
    if len(data) + sum(map(len, attributes.values())) > LARGEST:
        raise refused("event", "too-large", "An event may have 64 KiB at most.")
    return CloudEvent(attributes, data)


def _unreadable(headers: Sequence[tuple[str, bytes | None]], prefix: str) -> Refused:
    """With every header that has no value (Kafka allows it) or is not UTF-8."""
    problems = []
    for name, raw in headers:
        if name.startswith(prefix) or name == "content-type":
            if raw is None:
                problems.append(Problem(_said(name), "null-header", "A header needs a value."))
            elif raw.decode(errors="replace").encode() != raw:
                problems.append(Problem(_said(name), "not-utf-8", "A header's bytes must be UTF-8."))
    return Refused(*problems)


def _twice(headers: Sequence[tuple[str, bytes | None]], prefix: str) -> str:
    names = [name for name, _ in headers if name.startswith(prefix) or name == "content-type"]
    return _said(next(name for name in names if names.count(name) > 1 or name == f"{prefix}datacontenttype"))


def _attribute(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int) and name not in _TEXTS:
        return str(value).lower()
    raise refused(_said(name), "wrong-type", "An attribute is a string; extensions also whole numbers or booleans.")


def _said(name: str) -> str:
    """A stranger's name for an attribute or header goes into answers, tables and topics only if it is one."""
    return name if _NAME.fullmatch(name) else "attributes"
