"""`famalink directory import`: a feed of meetings into the directory."""

import sys
from pathlib import Path
from typing import Any

import click

from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json, print_rows

FORMATS = ("bmlt", "meeting-guide", "tsml-csv", "open-referral", "csv")


@click.group()
def directory() -> None:
    """The directory of local meetings."""


@directory.command(
    "import",
    epilog=example(
        "famalink directory import --feed leeds --time-zone Europe/London --format csv meetings.csv",
        "famalink directory import --feed na-ny --time-zone America/New_York --format bmlt na.json",
    ),
)
@click.option("--feed", required=True, metavar="NAME", help="The same name each time: it is what meetings belong to.")
@click.option("--time-zone", required=True, metavar="ZONE", help="For rows that have none, e.g. Europe/London.")
@click.option("--format", "kind", required=True, type=click.Choice(FORMATS))
@click.option("--formats", type=click.Path(path_type=Path), help="BMLT's list of its format codes.")
@click.option("--agree", is_flag=True, help="Import what was held because it looked wrong: somebody has looked at it.")
@click.argument("file_or_url")
@json_option
def import_(
    *, feed: str, time_zone: str, kind: str, formats: Path | None, agree: bool, file_or_url: str, as_json: bool
) -> None:
    """Import a feed of meetings. A feed that is broken, empty or much smaller than before changes nothing."""
    files: dict[str, Any] = {"file": ("feed", _content(file_or_url, as_json))}
    if formats is not None:
        files["formats"] = ("formats", _read(formats))
    _say(f"Sending {len(files['file'][1]):,} bytes …", as_json)
    asked = {"feed": feed, "timeZone": time_zone, "format": kind, **({"agree": "yes"} if agree else {})}
    said = call("POST", "referrals", "/api/directory/imports", bearer_of(OPERATIONS), params=asked, files=files)
    if as_json:
        print_json(said)
    else:
        _print(said)


def _content(file_or_url: str, as_json: bool) -> bytes:
    if not file_or_url.startswith(("http://", "https://")):
        return _read(Path(file_or_url))
    from shared.cli.fetching import fetch  # brings asyncio and httpx, which most commands do without

    shown = not as_json and sys.stderr.isatty()
    body = fetch(file_or_url, _show if shown else lambda *_: None)
    if shown:
        click.echo(err=True)
    return body


def _show(so_far: int, whole: int | None) -> None:
    """One line that grows: what was written there is written over."""
    of_all = f" of {whole:,}" if whole else ""
    click.echo(f"\rFetching: {so_far:,}{of_all} bytes", err=True, nl=False)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Failed(f"{file} cannot be read: {error.strerror}.") from None


def _say(progress: str, as_json: bool) -> None:
    if not as_json and sys.stderr.isatty():
        click.echo(progress, err=True)


def _print(said: dict[str, Any]) -> None:
    click.echo(", ".join(f"{said.get(name, 0)} {name}" for name in ("new", "changed", "unchanged", "gone")))
    refused = said.get("refused", [])
    if refused:
        click.echo(f"{len(refused)} refused:")
        print_rows(refused, ("line", "field", "reason"), none="")
