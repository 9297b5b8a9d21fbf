"""What the services stand on goes away, hangs or comes late: nothing is lost, nothing is done twice."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic

import orjson
import pytest

from deploy.local.settings import SERVICES
from tests.eventually import eventually
from tests.faults.house import House, house

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
AWAY = 15.0
"""Seconds. By hand a minute was tried as well."""


@pytest.fixture(scope="module")
async def home(embedded_directory: Path) -> AsyncIterator[House]:
    async with house(embedded_directory / "house") as opened:
        yield opened


@pytest.fixture
def random(pytestconfig: pytest.Config) -> Random:
    return Random(pytestconfig.getoption("randomly_seed", 1))  # noqa: S311 - to be repeated


async def test_services_without_a_broker_take_events_say_what_is_missing_and_catch_up(
    home: House, random: Random
) -> None:
    await home.services.stop()
    home.kafka.kill()
    for name in SERVICES:
        home.services.start(name)
    began = monotonic()
    await eventually(lambda: home.missing("kafka"), within=60)
    await home.send(home.more(random)).done()
    await asyncio.sleep(AWAY - (monotonic() - began))
    assert await home.missing("kafka")
    nobody_complains_without_end(home)

    home.kafka.start()
    await home.comes_through()


async def test_a_broker_that_is_killed_in_the_middle_and_started_again(home: House, random: Random) -> None:
    reports = home.more(random)
    await home.send(reports[:100]).done()
    home.kafka.kill()
    later = home.send(reports[100:])
    await eventually(lambda: home.missing("kafka"))
    await later.done()

    home.kafka.start()
    await home.comes_through()


async def test_a_database_that_is_killed_in_the_middle_and_started_again(home: House, random: Random) -> None:
    reports = home.more(random)
    sending = home.send(reports[:100])
    await asyncio.sleep(0.3)
    home.postgres.kill()
    later = home.send(reports[100:])
    await eventually(lambda: home.missing("database"))
    await asyncio.sleep(8)  # the pools' next attempts by themselves would come after 15 and 31 s
    nobody_complains_without_end(home)

    home.postgres.start()
    home.postgres.wait()
    back = monotonic()
    await eventually(home.ready, within=6)
    print(f"ready {monotonic() - back:.1f} s after the database")
    await asyncio.gather(sending.done(), later.done())
    await home.comes_through()


async def test_a_database_that_hangs_for_twenty_seconds(home: House, random: Random) -> None:
    reports = home.more(random)
    await home.send(reports[:50]).done()
    processes = home.database_processes()
    for process in processes:
        process.suspend()
    try:
        sending = home.send(reports[50:])
        await asyncio.sleep(20)
        assert await home.live()
    finally:
        for process in processes:
            process.resume()
    await sending.done()
    await home.comes_through()


def nobody_complains_without_end(home: House) -> None:
    """Whatever is said again and again has its pauses: of no line more than one a second."""
    since = (datetime.now(UTC) - timedelta(seconds=10)).isoformat()
    for name in SERVICES:
        lines = [orjson.loads(line) for line in home.services.log(name).splitlines() if line.startswith("{")]
        lately = [line for line in lines if line["time"] >= since and line["level"] in ("warning", "error")]
        said = Counter((line["event"], line.get("said")) for line in lately if line["event"] != "request.failed")
        assert max(said.values(), default=0) <= 10, said
