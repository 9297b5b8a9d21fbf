"""The three services, once for all scenes: each scene has a client of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.demo.doors import Doors
from deploy.local.postgres import EmbeddedPostgres
from tests.integration.scenes.story import set_the_scene
from tests.whole import whole


@pytest.fixture(scope="session")
async def doors(postgres: EmbeddedPostgres, kafka: str, embedded_directory: Path) -> AsyncIterator[Doors]:
    async with whole(postgres, kafka, embedded_directory / "scenes") as services:
        await services.bring_up()
        await set_the_scene(services.doors)
        yield services.doors
