"""What a resource can be found by. A token is text, `parameter=value` or `parameter=system|value`."""

from collections.abc import Mapping
from typing import Any

from shared.fhir.definitions import ResourceType


def tokens_of(kind: ResourceType, document: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for code in kind.codes:
        if (value := document.get(code.element)) is not None:
            found += [code_token(code.name, system, text) for system, text in _ways(code.system, value)]
    for link in kind.links:
        found += [f"{link.name}={reference['reference']}" for reference in document.get(link.element, ())]
    return found


def _ways(system: str, code: str) -> tuple[tuple[str | None, str], ...]:
    """By code, by system and code, by system alone."""
    return (None, code), (system, code), (system, "")


def code_token(parameter: str, system: str | None, value: str) -> str:
    return f"{parameter}={value}" if system is None else f"{parameter}={system}|{value}"


def link_prefix(name: str, target: str) -> str:
    """What the tokens of a link begin with; the id of what it leads to follows."""
    return f"{name}={target}/"


def identifier_of(kind: ResourceType, document: Mapping[str, Any]) -> tuple[str, str] | None:
    """System and value of the person's identifier."""
    identifier = document.get(kind.person, {}).get("identifier")
    return (identifier["system"], identifier["value"]) if identifier else None
