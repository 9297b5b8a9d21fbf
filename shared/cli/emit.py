"""`famalink emit attendance`: one attendance event, as an emitter sends it."""

from typing import Any
from uuid import uuid4

import click

from shared.cli import settings as places
from shared.cli.calling import call
from shared.cli.failing import Failed
from shared.cli.printing import example, json_option, print_json

_SCOPE = "attendance.write"


@click.group()
def emit() -> None:
    """Send events as another system would."""


@emit.command(
    epilog=example(
        "famalink emit attendance --example > attended.json",
        "famalink emit attendance --client 6f1c… --meeting-id 9a0b… --outcome attended",
    )
)
@click.option("--example", "as_example", is_flag=True, help="Print what fits today's demo data; send nothing.")
@click.option("--print", "only_print", is_flag=True, help="Print the event; send nothing.")
@click.option("--client", metavar="UUID", help="The client's pseudonym; or --card-code.")
@click.option("--card-code", metavar="CODE", help="The code on the client's attendance card.")
@click.option("--meeting-id", metavar="UUID", help="The meeting; or --organisation, --place and --start.")
@click.option("--organisation", metavar="CODE", help="Whose meeting, for example aa.")
@click.option("--place", metavar="TEXT", help="Where, as the directory has it.")
@click.option("--start", metavar="TIME", help="When it began, with zone.")
@click.option("--outcome", type=click.Choice(["attended", "not-attended", "not-known"]), default="attended")
@click.option("--observed-at", metavar="TIME", help="With zone; now unless said.")
@click.option("--reported-by", type=click.Choice(["client", "keyworker", "peer", "emitter"]), default="emitter")
@click.option("--corrects", metavar="ID", help="An earlier event of the same source.")
@click.option("--id", "event_id", metavar="ID", help="Unique for the source, for ever; made unless said.")
@click.option("--system", default="demo-emitter", show_default=True, help="Who sends it.")
@json_option
def attendance(
    as_example: bool,
    only_print: bool,
    event_id: str | None,
    system: str,
    as_json: bool,
    **said: Any,  # noqa: ANN401 - the other options, as click hands them over
) -> None:
    """Send one attendance event to journal, or print it for curl."""
    from shared.cli.attendance_event import attendance_event
    from shared.cli.machines import source_in, system_token

    bearer = system_token(places.read(), system, _SCOPE, None)["access_token"]
    source = source_in(bearer)
    if as_example:
        from shared.cli.demo import todays_event

        print_json(todays_event(places.read(), source))
        return
    event = attendance_event(event_id or uuid4().hex, source, said)
    if only_print:
        print_json(event)
        return
    _send(event, bearer, as_json)


def _send(event: dict[str, Any], bearer: str, as_json: bool) -> None:
    headers = {"Content-Type": "application/cloudevents+json"}
    answer = call("POST", "journal", "/events", bearer, json=event, headers=headers)
    if as_json:
        print_json(answer)
    elif answer["accepted"]:
        click.echo(f"Taken as {answer['accepted'][0]['eventId']}")
    else:
        raise Failed(f"Not taken: {answer['rejected'][0]['reason']}")
