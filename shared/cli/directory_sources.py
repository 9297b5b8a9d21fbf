"""`famalink directory sources`: where feeds are fetched from, by the service itself."""

import time
from collections.abc import Container, Mapping
from typing import Any

import click

from shared.cli.calling import call
from shared.cli.failing import Failed, Stopped
from shared.cli.far_along import Told, bar
from shared.cli.import_reports import print_report
from shared.cli.people import OPERATIONS, bearer_of
from shared.cli.printing import example, json_option, print_json, print_rows

_AT, _IMPORTS = "/api/directory/sources", "/api/directory/imports/{}"
_LOOK = 0.5
"""Seconds between looks at how far an import is."""
_COLUMNS = ("feed", "area", "owner", "schedule", "dueAt", "seenAt", "last", "why")


@click.group()
def sources() -> None:
    """Feeds that are fetched from an address on a schedule. Needs the role operations."""


@sources.command(
    epilog=example(
        "famalink directory sources add leeds --format csv --time-zone Europe/London --daily-at 04:30 \\",
        "      --owner 'Otto Example' --area Leeds https://lists.example/meetings.csv",
    )
)
@click.argument("feed")
@click.argument("url")
@click.option("--format", "kind", required=True, help="As for `famalink directory import`.")
@click.option("--formats-url", help="BMLT: where its server answers to GetFormats.")
@click.option("--time-zone", required=True, metavar="ZONE", help="For rows that have none, and for --daily-at.")
@click.option("--every-hours", type=int, metavar="N", help="Or --daily-at.")
@click.option("--daily-at", metavar="HH:MM", help="Local time in the zone.")
@click.option("--owner", required=True, help="Who answers for the area.")
@click.option("--area", required=True)
@json_option
def add(*, feed: str, url: str, kind: str, as_json: bool, **said: str | int | None) -> None:
    """Fetch FEED from URL, now and then by its schedule."""
    names = {"formats_url": "formatsUrl", "time_zone": "timeZone", "every_hours": "everyHours", "daily_at": "dailyAt"}
    body = {"feed": feed, "url": url, "format": kind}
    body |= {names.get(name, name): value for name, value in said.items() if value is not None}  # type: ignore[misc]
    added = call("POST", "referrals", _AT, bearer_of(OPERATIONS), json=body)
    if as_json:
        print_json(added)
    else:
        click.echo(f"{feed} is fetched from now on: famalink directory sources list")


@sources.command("list", epilog=example("famalink directory sources list"))
@json_option
def list_(*, as_json: bool) -> None:
    """List them, with when they were there last and how that ended."""
    found = call("GET", "referrals", _AT, bearer_of(OPERATIONS))
    if as_json:
        print_json(found)
    else:
        print_rows([_shown(each) for each in found["sources"]], _COLUMNS, none="No feed is fetched from an address.")


@sources.command(epilog=example("famalink directory sources run leeds", "famalink directory sources run leeds --agree"))
@click.argument("feed")
@click.option("--agree", is_flag=True, help="Import what was held because it looked wrong: somebody has looked at it.")
@json_option
@click.pass_context
def run(context: click.Context, *, feed: str, agree: bool, as_json: bool) -> None:
    """Fetch FEED now, and say what came of it. Not applied: exit code 1."""
    bearer = bearer_of(OPERATIONS)
    asked = call("POST", "referrals", f"{_AT}/{_source(feed, bearer)}/imports", bearer, json={"agree": agree})
    try:
        ended = _ended(asked["importId"], bearer, quiet=as_json)
    except (KeyboardInterrupt, Stopped):
        raise Failed("Stopped waiting; the service goes on with it: famalink directory sources list") from None
    if as_json:
        print_json(ended)
    elif ended["report"]:
        print_report(ended["report"], would_be=ended["outcome"] != "applied")
    if ended["outcome"] != "applied":
        if as_json:
            context.exit(1)
        raise Failed(f"{ended['outcome']}: {ended['problem']['reason']} Nothing was changed.")


@sources.command(epilog=example("famalink directory sources remove leeds"))
@click.argument("feed")
@json_option
def remove(*, feed: str, as_json: bool) -> None:
    """Fetch FEED no more. Its meetings stay listed."""
    bearer = bearer_of(OPERATIONS)
    removed = call("DELETE", "referrals", f"{_AT}/{_source(feed, bearer)}", bearer)
    if as_json:
        print_json(removed)
    else:
        click.echo(f"{feed} is fetched no more; its meetings stay listed.")


def _source(feed: str, bearer: str) -> str:
    found = call("GET", "referrals", _AT, bearer)["sources"]
    for each in found:
        if each["feed"] == feed:
            return str(each["sourceId"])
    raise Failed(f"{feed} is not fetched from an address: famalink directory sources list")


def _ended(import_id: str, bearer: str, *, quiet: bool) -> dict[str, Any]:
    if not quiet:
        _say_what_is_waited_for(call("GET", "referrals", _IMPORTS.format(import_id), bearer))
    with bar("Fetching", quiet=quiet) as told:
        run = _followed(import_id, bearer, told, ("fetched", "fetchedOf"), ("reading", "comparing", "writing", "ended"))
    if run["state"] == "ended":
        return run
    with bar("Reading and comparing, then writing", quiet=quiet) as told:
        return _followed(import_id, bearer, told, ("written", "lines"), ("ended",))


def _say_what_is_waited_for(run: Mapping[str, Any]) -> None:
    """It was under way before this command asked for it: its instance may even have died."""
    if run["state"] != "running":
        return
    since = f"{run['askedAt'][11:16]} UTC ({run['by'].removeprefix('person:')})"
    click.echo(f"{run['feed']} is being read already, asked for at {since}: waiting for that.", err=True)
    click.echo("If the instance that reads it has died, another one begins anew within a minute.", err=True)


def _followed(
    import_id: str, bearer: str, told: Told, counted: tuple[str, str], until: Container[str]
) -> dict[str, Any]:
    """How much of how much is counted of its progress, until it is in one of the phases."""
    so_far, whole = counted
    while True:
        run: dict[str, Any] = call("GET", "referrals", _IMPORTS.format(import_id), bearer)
        told(run["progress"][so_far], run["progress"][whole] or None)
        if run["phase"] in until:
            return run
        time.sleep(_LOOK)


def _shown(source: Mapping[str, Any]) -> dict[str, Any]:
    every, last = source["everyHours"], source["lastImport"]
    schedule = f"every {every} h" if every else f"daily at {source['dailyAt'][:5]}"
    why = last and last["problem"] and last["problem"]["reason"]
    times = {name: source[name] and f"{source[name][:16]}Z".replace("T", " ") for name in ("dueAt", "seenAt")}
    return {**source, **times, "schedule": schedule, "last": last and (last["outcome"] or last["state"]), "why": why}
