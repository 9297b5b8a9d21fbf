"""`famalink token`: the bearer and nothing else."""

from pathlib import Path

import click

from shared.cli import settings as places
from shared.cli.people import PEOPLE
from shared.cli.printing import example, json_option, print_json


@click.command(
    epilog=example(
        "famalink token --system demo-record-system --scope 'system/CarePlan.rs system/Goal.rs'",
        "famalink token --person kay",
    )
)
@click.option("--system", metavar="NAME", help="A registered system; needs --scope.")
@click.option("--scope", metavar="SCOPES", help="What for, with a space between several.")
@click.option("--key", type=click.Path(path_type=Path), help="Its private key as a JWK, if not the local run's.")
@click.option("--person", type=click.Choice(PEOPLE), help="A fictional person of the local run.")
@json_option
def token(system: str | None, scope: str | None, key: Path | None, person: str | None, as_json: bool) -> None:
    """Print a bearer token for a system or, in the local run, for a person."""
    if (system is None) == (person is None):
        raise click.UsageError("Say either --system or --person.")
    if system is not None and scope is None:
        raise click.UsageError("A system's token needs --scope, for example --scope attendance.write.")
    said = _of_system(system, scope or "", key) if system is not None else _of_person(person or "")
    if as_json:
        print_json(said)
    else:
        click.echo(said["access_token"])


def _of_system(system: str, scope: str, key: Path | None) -> dict[str, object]:
    from shared.cli.machines import system_token

    return system_token(places.read(), system, scope, key)


def _of_person(person: str) -> dict[str, object]:
    from shared.cli.people import sign_in

    return {"access_token": sign_in(places.read(), person), "token_type": "bearer"}
