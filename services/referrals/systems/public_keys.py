"""The keys of a registered system: public ones that can make a signature SMART asks for."""

from collections.abc import Mapping
from typing import Any

import jwt

from shared.problems import Problem

ALGORITHMS = ("RS384", "ES384", "RS512")
"""SMART Backend Services: "RS384 and/or ES384", and RS512 as NHS England's API platform uses it."""

_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_BY_KIND = {("RSA", None): ("RS384", "RS512"), ("EC", "P-384"): ("ES384",)}
_RSA_BITS = range(2048, 8193)
_PUBLIC = frozenset({"kty", "kid", "use", "alg", "crv", "x", "y", "n", "e"})
_MOST = 10


def key_problems(jwks: Mapping[str, Any]) -> list[Problem]:
    keys = jwks.get("keys")
    if not isinstance(keys, list) or not 0 < len(keys) <= _MOST or not all(isinstance(key, dict) for key in keys):
        return [Problem("jwks", "jwks-malformed", 'A JWK Set: {"keys": […]} with one to ten keys.')]
    problems = [found for index, key in enumerate(keys) if (found := _key_problem(f"jwks.keys.{index}", key))]
    names = [key.get("kid") for key in keys]
    if not problems and len(set(names)) < len(names):
        problems.append(Problem("jwks.keys", "kid-repeated", "Every key has a kid of its own."))
    return problems


def what_counts(jwks: Mapping[str, Any]) -> dict[str, Any]:
    """The set without what nobody needs to check a signature."""
    return {"keys": [{name: value for name, value in key.items() if name in _PUBLIC} for key in jwks["keys"]]}


def find_key(jwks: Mapping[str, Any], key_id: str, algorithm: str) -> jwt.PyJWK | None:
    """The key of that name, if it makes signatures of that kind."""
    for key in jwks["keys"]:
        if key.get("kid") == key_id and algorithm in _algorithms(key):
            return jwt.PyJWK(key, algorithm)
    return None


def _key_problem(field: str, key: Mapping[str, Any]) -> Problem | None:
    if not _PRIVATE.isdisjoint(key):
        reason = "This is a private key. Register the public one, and make a new pair: this one has been shown."
        return Problem(field, "key-private", reason)
    if not isinstance(key.get("kid"), str) or not 0 < len(key["kid"]) <= 128:
        return Problem(f"{field}.kid", "kid-missing", "A key has a kid, by which an assertion names it.")
    algorithms = _algorithms(key)
    if not algorithms:
        return Problem(field, "key-unfit", "An RSA key for RS384 or RS512, or an EC key on P-384 for ES384.")
    return _unreadable(field, key, algorithms[0])


def _unreadable(field: str, key: Mapping[str, Any], algorithm: str) -> Problem | None:
    try:
        made = jwt.PyJWK(dict(key), algorithm)
    except (jwt.PyJWTError, ValueError):
        return Problem(field, "key-malformed", "The key's numbers do not make a key.")
    if algorithm.startswith("RS") and getattr(made.key, "key_size", 0) not in _RSA_BITS:
        return Problem(field, "key-size", "An RSA key has 2048 to 8192 bits.")
    return None


def _algorithms(key: Mapping[str, Any]) -> tuple[str, ...]:
    kind = _BY_KIND.get((str(key.get("kty")), key.get("crv")), ())
    named = key.get("alg")
    return tuple(name for name in kind if named in (None, name))
