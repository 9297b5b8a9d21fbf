"""What makes a registration sound. Pure: nothing here knows a database or a clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from services.referrals.systems.public_keys import key_problems, what_counts
from services.referrals.systems.scopes import ATTENDANCE_WRITE, scope_problems
from shared.problems import Problem

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REPORTERS = ("emitter", "peer", "keyworker", "client")
"""In the order of their rank, lowest first (3-fama, *Which outcome stands*)."""


@dataclass(frozen=True, slots=True)
class RegisterSystem:
    """`source` and `reports_as` go together: they are an emitter's. `jwks` is a JWK Set of public keys."""

    name: str
    provider: str
    source: str | None
    reports_as: str | None
    scopes: Sequence[str]
    jwks: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RegisteredSystem:
    """`name` is the client_id. Disabled: it gets no tokens, and journal takes nothing from its source."""

    name: str
    provider: str
    source: str | None
    reports_as: str | None
    scopes: Sequence[str]
    jwks: Mapping[str, Any]
    state: str

    @property
    def active(self) -> bool:
        return self.state == "active"


def registered(command: RegisterSystem) -> RegisteredSystem:
    """What a sound command makes of it."""
    keys, scopes = what_counts(command.jwks), tuple(dict.fromkeys(command.scopes))
    return RegisteredSystem(
        command.name, command.provider, command.source, command.reports_as, scopes, keys, state="active"
    )


def registration_problems(command: RegisterSystem) -> list[Problem]:
    """Everything that is wrong with it, so that it can be put right at once."""
    return [
        *_name_problems(command.name),
        *_emitter_problems(command),
        *scope_problems(command.scopes),
        *key_problems(command.jwks),
    ]


def change_problem(known: RegisteredSystem, command: RegisterSystem) -> Problem | None:
    """A name and a source mean one system of one provider for ever: consents and kept facts lean on them."""
    if known.provider != command.provider:
        return Problem("name", "name-taken", "Another system has this name. Choose another one.")
    if known.source != command.source:
        reason = f"{known.name} is registered with another source. A source stays; register a new name for a new one."
        return Problem("source", "source-fixed", reason)
    return None


def _name_problems(name: str) -> list[Problem]:
    if _NAME.fullmatch(name) and len(name) <= 60:
        return []
    reason = "A name is up to 60 small letters, digits and hyphens, for example demo-emitter."
    return [Problem("name", "name-malformed", reason)]


def _emitter_problems(command: RegisterSystem) -> list[Problem]:
    if command.source is None and command.reports_as is None:
        return _emitter_without_source(command.scopes)
    if command.source is None or command.reports_as is None:
        field = "source" if command.source is None else "reportsAs"
        return [Problem(field, "missing", "An emitter has both a source and what it reports as.")]
    problems = _source_problems(command.source)
    if command.reports_as not in REPORTERS:
        problems.append(Problem("reportsAs", "unknown", f"One of {', '.join(REPORTERS)}."))
    return problems


def _emitter_without_source(scopes: Sequence[str]) -> list[Problem]:
    if ATTENDANCE_WRITE not in scopes:
        return []
    return [Problem("source", "missing", "A system that writes attendance needs a source and what it reports as.")]


def _source_problems(source: str) -> list[Problem]:
    """CloudEvents asks for a URI reference; a whole one keeps two emitters from meeting. `/famalink/…` is ours."""
    try:
        parts = urlsplit(source)
    except ValueError:  # https://[
        parts = urlsplit("")
    plain = source.isascii() and source.isprintable() and " " not in source and len(source) <= 200
    if plain and parts.scheme and (parts.netloc or parts.path):
        return []
    reason = "A source is a whole URI of up to 200 characters, for example https://check-in.example or urn:ods:X99."
    return [Problem("source", "source-malformed", reason)]
