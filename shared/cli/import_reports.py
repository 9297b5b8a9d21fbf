"""What an import did, or why it did nothing."""

from collections.abc import Mapping
from typing import Any

import click

from shared.cli.printing import print_rows

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def print_report(report: Mapping[str, Any], *, would_be: bool = False) -> None:
    """`would_be`: of an import that was held."""
    counts = ", ".join(f"{report.get(name, 0)} {name}" for name in ("new", "changed", "unchanged", "gone"))
    click.echo(f"It would be {counts}." if would_be else counts)
    for note in report.get("notes") or ():
        click.echo(note)
    if going := report.get("going"):
        more = report["gone"] - len(going)
        click.echo(f"Would be gone{f' (the first {len(going)})' if more else ''}:")
        print_rows([{**each, "day": _day(each)} for each in going], ("name", "day", "start"), none="")
    if refused := report.get("refused", []):
        whole = report.get("refusals") or len(refused)
        click.echo(f"{whole:,} refused{f', the first {len(refused):,}' if whole > len(refused) else ''}:")
        print_rows(refused, ("line", "field", "reason"), none="")


def _day(going: Mapping[str, Any]) -> str:
    return _DAYS[going["weekday"] - 1] if going["weekday"] else "by appointment"
