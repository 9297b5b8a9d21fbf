"""A page as a searchset Bundle: stored bytes are spliced in as they are, and sent as one buffer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import orjson

from shared.fhir.store.pages import Entry

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
    parts = [_outcome_entry(outcome)] if outcome else []
    address = f'{{"fullUrl":"{base}/'
    parts += [_entry(address, entry) for entry in entries]
    written = orjson.dumps(head)
    return b"".join((written[:-1], b',"entry":[', b",".join(parts), b"]}")) if parts else written


def _entry(address: str, entry: Entry) -> bytes:
    start = f'{address}{entry.type}/{entry.id}","resource":'.encode()
    return b"".join((start, entry.body, _INCLUDE if entry.included else _MATCH))


def _outcome_entry(outcome: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"fullUrl": f"urn:uuid:{uuid4()}", "resource": outcome, "search": {"mode": "outcome"}})
