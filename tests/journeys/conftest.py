"""One local run for all journeys."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.journeys.example import Example, posted
from tests.journeys.local_run import LocalRun, local_run

_HERE = Path(__file__).parent


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
async def example(run: LocalRun) -> Example:
    """The README's event, sent once."""
    return await posted(run)
