"""JSON Schemas and samples of the contract, made from the catalogue. Written with `python -m shared.events.published`.

Schemas follow the catalogue. Samples are kept for ever: one that is there is never written again, so that a change that
could not read what was said before fails its test.
"""

import sys
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import orjson

from shared.events.catalogue import CATALOGUE, EventType
from shared.events.contract import Contract, name_based_id
from shared.events.envelope import Event
from shared.events.kafka import to_record

SCHEMAS = Path(__file__).parent / "schemas"
SAMPLES = Path(__file__).parent / "samples"
_CLIENT = name_based_id("sample", "client")
_WHEN = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
_WORDS = {
    "time_zone": "Europe/London",
    "card_sha256": "0" * 64,
    "kind": "attend-meeting",
    "source": "https://emitter.example/check-in",
    "provider": "X99",
    "organisation": "smart-recovery",
    "online_link": "https://meet.example.org/one",
    "feed": "uk-demo",
    "topic": "fama.attendance",
    "reported_by": "emitter",
}


def schema_of(kind: EventType) -> dict[str, Any]:
    """JSON Schema 2020-12 of a type's `data`, for who reads it: unknown fields are to be ignored."""
    schema = kind.data.model_json_schema()
    schema.pop("additionalProperties", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": kind.schema, **schema}


def sample_of(kind: EventType) -> dict[str, Any]:
    """A structured CloudEvent with every field of its data filled in."""
    of_ours = kind.personal and kind.said_by is not None
    event: Event[Contract] = Event(
        type=kind,
        data=_data(kind),
        id=name_based_id("sample", kind.name),
        source=f"/famalink/{kind.said_by}" if kind.said_by else _WORDS["source"],
        time=_WHEN,
        recorded=_WHEN,
        key=str(_CLIENT if kind.personal else name_based_id("sample", "meeting_id")),
        subject=_CLIENT if kind.personal else None,
        provider="X99" if of_ours else None,
        team="north" if of_ours else None,
        sequence="0000000003" if of_ours else None,
    )
    return structured(event)


def structured(event: Event[Contract]) -> dict[str, Any]:
    """The event as one JSON object (CloudEvents JSON event format)."""
    record = to_record(event)
    attributes = {name.removeprefix("ce_"): value.decode() for name, value in record.headers if value is not None}
    attributes["datacontenttype"] = attributes.pop("content-type")
    return {**attributes, "data": orjson.loads(record.value or b"null")}


def _data(kind: EventType) -> Contract:
    schema = kind.data.model_json_schema(by_alias=False)
    wanted = dict(schema["properties"])
    if "card_code" in wanted:  # a report names the client or the card, the meeting or its description
        wanted = {n: p for n, p in wanted.items() if n not in {"card_code", "organisation", "place", "corrects"}}
    filled = {name: _value(name, part, schema.get("$defs", {})) for name, part in wanted.items()}
    return kind.data.model_validate(filled, by_name=True)


def _value(name: str, part: dict[str, Any], parts: dict[str, Any]) -> Any:  # noqa: ANN401  # any JSON value
    if "$ref" in part:
        named = parts[part["$ref"].rpartition("/")[2]]
        return {field: _value(field, inner, parts) for field, inner in named["properties"].items()}
    if "anyOf" in part:
        return _value(name, part["anyOf"][0], parts)
    if "enum" in part:
        return _WORDS[name] if _WORDS.get(name) in part["enum"] else part["enum"][0]
    if part["type"] == "array":
        return [_value(name, part["items"], parts)]
    return _scalar(name, part)


def _scalar(name: str, part: dict[str, Any]) -> Any:  # noqa: ANN401
    by_format: dict[str, Any] = {
        "uuid": name_based_id("sample", name),
        "date-time": _WHEN,
        "date": date(2026, 11, 22),
        "time": time(19, 0),
    }
    by_type = {"boolean": False, "integer": 3, "number": 51.5}
    return by_format.get(part.get("format", "")) or by_type.get(part["type"], _WORDS.get(name, name.replace("_", "-")))


def write() -> None:
    for kind in CATALOGUE.values():
        _write(SCHEMAS / f"{kind.name}.json", schema_of(kind))
        sample = SAMPLES / f"{kind.name}.json"
        if not sample.exists():
            _write(sample, sample_of(kind))


def _write(path: Path, document: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    write()
