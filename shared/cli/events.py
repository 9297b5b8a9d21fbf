"""`famalink events`: the contract, as this version of Famalink has it."""

import click

from shared.cli.failing import Failed
from shared.cli.printing import example, json_option, print_json, print_rows


@click.group()
def events() -> None:
    """The event types that services and emitters speak."""


@events.command("list", epilog=example("famalink events list"))
@json_option
def list_(as_json: bool) -> None:
    """List every type with its topic."""
    from shared.events.catalogue import CATALOGUE, COMPACTED

    rows = [
        {
            "type": kind.name,
            "topic": kind.topic,
            "saidBy": kind.said_by or "an emitter",
            "personal": kind.personal,
            "compacted": kind.topic in COMPACTED,
        }
        for kind in CATALOGUE.values()
    ]
    print_json({"types": rows}) if as_json else print_rows(rows, ("type", "topic", "saidBy"), none="")


@events.command(epilog=example("famalink events schema uk.famalink.journal.attendance.reported.v1"))
@click.argument("name", metavar="TYPE")
@json_option
def schema(name: str, as_json: bool) -> None:
    """Print the JSON Schema of a type's data."""
    from shared.events.catalogue import CATALOGUE
    from shared.events.published import schema_of

    if name not in CATALOGUE:
        raise Failed(f"{name} is no type of this version. List them with: famalink events list")
    print_json(schema_of(CATALOGUE[name]))
