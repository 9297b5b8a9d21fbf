"""What a scope covers: plain ones by name, FHIR ones as SMART 2 has them (`system/CarePlan.rs`, `system/*.rs`)."""

import re
from collections.abc import Iterable
from functools import lru_cache

_FHIR = re.compile(r"system/(?P<type>\*|[A-Za-z]+)\.(?P<rights>c?r?u?d?s?|read|write|\*)")
_VERSION_1 = {"read": "rs", "write": "cud", "*": "cruds"}


def allows(granted: Iterable[str], wanted: str) -> bool:
    """Whether one of the granted scopes covers `wanted`, which names one resource type and the rights needed on it."""
    return _allows(frozenset(granted), wanted)


@lru_cache(maxsize=1024)
def _allows(granted: frozenset[str], wanted: str) -> bool:
    return wanted in granted or any(_covers(scope, wanted) for scope in granted)


def _covers(granted: str, wanted: str) -> bool:
    given, needed = _fhir(granted), _fhir(wanted)
    if given is None or needed is None:
        return False
    return given[0] in ("*", needed[0]) and bool(needed[1]) and needed[1] <= given[1]


def _fhir(scope: str) -> tuple[str, frozenset[str]] | None:
    """Resource type and rights; versions 1's words are what version 2 says they mean."""
    match = _FHIR.fullmatch(scope)
    if match is None:
        return None
    return match["type"], frozenset(_VERSION_1.get(match["rights"], match["rights"]))
