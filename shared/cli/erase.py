"""`famalink erase`: a client, everywhere."""

from uuid import UUID

import click

from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import TEAM_LEAD, bearer_of
from shared.cli.printing import example, json_option, print_json


@click.command(epilog=example("famalink erase 6f1cb3f0-0b57-4b52-9d2c-1d0d8f3f4a55 --yes"))
@click.argument("client", type=click.UUID)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def erase(client: UUID, yes: bool, as_json: bool) -> None:
    """Erase a client in every service: rows, keys, what is planned, parked and dead. Needs the role team-lead."""
    if not yes:
        _ask(client)
    said = call("DELETE", "referrals", f"/api/clients/{client}", bearer_of(TEAM_LEAD))
    if as_json:
        print_json(said or {"clientId": str(client)})
    else:
        click.echo("Erased in referrals; the other services hear of it now.")


def _ask(client: UUID) -> None:
    try:
        click.confirm(f"Erase {client} everywhere? This cannot be undone", abort=True, err=True)
    except click.Abort:
        raise Failed("Nothing was erased. Where nobody can answer, add --yes.") from None
