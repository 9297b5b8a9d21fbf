"""An issuer's public keys, kept in memory and on disk: a restart works while the issuer is away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.telemetry.logs import logger
from shared.web.fetching import Unreachable, away

Fetch = Callable[[], Awaitable[Mapping[str, Any]]]

_PUBLIC = frozenset({"RSA", "EC", "OKP"})
_FRESH = 3600.0
"""Seconds until keys are asked for again, so that one that was withdrawn stops counting."""
_PAUSE = 10.0
"""Seconds between two askings: a stranger's unknown key must not make us ask for each of his requests."""

_log = logger()


class KeySet:
    """A JWKS document. Only public keys that may sign count."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        keys = document.get("keys")
        listed = keys if isinstance(keys, list) else []
        self._keys = [key for key in listed if isinstance(key, dict) and _may_sign(key)]
        self._made: dict[tuple[str | None, str], jwt.PyJWK] = {}

    async def key(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        return self.find(key_id, algorithm)

    def find(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        made = self._made.get((key_id, algorithm)) or self._make(key_id, algorithm)
        if made is not None:
            self._made[key_id, algorithm] = made
        return made

    def _make(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        fitting = [
            key for key in self._keys if key_id in (None, key.get("kid")) and key.get("alg", algorithm) == algorithm
        ]
        if len(fitting) != 1:
            return None
        try:
            return jwt.PyJWK(fitting[0], algorithm)
        except jwt.PyJWTError:
            return None


class _Kept(BaseModel):
    """The file: whose keys, and the document as it was published."""

    model_config = ConfigDict(hide_input_in_errors=True)

    issuer: str
    document: dict[str, Any]


def _may_sign(key: Mapping[str, Any]) -> bool:
    return key.get("kty") in _PUBLIC and key.get("use", "sig") == "sig"


class PublishedKeys:
    """Keys that an issuer publishes. `part` is its name in logs; `fetch` asks for its JWKS and raises `Unreachable`."""

    def __init__(self, part: str, issuer: str, fetch: Fetch, cache: Path) -> None:
        self._part = part
        self._issuer = issuer
        self._fetch = fetch
        self._cache = cache
        self._keys: KeySet | None = None
        self._asked = -_FRESH
        self._asking = asyncio.Lock()

    async def key(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        if self._keys is None or self._due(_FRESH):
            await self._ask()
        found = self._found(key_id, algorithm)
        if found is None and self._due(_PAUSE):
            await self._ask()
            found = self._found(key_id, algorithm)
        if self._keys is None:
            raise away("Who signs tokens")
        return found

    def _found(self, key_id: str | None, algorithm: str) -> jwt.PyJWK | None:
        return self._keys.find(key_id, algorithm) if self._keys else None

    def _due(self, interval: float) -> bool:
        return monotonic() - self._asked >= interval

    async def _ask(self) -> None:
        async with self._asking:
            if not self._due(_PAUSE):
                return
            self._asked = monotonic()
            try:
                document = await self._fetch()
            except Unreachable as error:
                _log.warning("keys.unreachable", part=self._part, exc_info=error)
                self._keys = self._keys or self._remembered()
            else:
                self._keys = KeySet(document)
                self._remember(document)

    def _remember(self, document: Mapping[str, Any]) -> None:
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        written = self._cache.with_suffix(".new")
        written.write_text(_Kept(issuer=self._issuer, document=dict(document)).model_dump_json(), encoding="utf-8")
        written.replace(self._cache)

    def _remembered(self) -> KeySet | None:
        try:
            kept = _Kept.model_validate_json(self._cache.read_bytes())
        except (OSError, ValidationError):
            return None
        return KeySet(kept.document) if kept.issuer == self._issuer else None


def cache_file(directory: Path, issuer: str) -> Path:
    """A name for the issuer's keys that no two issuers share."""
    return directory / f"keys-{sha256(issuer.encode()).hexdigest()[:16]}.json"
