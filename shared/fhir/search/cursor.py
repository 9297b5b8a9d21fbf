"""A cursor carries a search and a place in it, sealed: nobody reads an identifier out of it or changes its provider."""

import base64
import binascii
from dataclasses import dataclass

import orjson
from pydantic import TypeAdapter

from shared.fhir.search.query import Place, Query
from shared.privacy.ciphers import Unreadable, cipher

_PLACE = "fhir.cursor"


class TamperedCursor(ValueError):
    """Not one of ours, or meant for another provider or resource type."""


@dataclass(frozen=True, slots=True)
class _Held:
    provider: str
    query: Query
    place: Place


_HELD = TypeAdapter(_Held)


class Cursors:
    """`key`: 32 bytes for this purpose alone (`MasterKeys.derived("fhir|cursor")`)."""

    def __init__(self, key: bytes) -> None:
        self._cipher = cipher("cursor", key)

    def write(self, provider: str, query: Query, place: Place) -> str:
        sealed = self._cipher.encrypt(_PLACE, orjson.dumps(_Held(provider, query, place)))
        return _as_text(sealed)

    def read(self, provider: str, type_: str, text: str) -> tuple[Query, Place]:
        try:
            sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            held = _HELD.validate_json(self._cipher.decrypt(_PLACE, sealed))
        except (binascii.Error, ValueError, Unreadable):
            raise TamperedCursor from None
        # The decoder overlooks what does not belong: only the text that we wrote is taken.
        if text != _as_text(sealed) or (held.provider, held.query.type) != (provider, type_):
            raise TamperedCursor
        return held.query, held.place


def _as_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")
