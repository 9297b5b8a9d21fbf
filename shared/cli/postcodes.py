"""`famalink directory postcodes`: where postcodes are, so that a client's place can be said by one."""

import csv
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import click

from shared.cli.calling import answer_of, ask
from shared.cli.failing import Failed, of_problem
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json

_AT_ONCE = 50_000
Numbered = tuple[int, str]
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
@click.pass_context
def postcodes(context: click.Context, *, file: Path, as_json: bool) -> None:
    """Load a table of postcodes: a CSV with the columns pcds, lat and long, as the national ones have them.

    Postcodes that are there already move to where the file says they are; none is removed. With --json, why it
    stopped is JSON as well.
    """
    loaded = 0
    try:
        for some in _batches(_lines(file)):
            loaded += _load(some)
            if not as_json and sys.stderr.isatty():
                click.echo(f"\r{loaded:,} postcodes loaded", err=True, nl=False)
    except Failed as why:
        if as_json:
            print_json({"loaded": loaded, "error": why.message})
            context.exit(1)
        raise Failed(f"{why.message} {loaded:,} postcodes before it are loaded.") if loaded else why from None
    if as_json:
        print_json({"loaded": loaded})
    else:
        click.echo(f"{loaded:,} postcodes loaded")


def _load(lines: Sequence[Numbered]) -> int:
    """What is wrong is told by the line of the file."""
    content = "".join(line for _, line in lines).encode()
    headers = {"Content-Type": "text/csv"}
    answer = ask(
        "POST", "referrals", "/api/directory/postcodes", bearer_of(OPERATIONS), content=content, headers=headers
    )
    if answer.is_success or answer.headers.get("content-type") != "application/problem+json":
        return int(answer_of(answer)["loaded"])
    raise of_problem(answer.status_code, _in_the_file(answer.json(), lines))


def _in_the_file(problem: dict[str, Any], lines: Sequence[Numbered]) -> dict[str, Any]:
    for error in problem.get("errors", ()):
        if found := re.fullmatch(r"line (\d+)", error["field"]):
            error["field"] = f"line {lines[int(found[1]) - 1][0]}"
    return problem


def _batches(lines: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    while some := list(islice(lines, _AT_ONCE)):
        yield some


def _lines(file: Path) -> Iterator[Numbered]:
    """Each with the line of the file that it is on."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text)
            columns = _columns(file, next(reader, []))
            for row in reader:
                code, latitude, longitude = (row[column].strip() if column < len(row) else "" for column in columns)
                if _is_somewhere(latitude):
                    yield reader.line_num, f"{_one_cell(code)},{latitude},{_one_cell(longitude)}\n"
    except UnicodeDecodeError:
        raise Failed(f"{file} is not UTF-8; save it as “CSV UTF-8”, and load it again.") from None
    except (OSError, csv.Error) as error:
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


def _one_cell(text: str) -> str:
    """A comma or a new line in it would make it two, and the lines after it others."""
    return " ".join(text.replace(",", ";").replace('"', "'").split())


def _is_somewhere(latitude: str) -> bool:
    try:
        return float(latitude) < _NOWHERE
    except ValueError:
        return False
