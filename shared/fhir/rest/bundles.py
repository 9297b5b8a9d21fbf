"""A page as a searchset Bundle: stored bytes are spliced in as they are, and sent as one buffer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson

from shared.fhir.store.pages import Entry

_RESOURCE = b'","resource":'
_MATCH = b',"search":{"mode":"match"}}'
_INCLUDE = b',"search":{"mode":"include"}}'


def searchset(
    base: str,
    entries: Sequence[Entry],
    *,
    links: Mapping[str, str],
    total: int | None = None,
    outcome: Mapping[str, Any] | None = None,
) -> bytes:
    """`links` by relation. `total` is left out where counting would cost more than the page. No empty arrays."""
    head: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset"}
    if total is not None:
        head["total"] = total
    head["link"] = [{"relation": relation, "url": url} for relation, url in links.items()]
    written = orjson.dumps(head)
    parts = _entry_parts(base, entries)
    if outcome:
        parts += (b",", _outcome_entry(outcome))
    # Every entry's parts begin with a comma: the first one's gives way to what opens the list.
    return b"".join((written[:-1], b',"entry":[', *parts[1:], b"]}")) if parts else written


def _entry_parts(base: str, entries: Sequence[Entry]) -> list[bytes]:
    """Flat, so that a body is copied once."""
    parts: list[bytes] = []
    addresses = {type_: f'{{"fullUrl":"{base}/{type_}/'.encode() for type_ in {entry.type for entry in entries}}
    for type_, id_, body, included in entries:
        parts += (b",", addresses[type_], id_.encode(), _RESOURCE, body, _INCLUDE if included else _MATCH)
    return parts


def _outcome_entry(outcome: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"fullUrl": f"urn:uuid:{uuid4()}", "resource": outcome, "search": {"mode": "outcome"}})
