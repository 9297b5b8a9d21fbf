"""`famalink deadletters`: records that could not be read, or that nobody could apply. Kept for 14 days."""

from typing import Any

import click

from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json, print_one, print_rows
from shared.cli.settings import SERVICES

_COLUMNS = ("id", "service", "at", "topic", "partition", "offset", "field", "code", "reason")
_service = click.option("--service", type=click.Choice(SERVICES), help="One service only.")


@click.group()
def deadletters() -> None:
    """Records that could not be taken. Needs the role operations."""


@deadletters.command("list", epilog=example("famalink deadletters list", "famalink deadletters list --service journal"))
@_service
@json_option
def list_(service: str | None, as_json: bool) -> None:
    """List them, newest first."""
    found = _all(service)
    if as_json:
        print_json({"deadletters": found})
    else:
        print_rows(found, _COLUMNS, none="There are no dead letters.")


@deadletters.command(epilog=example("famalink deadletters show 2b0c8f0e-…"))
@click.argument("letter", type=click.UUID)
@_service
@json_option
def show(letter: object, service: str | None, as_json: bool) -> None:
    """Show one: where it lay and why it was not taken. Never what it held: that may be anything."""
    found = _one(str(letter), service)
    print_json(found) if as_json else print_one(found)


@deadletters.command(epilog=example("famalink deadletters replay 2b0c8f0e-…"))
@click.argument("letter", type=click.UUID)
@_service
@json_option
def replay(letter: object, service: str | None, as_json: bool) -> None:
    """Try one again, once its reason is gone."""
    found = _one(str(letter), service)
    path = f"/api/deadletters/{found['id']}/replay"
    said = call("POST", found["service"], path, bearer_of(OPERATIONS))
    if as_json:
        print_json(said)
    if said["problem"]:
        raise Failed(f"Not taken again, so it stays: {said['problem']['reason']}")
    if not as_json:
        click.echo("Taken.")


def _all(service: str | None) -> list[dict[str, Any]]:
    bearer = bearer_of(OPERATIONS)
    return [
        {"service": name, **letter}
        for name in ([service] if service else SERVICES)
        for letter in call("GET", name, "/api/deadletters", bearer)["deadletters"]
    ]


def _one(letter: str, service: str | None) -> dict[str, Any]:
    for found in _all(service):
        if found["id"] == letter:
            return found
    raise Failed(f"There is no dead letter {letter}. It may have been replayed, or be older than 14 days.")
