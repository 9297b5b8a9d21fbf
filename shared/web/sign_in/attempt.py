"""One attempt to sign in, from leaving for the provider to coming back."""

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe

_OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\U0010ffff]*")


@dataclass(frozen=True, slots=True)
class Attempt:
    """`state` ties the return to this browser, `nonce` the token to this attempt, `verifier` the code to us (PKCE)."""

    state: str
    nonce: str
    verifier: str
    return_to: str

    @classmethod
    def new(cls, return_to: str) -> "Attempt":
        return cls(token_urlsafe(24), token_urlsafe(24), token_urlsafe(48), own_path(return_to))

    @property
    def challenge(self) -> str:
        """RFC 7636, S256."""
        return urlsafe_b64encode(sha256(self.verifier.encode()).digest()).decode().rstrip("=")


def own_path(text: str) -> str:
    """A path of this service, else its start page: a sign-in must not be a way to be sent to somebody else's site.

    Browsers read `\\` as `/` and drop tabs, so `/\\host` and `/<tab>/host` are other sites too.
    """
    sound = _OWN_PATH.fullmatch(text) and not text.startswith(("/sign-in", "/sign-out", "/signed-out"))
    return text if sound else "/"
