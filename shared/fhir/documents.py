"""A rendered resource as bytes. Serialised once; version and time are spliced in: a comparison does without."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson


class NotRendered(ValueError):
    """A document that is not what it says it is: a fault of the renderer."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a renderer makes. `document` begins with resourceType, id and meta, in this order, the latter unversioned.

    `client` is whose it is, `grouping` what is shown or hidden together (the referral whose consent governs it).
    """

    type: str
    id: UUID
    client: UUID
    provider: str
    grouping: UUID
    document: Mapping[str, Any]

    def content(self) -> bytes:
        content = orjson.dumps(self.document)
        if not content.startswith(_prefix(self.type, self.id)):
            raise NotRendered(f"a {self.type} must begin with resourceType, id and a filled meta")
        return content


def versioned(type_: str, content: bytes, version: int, at: datetime) -> bytes:
    """The bytes that are stored and sent."""
    place = len(type_) + _AROUND_TYPE
    meta = f'"versionId":"{version}","lastUpdated":"{instant(at)}",'.encode()
    return b"".join((content[:place], meta, content[place:]))


def digest(key: bytes, content: bytes) -> bytes:
    """Whether a rendering is new. Keyed: a plain hash of so little content could be guessed back into it."""
    return hashlib.blake2b(content, digest_size=16, key=key).digest()


def instant(at: datetime) -> str:
    """As FHIR writes it, in UTC and to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_the_millisecond(at: datetime) -> datetime:
    """What is stored is what is shown, or a search for the shown instant would not find it."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _prefix(type_: str, id_: UUID) -> bytes:
    return f'{{"resourceType":"{type_}","id":"{id_}","meta":{{"'.encode()


_AROUND_TYPE = len('{"resourceType":"","id":"00000000-0000-0000-0000-000000000000","meta":{')
