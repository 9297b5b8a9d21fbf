"""`famalink parked`: events that failed for their own reason, and what waits behind them."""

import click

from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json, print_one, print_rows
from shared.cli.settings import SERVICES

_COLUMNS = ("seq", "parkedAt", "topic", "type", "client", "code", "tries", "reason")


@click.group()
@click.option("--service", type=click.Choice(SERVICES), help="Where they are parked. Always needed.")
@click.pass_context
def parked(context: click.Context, service: str | None) -> None:
    """Events that could not be applied. Needs the role operations."""
    context.obj = service


def _of(service: str | None) -> str:
    """Asked for only now, so that `--help` of a command below needs none."""
    if service is None:
        raise click.UsageError("Missing option '--service'. Say it after parked: famalink parked --service NAME …")
    return service


@parked.command("list", epilog=example("famalink parked --service referrals list"))
@json_option
@click.pass_obj
def list_(service: str | None, as_json: bool) -> None:
    """List them, oldest first."""
    found = call("GET", _of(service), "/api/parked", bearer_of(OPERATIONS))
    if as_json:
        print_json(found)
    else:
        print_rows(found["parked"], _COLUMNS, none=f"Nothing is parked in {service}.")


@parked.command(epilog=example("famalink parked --service referrals show 17"))
@click.argument("seq", type=int)
@json_option
@click.pass_obj
def show(service: str | None, seq: int, as_json: bool) -> None:
    """Show one: where it lay, why it failed, how many wait behind it. Never what it says about a person."""
    found = call("GET", _of(service), f"/api/parked/{seq}", bearer_of(OPERATIONS))
    print_json(found) if as_json else print_one(found)


@parked.command(epilog=example("famalink parked --service referrals retry 17"))
@click.argument("seq", type=int)
@json_option
@click.pass_obj
def retry(service: str | None, seq: int, as_json: bool) -> None:
    """Try it again, with those of the same client in front of it and behind, in order."""
    said = call("POST", _of(service), f"/api/parked/{seq}/retry", bearer_of(OPERATIONS))
    if as_json:
        print_json(said)
    else:
        click.echo(f"Applied: {said['applied']}")
    if said["problem"]:
        raise Failed(f"Then one failed again: {said['problem']['reason']}")


@parked.command(epilog=example("famalink parked --service referrals discard 17 --yes"))
@click.argument("seq", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def discard(service: str | None, seq: int, yes: bool, as_json: bool) -> None:
    """Give it up for good. What waits behind it is tried at once."""
    where = _of(service)
    if not yes:
        click.confirm(f"Discard event {seq} in {where}? It will never be applied", abort=True, err=True)
    said = call("POST", where, f"/api/parked/{seq}/discard", bearer_of(OPERATIONS))
    print_json(said) if as_json else click.echo("Discarded.")
