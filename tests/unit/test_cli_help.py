"""The command line explains itself, and starts before a person notices."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from services.referrals.feeds import parse
from shared.cli.__main__ import famalink

FIXED = {
    "token",
    "systems add",
    "systems list",
    "systems disable",
    "directory import",
    "directory template",
    "directory sources add",
    "directory sources list",
    "directory sources run",
    "directory sources remove",
    "directory postcodes",
    "emit attendance",
    "parked list",
    "parked show",
    "parked retry",
    "parked discard",
    "deadletters list",
    "deadletters show",
    "deadletters replay",
    "events list",
    "events schema",
    "return ndtms",
    "erase",
}


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


ALL = dict(commands(famalink))


def test_the_commands_are_those_that_others_rely_on() -> None:
    assert {" ".join(path) for path in ALL} == FIXED


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example_and_prints_json(path: tuple[str, ...]) -> None:
    before = ["parked", "--service", "journal", *path[1:]] if path[0] == "parked" else [*path]
    shown = CliRunner().invoke(famalink, [*before, "--help"])
    assert shown.exit_code == 0
    assert f"  famalink {path[0]}" in shown.output.partition("Example:")[2]
    assert "--json" in shown.output
    assert ALL[path].help


@pytest.mark.parametrize("command", ["list", "show", "retry", "discard"])
def test_help_with_what_is_parked_asks_for_no_service(command: str) -> None:
    assert CliRunner().invoke(famalink, ["parked", command, "--help"]).exit_code == 0


def test_a_key_goes_again_when_nobody_was_registered_with_it(tmp_path: Path) -> None:
    nobody = {**NOBODY, "STATE_DIR": str(tmp_path / "run"), "FAMALINK_TOKEN": "t"}
    add = ["systems", "add", "check-in", "--provider", "X99", "--scope", "events.read", "--make-key"]
    assert CliRunner().invoke(famalink, add, env=nobody).exit_code == 1
    assert list(tmp_path.rglob("*.json")) == []


def test_help_loads_nothing_that_only_some_commands_need() -> None:
    code = (
        "import sys; from shared.cli.__main__ import famalink; famalink(['--help'], standalone_mode=False); "
        "print('LOADED', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.partition("LOADED")[2].split())
    assert loaded.isdisjoint({"httpx", "jwt", "cryptography", "pydantic", "shared.events.catalogue", "asyncio"})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["token"], "Say either --system or --person"),
        (["token", "--system", "x", "--person", "kay"], "Say either --system or --person"),
        (["token", "--system", "x"], "needs --scope"),
        (["token", "--person", "nobody"], "'nobody' is not one of"),
        (["parked", "list"], "Missing option '--service'"),
        (
            ["systems", "add", "x", "--provider", "X99", "--scope", "events.read"],
            "Say either --jwks FILE or --make-key",
        ),
        (["erase", "not-a-uuid"], "is not a valid UUID"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_2_and_says_why(arguments: list[str], says: str) -> None:
    done = CliRunner().invoke(famalink, arguments)
    assert done.exit_code == 2
    assert says in done.output


NOBODY = {"FAMALINK_PORT_BASE": "1024", "FAMALINK_TOKEN": "", "STATE_DIR": "/nonexistent/run"}


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (["systems", "list"], NOBODY, "The development sign-in does not answer at http://localhost:1028/authorize"),
        (["systems", "list"], {**NOBODY, "FAMALINK_TOKEN": "t"}, "referrals does not answer at http://localhost:1025/"),
        (["systems", "list"], {"FAMALINK_PORT_BASE": "many"}, "FAMALINK_PORT_BASE=many is not a port"),
        (
            ["systems", "list"],
            {**NOBODY, "FAMALINK_TOKEN": "t", "REFERRALS_URL": "http://localhost:1"},
            "REFERRALS_URL",
        ),
        (["token", "--system", "x", "--scope", "y"], NOBODY, "No private key at /nonexistent/keys/systems/x.json"),
        (["events", "schema", "nonsense"], {}, "famalink events list"),
        (
            ["directory", "import", "--feed", "f", "--time-zone", "Europe/London", "--format", "csv", "/nonexistent"],
            {},
            "cannot be read",
        ),
    ],
)
def test_a_command_that_fails_ends_with_1_and_one_line_that_says_what_to_do(
    arguments: list[str], environment: dict[str, str], says: str
) -> None:
    done = CliRunner().invoke(famalink, arguments, env=environment)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_the_template_of_a_plain_list_says_what_each_column_holds_and_prints_an_example_that_is_read() -> None:
    shown = CliRunner().invoke(famalink, ["directory", "template"])
    assert shown.exit_code == 0
    for word in ("organisation *", "smart-recovery", "wheelchair", "closed-for-now", "1;3", "counted_from"):
        assert word in shown.output
    only = CliRunner().invoke(famalink, ["directory", "template", "--example"])
    assert shown.output.endswith(only.output)
    parsed = parse("csv", only.stdout.encode(), feed="own", time_zone="Europe/London", on=date(2026, 11, 24))
    assert (len(parsed.meetings), parsed.refused) == (3, ())


def test_the_contract_can_be_listed_and_read() -> None:
    listed = CliRunner().invoke(famalink, ["events", "list"])
    assert "uk.famalink.journal.attendance.reported.v1" in listed.output
    assert "fama.attendance.intake" in listed.output
    schema = CliRunner().invoke(famalink, ["events", "schema", "uk.famalink.journal.attendance.reported.v1"])
    assert '"observedAt"' in schema.output
