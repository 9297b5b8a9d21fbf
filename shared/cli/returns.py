"""`famalink return`: what is reported about treatment, as a file."""

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from shared.cli.calling import answer_of, ask
from shared.cli.failing import Failed
from shared.cli.people import TEAM_LEAD, bearer_of
from shared.cli.printing import example, json_option, print_json

if TYPE_CHECKING:
    import httpx

_DOOR = "/api/returns/ndtms"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("return")
def return_() -> None:
    """Returns on treatment. Needs the role team-lead."""


@return_.command(
    epilog=example(
        "famalink return ndtms --from 2026-04-01 --to 2026-09-30 --mapping our-data-set.json > mutual-aid.csv",
        "famalink return ndtms --from 2026-04-01 --to 2026-09-30 --mapping CDS-K --superseded-anyway",
    )
)
@click.option("--from", "first", required=True, type=_DAY, help="First day of the review window.")
@click.option("--to", "last", required=True, type=_DAY, help="Last day: that of the review.")
@click.option("--mapping", required=True, metavar="VERSION|FILE.json", help="One that comes with Famalink, or yours.")
@click.option("--superseded-anyway", is_flag=True, help="To see what an old version looked like: do not submit it.")
@json_option
def ndtms(*, first: datetime, last: datetime, mapping: str, superseded_anyway: bool, as_json: bool) -> None:
    """Print that access to mutual aid was facilitated, as CSV: one line for each client who agreed to be in it."""
    asked = {"from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
    answer = _asked(asked, mapping, superseded_anyway)
    if not answer.is_success:
        answer_of(answer)
    mark, left_out = answer.headers.get("famalink-mark"), int(answer.headers.get("famalink-left-out", 0))
    if as_json:
        print_json({"mark": mark, "leftOut": left_out, "lines": _lines(answer.text)})
        return
    click.echo("Clients whose records are not open to you, if there are any, are not in it.", err=True)
    if mark:
        click.echo(f"{mark.upper()}: this mapping is superseded.", err=True)
    if left_out:
        click.echo(f"{left_out} left out: they have no NHS number, and the mapping asks for it.", err=True)
    click.echo(answer.text, nl=False)


def _asked(window: dict[str, str], mapping: str, anyway: bool) -> "httpx.Response":
    bearer = bearer_of(TEAM_LEAD)
    if not mapping.endswith(".json"):
        asked = {**window, "mapping": mapping, **({"supersededAnyway": "yes"} if anyway else {})}
        return ask("GET", "referrals", _DOOR, bearer, params=asked)
    body = {**window, "mapping": _table(Path(mapping)), "supersededAnyway": anyway}
    return ask("POST", "referrals", _DOOR, bearer, json=body)


def _table(file: Path) -> object:
    try:
        return json.loads(file.read_bytes())
    except (OSError, ValueError):
        raise Failed(f"{file} is not a file with JSON in it.") from None


def _lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))
