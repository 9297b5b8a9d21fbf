"""`famalink directory`: feeds of meetings into the directory, once or again and again."""

from pathlib import Path
from typing import Any

import click

from shared.cli.calling import answer_of, ask
from shared.cli.directory_sources import sources
from shared.cli.failing import Failed, Stopped
from shared.cli.far_along import Sent, bar
from shared.cli.import_reports import print_report
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json

FORMATS = ("bmlt", "meeting-guide", "tsml-csv", "open-referral", "csv")


@click.group()
def directory() -> None:
    """The directory of local meetings."""


directory.add_command(sources)


@directory.command(
    "import",
    epilog=example(
        "famalink directory import --feed leeds --time-zone Europe/London --format csv meetings.csv",
        "famalink directory import --feed na-ny --time-zone America/New_York --format bmlt na.json",
    ),
)
@click.option("--feed", required=True, metavar="NAME", help="The same name each time: it is what meetings belong to.")
@click.option("--time-zone", required=True, metavar="ZONE", help="For rows that have none, e.g. Europe/London.")
@click.option(
    "--format",
    "kind",
    required=True,
    type=click.Choice(FORMATS),
    help="csv is a plain list of your own: `famalink directory template` shows its columns.",
)
@click.option("--formats", type=click.Path(path_type=Path), help="BMLT's list of its format codes.")
@click.option("--agree", is_flag=True, help="Import what was held because it looked wrong: somebody has looked at it.")
@click.argument("file_or_url")
@json_option
@click.pass_context
def import_(
    context: click.Context,
    *,
    feed: str,
    time_zone: str,
    kind: str,
    formats: Path | None,
    agree: bool,
    file_or_url: str,
    as_json: bool,
) -> None:
    """Import a feed of meetings. A feed that is broken, empty or much smaller than before changes nothing.

    With --json, why it did nothing is JSON as well: errors, and what it would do.
    """
    content, codes = _content(file_or_url, quiet=as_json), None if formats is None else _read(formats)
    asked = {"feed": feed, "timeZone": time_zone, "format": kind, **({"agree": "yes"} if agree else {})}
    with bar("Sending", then="Sent; being read and compared", quiet=as_json) as told:
        file = Sent(content, told)
        files: dict[str, Any] = {"file": ("feed", file)}
        if codes is not None:
            files["formats"] = ("formats", codes)
        try:
            answer = ask(
                "POST", "referrals", "/api/directory/imports", bearer_of(OPERATIONS), params=asked, files=files
            )
        except Stopped:
            raise Failed(_stopped(whole=file.tell() == len(content))) from None
    if answer.headers.get("content-type") == "application/problem+json":
        if as_json:
            print_json(answer.json())
            context.exit(1)
        if "new" in (held := answer.json()):
            print_report(held, would_be=True)
    report = answer_of(answer)
    if as_json:
        print_json(report)
    else:
        print_report(report)


@directory.command(
    epilog=example(
        "famalink directory template",
        "famalink directory template --example > meetings.csv",
    )
)
@click.option("--example", "only_example", is_flag=True, help="Only a list of three meetings, to fill in.")
@json_option
def template(*, only_example: bool, as_json: bool) -> None:
    """Print the columns of `--format csv`: what each may hold, and an example. Asks no service."""
    from shared.meetings.plain_list import COLUMNS, EXAMPLE

    rows = [{"column": each.name, "needed": each.needed, "holds": each.holds} for each in COLUMNS]
    if as_json:
        print_json({"columns": rows, "example": EXAMPLE})
        return
    if not only_example:
        click.echo("CSV in UTF-8 with a heading, a meeting a line. Columns with * have to be there.\n")
        for each in COLUMNS:
            name = f"{each.name} *" if each.needed else each.name
            click.echo(click.wrap_text(each.holds, 110, initial_indent=f"{name:<16}", subsequent_indent=" " * 16))
        click.echo("\nFor example (--example prints only this):\n")
    click.echo(EXAMPLE, nl=False)


def _content(file_or_url: str, *, quiet: bool) -> bytes:
    if not file_or_url.startswith(("http://", "https://")):
        return _read(Path(file_or_url))
    from shared.cli.fetching import fetch  # brings asyncio and httpx, which most commands do without

    try:
        with bar("Fetching", quiet=quiet) as told:
            return fetch(file_or_url, told)
    except KeyboardInterrupt:
        raise Failed("Stopped while it was fetched: nothing was imported.") from None


def _stopped(*, whole: bool) -> str:
    if not whole:
        return "Stopped before all of it was sent: nothing was imported."
    return "Stopped after all of it was sent: the service goes on with it. What comes of it is on /ops/directory."


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Failed(f"{file} cannot be read: {error.strerror}.") from None
