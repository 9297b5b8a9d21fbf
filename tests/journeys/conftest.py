"""One local run for all journeys."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.journeys.example import Example, posted
from tests.journeys.local_run import LocalRun, local_run

_HERE = Path(__file__).parent
_SECONDS = pytest.StashKey[float]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys together, after everything else: their services do not run beside what others measure.

    The second start is last of them: the README's client is committed to another meeting then.
    """
    items.sort(key=lambda item: (_HERE in item.path.parents, item.path == _HERE / "test_second_start.py"))


@pytest.fixture(scope="session")
async def run(embedded_directory: Path, kafka: str, postgres: EmbeddedPostgres) -> AsyncIterator[LocalRun]:
    async with local_run(embedded_directory / "journeys", kafka, postgres) as running:
        yield running


@pytest.fixture(scope="session")
async def example(run: LocalRun, pytestconfig: pytest.Config) -> Example:
    """The README's event, sent once."""
    sent = await posted(run)
    pytestconfig.stash[_SECONDS] = sent.seconds
    return sent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if seconds := config.stash.get(_SECONDS, None):
        terminalreporter.write_line(f"From the README's event to its Goal: {seconds * 1000:.0f} ms")
