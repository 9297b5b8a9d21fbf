"""`famalink`, and `python -m shared.cli`. Commands load what they need when they run: `--help` is there at once."""

import click

from shared.cli.deadletters import deadletters
from shared.cli.directory import directory
from shared.cli.emit import emit
from shared.cli.erase import erase
from shared.cli.events import events
from shared.cli.parked import parked
from shared.cli.postcodes import postcodes
from shared.cli.returns import return_
from shared.cli.systems import systems
from shared.cli.token import token


@click.group(epilog="Every command has its own --help, with an example.")
@click.version_option(package_name="famalink", prog_name="famalink")
def famalink() -> None:
    """Looks after a running Famalink.

    Services are found on this machine, or where REFERRALS_URL, JOURNAL_URL and REMINDERS_URL say. Commands use the
    bearer in FAMALINK_TOKEN; without it, in the local run, the development person with the role they need.
    """


for command in (token, systems, directory, emit, parked, deadletters, events, return_, erase):
    famalink.add_command(command)
directory.add_command(postcodes)


def main() -> None:
    famalink(prog_name="famalink")


if __name__ == "__main__":
    main()
