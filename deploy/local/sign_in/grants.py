"""What somebody asked for when they came, and the codes that stand for it until they are redeemed."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urlencode, urlsplit

from deploy.local.sign_in.people import FictionalPerson

_WORTH = 60.0
"""Seconds a code can be redeemed."""


class NotGranted(Exception):
    """With the error's name as OAuth 2.0 has it and a sentence for the developer."""

    def __init__(self, error: str, reason: str) -> None:
        super().__init__(error, reason)
        self.error = error
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request that is sound."""

    client_id: str
    redirect_uri: str
    challenge: str
    state: str | None
    nonce: str | None

    @classmethod
    def of(cls, given: Mapping[str, str], client_id: str, services: Sequence[str]) -> "Asked":
        if given.get("client_id") != client_id:
            raise NotGranted("unauthorized_client", f"client_id is {client_id}.")
        if not _may_return_to(given.get("redirect_uri", ""), services):
            raise NotGranted("invalid_request", "redirect_uri is on loopback, or below a service's own address.")
        if given.get("response_type") != "code":
            raise NotGranted("unsupported_response_type", "response_type is code.")
        if given.get("code_challenge_method") != "S256" or not given.get("code_challenge"):
            raise NotGranted("invalid_request", "PKCE is needed: code_challenge, with code_challenge_method=S256.")
        return cls(client_id, given["redirect_uri"], given["code_challenge"], given.get("state"), given.get("nonce"))

    def return_with(self, code: str) -> str:
        joint = "&" if urlsplit(self.redirect_uri).query else "?"
        return f"{self.redirect_uri}{joint}{urlencode({'code': code} | ({'state': self.state} if self.state else {}))}"


class Grants:
    def __init__(self) -> None:
        self._waiting: dict[str, tuple[float, Asked, FictionalPerson]] = {}

    def grant(self, asked: Asked, person: FictionalPerson) -> str:
        now = monotonic()
        self._waiting = {code: entry for code, entry in self._waiting.items() if entry[0] > now}
        code = secrets.token_urlsafe(24)
        self._waiting[code] = (now + _WORTH, asked, person)
        return code

    def redeem(self, form: Mapping[str, str]) -> tuple[Asked, FictionalPerson]:
        """Once. A code that is redeemed wrongly is gone as well."""
        if form.get("grant_type") != "authorization_code":
            raise NotGranted("unsupported_grant_type", "grant_type is authorization_code.")
        until, asked, person = self._waiting.pop(form.get("code", ""), (0.0, None, None))
        if asked is None or person is None or until < monotonic():
            raise NotGranted("invalid_grant", "The code is unknown, used or too old.")
        if (form.get("client_id"), form.get("redirect_uri")) != (asked.client_id, asked.redirect_uri):
            raise NotGranted("invalid_grant", "client_id and redirect_uri are those that the code was asked for with.")
        if _challenge(form.get("code_verifier", "")) != asked.challenge:
            raise NotGranted("invalid_grant", "code_verifier does not fit code_challenge.")
        return asked, person


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _may_return_to(address: str, services: Sequence[str]) -> bool:
    parts = urlsplit(address)
    local = parts.scheme == "http" and _is_loopback(parts.hostname or "")
    return local or any(address.startswith(f"{service}/") for service in services)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
