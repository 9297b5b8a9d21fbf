"""Domain rooms import the standard library, each other and value types of shared: read from their syntax trees."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = sorted((ROOT / "services").glob("*/domain"))
VALUE_TYPES = ("shared.meetings", "shared.problems", "shared.rules")
IMPURE = {"asyncio", "io", "os", "random", "secrets", "socket", "subprocess", "threading", "time", "logging"}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            found.add(node.module or "")
    return found


def allowed(module: str, own: str) -> bool:
    top = module.partition(".")[0]
    if top in IMPURE:
        return False
    return top in sys.stdlib_module_names or module.startswith((f"{own}.", *VALUE_TYPES)) or module == own


def test_every_service_has_a_domain() -> None:
    assert [domain.parent.name for domain in DOMAINS] == ["journal", "referrals", "reminders"]


@pytest.mark.parametrize("path", [p for d in DOMAINS for p in sorted(d.glob("**/*.py"))], ids=lambda p: str(p.stem))
def test_a_domain_module_imports_nothing_that_does_something(path: Path) -> None:
    service = path.relative_to(ROOT).parts[1]
    outside = {module for module in imported(path) if not allowed(module, f"services.{service}.domain")}
    assert not outside


@pytest.mark.parametrize("path", [p for d in DOMAINS for p in sorted(d.glob("**/*.py"))], ids=lambda p: str(p.stem))
def test_a_domain_module_asks_no_clock_and_leaves_nothing_to_chance(path: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"now", "utcnow", "today", "uuid4", "uuid1", "urandom", "token_bytes"}
