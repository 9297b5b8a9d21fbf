"""A cookie whose content only this service can read or make: sealed, and bound to its name and an end."""

import base64
import binascii
from dataclasses import dataclass
from time import time
from typing import Any

import orjson
from starlette.responses import Response

from shared.privacy.ciphers import Cipher, Unreadable

_SHORTEST = 12 + 16


@dataclass(frozen=True, slots=True)
class SealedCookie:
    """`lifetime` in seconds. `secure` is off only where the browser talks to loopback without TLS."""

    name: str
    cipher: Cipher
    lifetime: int
    path: str = "/"

    def put(self, response: Response, content: dict[str, Any], *, secure: bool) -> None:
        sealed = self.seal(content)
        response.set_cookie(
            self.name, sealed, self.lifetime, path=self.path, secure=secure, httponly=True, samesite="lax"
        )

    def clear(self, response: Response, *, secure: bool) -> None:
        response.delete_cookie(self.name, path=self.path, secure=secure, httponly=True, samesite="lax")

    def seal(self, content: dict[str, Any]) -> str:
        plain = orjson.dumps({"until": int(time()) + self.lifetime, "content": content})
        return base64.urlsafe_b64encode(self.cipher.encrypt(f"cookie.{self.name}", plain)).decode().rstrip("=")

    def open(self, sealed: str) -> dict[str, Any] | None:
        """None for one that is not ours, was altered or has ended: each is like having none."""
        try:
            raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            plain = self.cipher.decrypt(f"cookie.{self.name}", raw) if len(raw) >= _SHORTEST else b"{}"
        except (binascii.Error, ValueError, Unreadable):
            return None
        read = orjson.loads(plain)
        content: dict[str, Any] | None = read["content"] if read.get("until", 0) > time() else None
        return content
