"""The provider's key, kept so that tokens stay good over a restart, and the tokens it signs."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from jwt.algorithms import ECAlgorithm

from deploy.local.sign_in.people import FictionalPerson

ALGORITHM = "ES256"
AUDIENCE = "famalink"
LIFETIME = 3600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Signer:
    issuer: str
    key: EllipticCurvePrivateKey

    @property
    def jwks(self) -> dict[str, list[dict[str, object]]]:
        return {"keys": [{**self._public, "kid": self._name, "use": "sig", "alg": ALGORITHM}]}

    def id_token(self, person: FictionalPerson, client_id: str, nonce: str | None) -> str:
        return self._signed(person, client_id, "JWT", {"nonce": nonce} if nonce else {})

    def access_token(self, person: FictionalPerson) -> str:
        return self._signed(person, AUDIENCE, "at+jwt", {})

    def _signed(self, person: FictionalPerson, audience: str, kind: str, more: dict[str, str]) -> str:
        now = int(time())
        claims = {"iss": self.issuer, "aud": audience, "iat": now, "exp": now + LIFETIME, **person.claims(), **more}
        return jwt.encode(claims, self.key, ALGORITHM, headers={"kid": self._name, "typ": kind})

    @property
    def _name(self) -> str:
        return sha256(str(sorted(self._public.items())).encode()).hexdigest()[:16]

    @property
    def _public(self) -> dict[str, object]:
        return dict(ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True))


def kept_key(file: Path) -> EllipticCurvePrivateKey:
    """Made at the first start; whole or not at all on disk, and readable by nobody else."""
    if file.exists():
        key = load_pem_private_key(file.read_bytes(), None)
        if not isinstance(key, EllipticCurvePrivateKey):
            raise ValueError(f"{file} is not the key of an elliptic curve; remove it and a new one is made.")
        return key
    key = generate_private_key(SECP256R1())
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as new:
        new.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    unfinished.replace(file)
    return key
