"""Encryption at rest: AES-256-GCM with table, column and person as associated data, so that a value cannot be moved."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Unreadable(Exception):
    """The bytes were not written under this key for this place and person."""


@dataclass(frozen=True, slots=True)
class Cipher:
    """One key. `owner` is the person's pseudonym, or the name of a service for what has no known person."""

    owner: str
    _aead: AESGCM

    def encrypt(self, place: str, plain: bytes) -> bytes:
        """`place` is `table.column`. Answers nonce (12 bytes), ciphertext and tag (16 bytes)."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, self._bound_to(place))

    def decrypt(self, place: str, sealed: bytes) -> bytes:
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound_to(place))
        except InvalidTag:
            raise Unreadable(place) from None

    def decrypt_all(self, place: str, sealed: Iterable[bytes]) -> list[bytes]:
        """Many values of one person at once, in their order."""
        bound, opened = self._bound_to(place), self._aead.decrypt
        try:
            return [opened(one[:_NONCE], one[_NONCE:], bound) for one in sealed]
        except InvalidTag:
            raise Unreadable(place) from None

    def _bound_to(self, place: str) -> bytes:
        return f"{place}|{self.owner}".encode()


def cipher(owner: UUID | str, key: bytes) -> Cipher:
    return Cipher(str(owner), AESGCM(key))
