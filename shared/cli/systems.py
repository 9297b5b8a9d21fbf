"""`famalink systems`: which systems may ask for a token, and for what."""

import json
from pathlib import Path
from typing import Any

import click

from shared.cli import settings as places
from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json, print_one, print_rows


@click.group()
def systems() -> None:
    """Register systems that read the record or report attendance. Needs the role operations."""


@systems.command(
    epilog=example(
        "famalink systems add check-in --source https://check-in.example --reports-as emitter \\",
        "    --provider X99 --jwks public.json --scope attendance.write",
    )
)
@click.argument("name")
@click.option("--provider", required=True, metavar="ODS", help="The treatment provider's ODS code.")
@click.option("--scope", "scopes", multiple=True, required=True, help="May be given several times.")
@click.option("--source", metavar="URI", help="An emitter's: the source of its events, for ever.")
@click.option("--reports-as", type=click.Choice(["emitter", "peer", "keyworker", "client"]), help="An emitter's.")
@click.option("--jwks", type=click.Path(path_type=Path), help="Its public keys: a JWK Set.")
@click.option("--make-key", is_flag=True, help="Make a pair in the local run's folder instead, for trying out.")
@json_option
def add(
    name: str,
    *,
    provider: str,
    scopes: tuple[str, ...],
    source: str | None,
    reports_as: str | None,
    jwks: Path | None,
    make_key: bool,
    as_json: bool,
) -> None:
    """Register a system. The same NAME again replaces keys, scopes and what it reports as, and enables it."""
    known = places.read().private_key(name).exists()
    body = {
        "name": name,
        "provider": provider,
        "source": source,
        "reportsAs": reports_as,
        "scopes": [one for scope in scopes for one in scope.split()],
        "jwks": _public_keys(name, jwks, make_key),
    }
    _print(_registered(body, places.read().private_key(name) if make_key and not known else None), as_json)


@systems.command("list", epilog=example("famalink systems list"))
@json_option
def list_(as_json: bool) -> None:
    """List your provider's systems."""
    found = call("GET", "referrals", "/api/systems", bearer_of(OPERATIONS))
    if as_json:
        print_json(found)
    else:
        columns = ("name", "state", "provider", "source", "reportsAs", "scopes")
        print_rows(found["systems"], columns, none="No systems are registered.")


@systems.command(epilog=example("famalink systems disable check-in"))
@click.argument("name")
@json_option
def disable(name: str, as_json: bool) -> None:
    """Give a system no more tokens, and take no more events from its source. `add` enables it again."""
    _print(call("POST", "referrals", f"/api/systems/{name}/disabling", bearer_of(OPERATIONS)), as_json)


def _registered(body: dict[str, Any], made: Path | None) -> Any:  # noqa: ANN401 - JSON
    """`made`: a key that goes again if nobody is registered with it."""
    try:
        return call("POST", "referrals", "/api/systems", bearer_of(OPERATIONS), json=body)
    except Failed:
        if made:
            made.unlink(missing_ok=True)
        raise


def _public_keys(name: str, file: Path | None, make_key: bool) -> dict[str, Any]:
    if (file is None) == (not make_key):
        raise click.UsageError("Say either --jwks FILE or --make-key.")
    if file is None:
        from shared.cli.machines import make_private_key, public_key

        return {"keys": [public_key(make_private_key(places.read().private_key(name)))]}
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise Failed(f"{file} is not a file with JSON in it.") from None
    if not isinstance(found, dict):
        raise Failed(f'{file} is not a JWK Set: {{"keys": […]}}.')
    return found if "keys" in found else {"keys": [found]}


def _print(system: dict[str, Any], as_json: bool) -> None:
    print_json(system) if as_json else print_one(system)
