"""A system's bearer: an assertion signed with its private key, exchanged for a token (SMART Backend Services)."""

import json
import os
from pathlib import Path
from time import time
from typing import Any
from uuid import uuid4

from shared.cli.calling import answer_of, send
from shared.cli.failing import Failed
from shared.cli.settings import Settings

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ALGORITHMS = {("RSA", None): "RS384", ("EC", "P-384"): "ES384"}
_PUBLIC = ("kty", "kid", "use", "alg", "crv", "x", "y", "n", "e")
_MINUTES = 4


def system_token(settings: Settings, system: str, scope: str, key_file: Path | None) -> dict[str, Any]:
    """The token endpoint's answer. Its address is asked for, as any system does."""
    key = private_key(key_file or settings.private_key(system))
    referrals = settings.addresses["referrals"]
    found = answer_of(send("GET", f"{referrals}/fhir/.well-known/smart-configuration", name="referrals"))
    endpoint = str(found["token_endpoint"])
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION_TYPE,
        "client_assertion": _assertion(key, system, endpoint),
        "scope": scope,
    }
    granted: dict[str, Any] = answer_of(send("POST", endpoint, name="referrals", data=form))
    return granted


def private_key(file: Path) -> dict[str, Any]:
    try:
        key = json.loads(file.read_bytes())
    except FileNotFoundError:
        raise Failed(f"No private key at {file}. The local run makes one (make run); else name yours: --key.") from None
    except ValueError:
        raise Failed(f"{file} is not a private key as a JWK.") from None
    if not isinstance(key, dict) or "d" not in key or algorithm(key) is None:
        raise Failed(f"{file} is not a private JWK of RSA, or of EC on P-384.")
    return key


def public_key(key: dict[str, Any]) -> dict[str, Any]:
    return {name: key[name] for name in _PUBLIC if name in key}


def algorithm(key: dict[str, Any]) -> str | None:
    return key.get("alg") or _ALGORITHMS.get((str(key.get("kty")), key.get("crv")))


def make_private_key(file: Path) -> dict[str, Any]:
    """A new pair for ES384; one that is there already stays. Readable by nobody else."""
    if file.exists():
        return private_key(file)
    from cryptography.hazmat.primitives.asymmetric import ec
    from jwt.algorithms import ECAlgorithm

    key = {**ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()), as_dict=True), "kid": uuid4().hex}
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as new:
        json.dump(key, new)
    unfinished.replace(file)
    return key


def _assertion(key: dict[str, Any], system: str, endpoint: str) -> str:
    import jwt

    signed_with = algorithm(key)
    claims = {"iss": system, "sub": system, "aud": endpoint, "exp": int(time()) + _MINUTES * 60, "jti": uuid4().hex}
    made = jwt.PyJWK(key, signed_with)
    return jwt.encode(claims, made.key, signed_with, headers={"kid": key.get("kid"), "typ": "JWT"})


def source_in(bearer: str) -> str:
    """The source that the system is registered with, as its token has it."""
    import jwt

    source = jwt.decode(bearer, options={"verify_signature": False}).get("source")
    if source is None:
        raise Failed("This system is not an emitter: it is registered without a source.")
    return str(source)
