"""The deployment's master keys: what wraps each person's key, finds identifiers and signs what comes back to us."""

import base64
import hmac
import os
from pathlib import Path
from uuid import UUID

import orjson
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, ConfigDict

from shared.privacy.ciphers import Cipher, cipher


class _MasterFile(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    current: str
    keys: dict[str, str]
    index: str


class MasterKeys:
    """From MASTER_KEY_FILE: `{"current": id, "keys": {id: base64 of 32 bytes}, "index": base64 of 32 bytes}`.

    Several keys may stand in the file while what older ones wrapped is in use; new keys are wrapped by `current`.
    """

    def __init__(self, current: str, keys: dict[str, bytes], index: bytes) -> None:
        self.current = current
        self._keys = keys
        self._index = index

    @classmethod
    def load(cls, path: Path) -> "MasterKeys":
        file = _MasterFile.model_validate_json(path.read_bytes())
        keys = {name: base64.b64decode(key, validate=True) for name, key in file.keys.items()}
        if file.current not in keys or any(len(key) != 32 for key in keys.values()):
            raise ValueError(f"{path.name}: every key has 32 bytes and `current` names one of them")
        return cls(file.current, keys, base64.b64decode(file.index, validate=True))

    def wrap(self, person: UUID, key: bytes) -> tuple[str, bytes]:
        return self.current, cipher(person, self._keys[self.current]).encrypt("person_key.wrapped", key)

    def unwrap(self, person: UUID, master: str, wrapped: bytes) -> bytes:
        return cipher(person, self._keys[master]).decrypt("person_key.wrapped", wrapped)

    def service_cipher(self, service: str) -> Cipher:
        """For what has no known person: dead letters, parked records."""
        return cipher(service, self.derived(f"service|{service}"))

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose (session cookies, search cursors…), 32 bytes."""
        return HKDF(SHA256(), 32, None, purpose.encode()).derive(self._index)

    def blind_index(self, service: str) -> "BlindIndex":
        return BlindIndex(self.derived(f"index|{service}"))


class BlindIndex:
    """Finds an identifier without storing it: HMAC-SHA256 under a key of its own."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, kind: str, value: str) -> bytes:
        """`kind` keeps an NHS number from ever matching a name. 32 bytes."""
        return hmac.digest(self._key, f"{kind}|{value}".encode(), "sha256")


def new_master_file() -> bytes:
    """A fresh file for MASTER_KEY_FILE."""
    made = {"current": "1", "keys": {"1": _random()}, "index": _random()}
    return orjson.dumps(made)


def _random() -> str:
    return base64.b64encode(os.urandom(32)).decode()
