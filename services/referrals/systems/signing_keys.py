"""The keys that sign our access tokens: ES256, private part under the service's key, public part in the JWKS."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared.privacy.ciphers import Cipher

ALGORITHM = "ES256"
_PLACE = "signing_key.private"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`private` is sealed; `public` a JWK."""

    key_id: str
    private: bytes
    public: Mapping[str, Any]
    signs_from: datetime


def new_signing_key(cipher: Cipher, signs_from: datetime) -> SigningKey:
    """Named by its thumbprint (RFC 7638), so that two processes can never give one name to two keys."""
    made = ec.generate_private_key(ec.SECP256R1())
    numbers = made.public_key().public_numbers()
    point = {"crv": "P-256", "kty": "EC", "x": _coordinate(numbers.x), "y": _coordinate(numbers.y)}
    key_id = _base64url(sha256(orjson.dumps(point, option=orjson.OPT_SORT_KEYS)).digest())
    plain = made.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = {**point, "kid": key_id, "use": "sig", "alg": ALGORITHM}
    return SigningKey(key_id, cipher.encrypt(_PLACE, plain), public, signs_from)


def opened(key: SigningKey, cipher: Cipher) -> ec.EllipticCurvePrivateKey:
    made = serialization.load_der_private_key(cipher.decrypt(_PLACE, key.private), password=None)
    if not isinstance(made, ec.EllipticCurvePrivateKey):
        raise TypeError("the signing key is not an EC key")
    return made


def _coordinate(number: int) -> str:
    return _base64url(number.to_bytes(32, "big"))


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
