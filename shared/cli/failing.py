"""What is said when a command cannot do what it was asked: one line that tells what to do, and exit code 1."""

from collections.abc import Mapping, Sequence
from typing import Any

import click


class Failed(click.ClickException):
    """`message` is for a person."""


class Stopped(Failed):
    """Somebody pressed Ctrl-C while a service was asked."""


def of_problem(status: int, body: object) -> Failed:
    """From an answer of a service: RFC 9457, or RFC 6749 from the token endpoint."""
    if not isinstance(body, Mapping):
        return Failed(f"HTTP {status}, without a reason.")
    if "error" in body:
        return Failed(f"{body['error']}: {body.get('error_description', 'no description')}")
    said = "; ".join(_reasons(body.get("errors", ())))
    return Failed(f"{body.get('title', f'HTTP {status}')}{': ' if said else ''}{said}")


def _reasons(errors: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{error.get('field', '')} ({error.get('code', '')}): {error.get('reason', '')}" for error in errors]
