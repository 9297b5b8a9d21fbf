"""The rules of all services, and the tests that show them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shared.rules import Rule, rules

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "services.referrals.domain",
    "services.referrals.directory",
    "services.referrals.handouts",
    "services.referrals.feeds",
    "services.journal.domain",
    "services.reminders.domain",
    "shared.meetings",
)
"""Where rules stand."""


@cache
def registered() -> tuple[Rule, ...]:
    """By module, and there in the order in which they stand."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            importlib.import_module(found.name)
    own = [rule for rule in rules() if rule.module.startswith(ROOMS)]
    return tuple(sorted(own, key=lambda rule: rule.module))


@cache
def shown_by() -> dict[str, tuple[str, ...]]:
    """A test's name -> the files that have one of that name, from the project's root."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").glob("**/test_*.py")):
        for name in _tests(path):
            found.setdefault(name, []).append(str(path.relative_to(ROOT)))
    return {name: tuple(paths) for name, paths in found.items()}


def _tests(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name
