"""`POST /events` for `/openapi.json`: what may be sent in which mode, and what is answered."""

from typing import Any

from shared.events.cloudevent import BATCH, STRUCTURED
from shared.events.journal import AttendanceReported

_DATA = AttendanceReported.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
_EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["specversion", "id", "source", "type", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "maxLength": 128, "description": "Unique per source, for ever."},
        "source": {"type": "string", "format": "uri-reference", "description": "The one that the system registered."},
        "type": {"const": "uk.famalink.journal.attendance.reported.v1"},
        "data": _DATA,
    },
}
_RESULT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "accepted": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "index": {"type": "integer"},
                    "id": {"type": "string"},
                    "eventId": {"type": "string", "format": "uuid"},
                },
            },
        },
        "rejected": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "index": {"type": "integer"},
                    "id": {"type": ["string", "null"]},
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "reason": {"type": "string"},
                },
            },
        },
    },
}
_PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
_REFUSALS = {
    "400": "Malformed: `errors` names each field, a code and a reason.",
    "401": "No token, or none that we can believe.",
    "403": "Without the scope `attendance.write`, of another source, or above what the system is registered for.",
    "409": "The same id was sent before with other data.",
    "413": "An event has 64 KiB at most, a batch 10,000 events and 16 MiB.",
    "415": "Neither of the three modes.",
    "422": "`unknown-client`, `unknown-card`, `unknown-meeting`, `no-such-occurrence`, `source-not-consented`, "
    "`unknown-correction`, `corrects-another-occurrence`. `Retry-After: 2`, as it may still be on its way.",
}
DESCRIBED: dict[str, Any] = {
    "security": [{"HTTPBearer": []}],
    "requestBody": {
        "required": True,
        "content": {
            STRUCTURED: {"schema": _EVENT},
            BATCH: {"schema": {"type": "array", "maxItems": 10_000, "items": _EVENT}},
            "application/json": {"schema": _DATA},
        },
    },
    "responses": {
        "202": {"description": "Taken, now or before.", "content": {"application/json": {"schema": _RESULT}}},
        **{status: {"description": text, **_PROBLEM} for status, text in _REFUSALS.items()},
    },
}
