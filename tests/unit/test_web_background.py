"""Tasks beside the answers."""

import asyncio

import pytest

from shared.web import background
from shared.web.background import Supervised
from tests.eventually import eventually


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_PAUSE", 0.05)


async def test_a_task_that_dies_is_started_again_and_meanwhile_missing() -> None:
    runs: list[int] = []

    async def dies_once() -> None:
        runs.append(len(runs))
        if len(runs) == 1:
            raise OSError
        await asyncio.sleep(60)

    tasks = Supervised({"consumer": dies_once})
    is_up = tasks.probes["consumer"]
    assert not await is_up()
    seen: set[bool] = set()

    async def looked() -> bool:
        seen.add(await is_up())
        return len(runs) == 2 and await is_up()

    async with tasks.running():
        await eventually(looked, within=5)
    assert seen == {True, False}


async def test_a_task_that_just_ends_is_started_again() -> None:
    runs: list[int] = []

    async def ends() -> None:
        runs.append(len(runs))

    async def twice() -> bool:
        return len(runs) >= 2

    async with Supervised({"relay": ends}).running():
        await eventually(twice, within=5)


async def test_tasks_wind_down_with_the_service() -> None:
    ended = asyncio.Event()

    async def tidies_up() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    async with Supervised({"relay": tidies_up}).running():
        await asyncio.sleep(0)
    assert ended.is_set()
