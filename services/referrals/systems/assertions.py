"""The JWT by which a system proves who it is. Rules: SMART App Launch 2.2, *Client Authentication: Asymmetric*."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from services.referrals.systems.public_keys import ALGORITHMS, find_key
from services.referrals.systems.token_request import TokenRefused

LONGEST = timedelta(minutes=5)
"""SMART: `exp` "SHALL be no more than five minutes in the future"."""

LEEWAY = timedelta(seconds=30)
"""Clocks differ."""

_REQUIRED = ["iss", "sub", "aud", "exp", "jti"]
_REASONS: Mapping[type[jwt.InvalidTokenError], tuple[str, str]] = {
    jwt.ExpiredSignatureError: ("expired", "The assertion has expired: exp lies in the past."),
    jwt.ImmatureSignatureError: ("not-yet", "The assertion is not valid yet: check your clock."),
    jwt.InvalidAudienceError: ("audience", "aud is the address of this token endpoint: {endpoint}"),
    jwt.InvalidSignatureError: ("signature", "The signature does not fit the registered key of that kid."),
    jwt.MissingRequiredClaimError: ("claim-missing", "The assertion has iss, sub, aud, exp and jti."),
}


@dataclass(frozen=True, slots=True)
class Assertion:
    """Not to be believed before `verify`."""

    text: str
    client_id: str
    key_id: str
    algorithm: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What a verified assertion leaves behind, so that it counts once."""

    client_id: str
    jti: str
    expires_at: datetime


def read_assertion(text: str) -> Assertion:
    """Who says they signed it, and with what."""
    try:
        decoded = jwt.decode_complete(text, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise _refused("malformed", "client_assertion is not a JWT.") from None
    header, claims = decoded["header"], decoded["payload"]
    if header.get("alg") not in ALGORITHMS:
        raise _refused("algorithm", f"The assertion is signed with one of {', '.join(ALGORITHMS)}.")
    if not isinstance(header.get("kid"), str):
        raise _refused("no-kid", "The assertion's header has no kid: the name of your key.")
    if not isinstance(claims.get("sub"), str) or claims.get("iss") != claims["sub"]:
        raise _refused("issuer", "iss and sub are both your client_id.")
    return Assertion(text, claims["sub"], header["kid"], header["alg"])


def verify(assertion: Assertion, jwks: Mapping[str, Any], endpoint: str, now: datetime) -> Proof:
    """`endpoint` is this token endpoint's address; `jwks` the system's registered keys."""
    key = find_key(jwks, assertion.key_id, assertion.algorithm)
    if key is None:
        raise _refused("unknown-key", "No registered key has this kid and makes this kind of signature.")
    try:
        claims = jwt.decode(
            assertion.text,
            key,
            [assertion.algorithm],
            audience=endpoint,
            leeway=LEEWAY,
            options={"require": _REQUIRED},
        )
    except (jwt.InvalidTokenError, ArithmeticError, TypeError) as error:  # PyJWT lets a time of Infinity through
        raise _explained(error, endpoint) from None
    return _proof(claims, now)


def _proof(claims: Mapping[str, Any], now: datetime) -> Proof:
    if not isinstance(claims["jti"], str) or not 0 < len(claims["jti"]) <= 255:
        raise _refused("jti", "jti is a text of up to 255 characters, new for each assertion.")
    longest = now + LONGEST + LEEWAY
    if not isinstance(claims["exp"], int) or claims["exp"] > longest.timestamp():
        raise _refused("too-long", "exp is a whole number of seconds, at most five minutes ahead.")
    return Proof(claims["sub"], claims["jti"], datetime.fromtimestamp(claims["exp"], UTC) + LEEWAY)


def _explained(error: Exception, endpoint: str) -> TokenRefused:
    for kind, (code, description) in _REASONS.items():
        if isinstance(error, kind):
            return _refused(code, description.format(endpoint=endpoint))
    return _refused("invalid", "The assertion is not valid.")


def _refused(code: str, description: str) -> TokenRefused:
    return TokenRefused("invalid_client", description, f"assertion-{code}")
