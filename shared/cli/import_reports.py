"""What an import did, or why it did nothing."""

from collections.abc import Mapping
from typing import Any

import click

from shared.cli.printing import print_rows


def print_report(report: Mapping[str, Any]) -> None:
    click.echo(", ".join(f"{report.get(name, 0)} {name}" for name in ("new", "changed", "unchanged", "gone")))
    for note in report.get("notes") or ():
        click.echo(note)
    if refused := report.get("refused", []):
        click.echo(f"{len(refused)} refused:")
        print_rows(refused, ("line", "field", "reason"), none="")
