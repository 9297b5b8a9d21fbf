"""What a token says, turned into who calls. Nothing here checks a signature: `tokens` does, before."""

from collections.abc import Mapping
from typing import Any

from shared.web.identity import ROLES, Person, System
from shared.web.problems import Unauthorised


def person_of(claims: Mapping[str, Any]) -> Person:
    """A sign-in provider's claims: `sub`, `roles`, `provider` (ODS code), `team`, `name`. Unknown roles are nothing."""
    roles = claims.get("roles", [])
    if not isinstance(roles, list):
        raise _lacking("roles", "a list of roles")
    known = frozenset(role for role in roles if isinstance(role, str)) & ROLES
    team, name = _maybe(claims, "team"), _maybe(claims, "name")
    return Person(_text(claims, "sub"), known, _text(claims, "provider"), team, name)


def system_of(claims: Mapping[str, Any]) -> System:
    """An access token issued by referrals: `sub` is the client id, `scope` a list in one string."""
    scopes = frozenset(_text(claims, "scope").split())
    source, reports_as = _maybe(claims, "source"), _maybe(claims, "reports_as")
    return System(_text(claims, "sub"), _text(claims, "provider"), scopes, source, reports_as)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise _lacking(name, "a text")
    return value


def _maybe(claims: Mapping[str, Any], name: str) -> str | None:
    return _text(claims, name) if claims.get(name) is not None else None


def _lacking(name: str, what: str) -> Unauthorised:
    return Unauthorised("token-incomplete", f"The token's claim {name} is not {what}.")
