"""What a system holds afterwards: a JWT (RFC 9068) that every service can check by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt

from services.referrals.systems.registration import RegisteredSystem
from services.referrals.systems.signing_keys import ALGORITHM, SigningKey, opened
from shared.privacy.ciphers import Cipher

AUDIENCE = "famalink"
LIFETIME = timedelta(minutes=5)
"""SMART: "SHOULD NOT exceed one hour". Short, as a service that has seen a token believes it until it expires."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    text: str
    scopes: Sequence[str]


def issue(
    system: RegisteredSystem, scopes: Sequence[str], *, issuer: str, key: SigningKey, cipher: Cipher, now: datetime
) -> AccessToken:
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": system.name,
        "client_id": system.name,
        "scope": " ".join(scopes),
        "provider": system.provider,
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
        "jti": str(uuid4()),
    }
    if system.source is not None:
        claims |= {"source": system.source, "reports_as": system.reports_as}
    headers = {"typ": "at+jwt", "kid": key.key_id}
    return AccessToken(jwt.encode(claims, opened(key, cipher), ALGORITHM, headers), scopes)
