"""One world for all walls: each test that changes somebody brings a client of its own."""

from collections.abc import AsyncIterator

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.walls.builder import World
from tests.integration.walls.builder import world as opened_world
from tests.integration.walls.scene import Scene, everyday


@pytest.fixture(scope="package")
async def world(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with opened_world(postgres, tmp_path_factory.mktemp("walls")) as opened:
        yield opened


@pytest.fixture(scope="package")
async def robin(world: World) -> Scene:
    """To be looked at only."""
    return await everyday(world)
