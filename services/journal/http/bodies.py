"""What a POST brought: read no further than its limit, and told apart by its mode (CloudEvents HTTP binding 1.0.2)."""

import re
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from shared.events.cloudevent import BATCH, LARGEST, STRUCTURED, CloudEvent, from_binary, from_structured, parse_json
from shared.problems import refused

LARGEST_BATCH = 16 * 1024 * 1024
"""Bytes. The application's body limits keep to it; one event's is smaller and is kept to here."""
MOST_EVENTS = 10_000
_ESCAPED = re.compile(rb"\\(.)")


def content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_event(request: Request) -> CloudEvent:
    """One event, structured or binary. `Refused` with `not-supported`, `too-large` or what is wrong with it."""
    if content_type(request) == STRUCTURED:
        return from_structured(await _event(request))
    if "ce-specversion" not in request.headers and content_type(request) != "application/json":
        raise refused("content-type", "foreign-content-type", f"Send {STRUCTURED}, {BATCH}, or ce- headers with JSON.")
    if content_type(request) != "application/json":
        raise refused("content-type", "foreign-content-type", "In binary mode the body is application/json.")
    return from_binary(_decoded_headers(request), await _event(request), prefix="ce-")


async def read_batch(request: Request) -> list[object]:
    """The array's elements, none of them looked at."""
    elements = parse_json(await request.body(), "body")
    if not isinstance(elements, list):
        raise refused("body", "not-an-array", "A batch is a JSON array of events.")
    if len(elements) > MOST_EVENTS:
        raise refused("body", "too-large", f"A batch has {MOST_EVENTS:,} events at most.")
    return elements


async def _event(request: Request) -> bytes:
    """Read no further than an event may go."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise refused("body", "too-large", f"An event has {LARGEST // 1024} KiB at most.")
    return bytes(body)


def _decoded_headers(request: Request) -> list[tuple[str, bytes]]:
    """An attribute's header is percent-encoded UTF-8, perhaps in quotes (section 3.1.3.2)."""
    named = [(name.decode("latin-1"), value) for name, value in request.headers.raw]
    return [(name, _decoded(value) if name.startswith("ce-") else value) for name, value in named]


def _decoded(value: bytes) -> bytes:
    if len(value) > 1 and value[:1] == value[-1:] == b'"':
        value = _ESCAPED.sub(rb"\1", value[1:-1])
    return unquote_to_bytes(value)
