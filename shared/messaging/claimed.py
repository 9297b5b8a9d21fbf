"""What a record says of itself, taken for no more than that: for those that cannot be read or are not applied.

By it a record is found again: by its provider's operations, and by an erasure.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from shared.events.catalogue import CATALOGUE
from shared.events.cloudevent import STRUCTURED
from shared.messaging.received import Received

_KEYED_BY_CLIENT = frozenset(known.topic for known in CATALOGUE.values() if known.personal and known.said_by)
_ODS = re.compile(r"[A-Z0-9]{3,6}")
_LONGEST = 512


class Claimed(NamedTuple):
    """`event_id`: only a UUID, as anything else could be somebody's words. `provider`: only what may be an ODS code."""

    event_id: str | None
    type: str
    source: str
    client: UUID | None
    provider: str | None


def claimed(received: Received) -> Claimed:
    document = _document(received.value)
    structured = (dict(received.headers).get("content-type") or b"").startswith(STRUCTURED.encode())
    said = _texts(document) if structured else _headers(received)
    event_id, provider = _uuid(said.get("id")), said.get("provider", "")
    return Claimed(
        event_id=str(event_id) if event_id else None,
        type=said.get("type", ""),
        source=said.get("source", ""),
        client=_client(received, said, document.get("data") if structured else document),
        provider=provider if _ODS.fullmatch(provider) else None,
    )


def _client(received: Received, said: Mapping[str, str], data: object) -> UUID | None:
    """The subject; on the intake topic the data's `client`; else the key, where that is a client's."""
    named = data.get("client") if isinstance(data, dict) else None
    key = received.key if received.topic in _KEYED_BY_CLIENT else None
    return _uuid(said.get("subject")) or _uuid(named) or _uuid(key)


def _headers(received: Received) -> dict[str, str]:
    return {
        name[3:]: _plain((raw or b"").decode(errors="replace")) for name, raw in received.headers if name[:3] == "ce_"
    }


def _texts(document: Mapping[str, Any]) -> dict[str, str]:
    return {name: _plain(value) for name, value in document.items() if isinstance(value, str)}


def _plain(text: str) -> str:
    """What PostgreSQL can keep as text, whatever a stranger wrote: else not even parking it would succeed."""
    return text.replace("\0", "").encode(errors="replace").decode()[:_LONGEST]


def _document(value: bytes | None) -> Mapping[str, Any]:
    try:
        document = orjson.loads(value or b"null")
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
