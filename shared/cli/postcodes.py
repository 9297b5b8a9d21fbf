"""`famalink directory postcodes`: where postcodes are, so that a client's place can be said by one."""

import csv
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json

_AT_ONCE = 50_000
_COLUMNS = {
    "postcode": ("pcds", "pcd", "pcd7", "pcd8", "postcode"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "lon", "lng", "longitude"),
}
"""As the national tables of the Office for National Statistics call them, and others."""
_NOWHERE = 99.0
"""The national tables write 99.999999 where a postcode has no place."""


@click.command("postcodes", epilog=example("famalink directory postcodes ONSPD.csv"))
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def postcodes(*, file: Path, as_json: bool) -> None:
    """Load a table of postcodes: a CSV with the columns pcds, lat and long, as the national ones have them.

    Postcodes that are there already move to where the file says they are; none is removed.
    """
    loaded = 0
    for some in _batches(_lines(file)):
        said = call("POST", "referrals", "/api/directory/postcodes", bearer_of(OPERATIONS), **_body(some))
        loaded += said["loaded"]
        if not as_json and sys.stderr.isatty():
            click.echo(f"\r{loaded:,} postcodes loaded", err=True, nl=False)
    if as_json:
        print_json({"loaded": loaded})
    else:
        click.echo(f"{loaded:,} postcodes loaded")


def _body(lines: Iterable[str]) -> dict[str, Any]:
    return {"content": "".join(lines).encode(), "headers": {"Content-Type": "text/csv"}}


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some


def _lines(file: Path) -> Iterator[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text)
            columns = _columns(file, next(reader, []))
            for row in reader:
                code, latitude, longitude = (row[column].strip() if column < len(row) else "" for column in columns)
                if _is_somewhere(latitude):
                    yield f"{code},{latitude},{longitude}\n"
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Failed(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _columns(file: Path, heading: list[str]) -> list[int]:
    """Where the three are. Failed names the one that is missing."""
    names = [name.strip().lower() for name in heading]
    found = {
        what: next((names.index(name) for name in called if name in names), None) for what, called in _COLUMNS.items()
    }
    if missing := [what for what, column in found.items() if column is None]:
        called = ", ".join(_COLUMNS[missing[0]])
        raise Failed(f"{file} has no column for the {missing[0]}: it is called one of {called}.")
    return [column for column in found.values() if column is not None]


def _is_somewhere(latitude: str) -> bool:
    try:
        return float(latitude) < _NOWHERE
    except ValueError:
        return False
