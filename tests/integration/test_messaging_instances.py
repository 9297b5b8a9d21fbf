"""Two instances of one service: one of them publishes, both listen, and either may be killed."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain
from time import monotonic
from uuid import UUID, uuid4

import pytest

from shared.events.catalogue import REFERRALS
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Database
from tests.eventually import eventually
from tests.integration.journal_builder import read_topic
from tests.integration.test_messaging import noted, ward
from tests.integration.test_messaging_relay import ids, published, say

__all__ = ["ward"]

CLIENTS = [uuid4() for _ in range(8)]


@dataclass
class Instance:
    """`state`: what it said last."""

    process: asyncio.subprocess.Process
    state: str = ""
    reading: asyncio.Task[None] = field(init=False)

    def __post_init__(self) -> None:
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if not line.startswith(b"{"):  # the rest are log lines
                self.state = line.decode().strip()

    async def is_(self, state: str) -> bool:
        return state in self.state

    async def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        await self.reading


@asynccontextmanager
async def instance(settings: KafkaSettings, database: Database, name: str) -> AsyncIterator[Instance]:
    told = (database.url, f"{database.url}_keys", settings.bootstrap, settings.prefix, name)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.integration.messaging_process", *told, stdout=asyncio.subprocess.PIPE
    )
    one = Instance(process)
    try:
        yield one
    finally:
        await one.kill()


@pytest.mark.usefixtures("ward")
async def test_one_publishes_the_other_takes_over_and_a_name_gets_its_partitions_back_at_once(
    kafka_settings: KafkaSettings, database: Database
) -> None:
    async with instance(kafka_settings, database, "a") as first:
        await eventually(lambda: first.is_("connected leading"), within=60)
        async with instance(kafka_settings, database, "b") as second:
            await eventually(lambda: second.is_("connected waiting"), within=60)
            said = await say_to_all(database)
            await first.kill()
            said = joined(said, await say_to_all(database))
            await eventually(lambda: published(database), within=5)
            await eventually(lambda: second.is_("leading"), within=1)  # it says how it is five times a second

            async with instance(kafka_settings, database, "a"):
                began = monotonic()
                await eventually(lambda: all_noted(database, said))
                print(f"all noted {monotonic() - began:.1f} s after it was started again")
    records = await read_topic(kafka_settings, REFERRALS)
    found = await noted(database)
    for client, events in said.items():
        assert list(dict.fromkeys(ids(records, client))) == events
        assert [event for event in found if event in set(events)] == events


async def say_to_all(database: Database) -> dict[UUID, list[UUID]]:
    """Ten each, in several transactions."""
    said: dict[UUID, list[UUID]] = {client: [] for client in CLIENTS}
    for _ in range(2):
        for client in CLIENTS:
            said[client] += await say(database, client, 5)
    return said


def joined(said: dict[UUID, list[UUID]], more: dict[UUID, list[UUID]]) -> dict[UUID, list[UUID]]:
    return {client: said[client] + more[client] for client in said}


async def all_noted(database: Database, said: dict[UUID, list[UUID]]) -> bool:
    return len(await noted(database)) >= len(list(chain(*said.values())))
