"""Imports that happen at the same moment, on two instances or by two people: each waits for what the other changed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.referrals.directory.handlers.running import Running
from services.referrals.directory.store import listed as store
from services.referrals.directory.store import runs, sources
from services.referrals.directory.store.runs import Asked
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.eventually import eventually
from tests.integration.directory_builder import Directory, as_csv, listed, nobody_plans, opened_directory, person, ten
from tests.publisher import Publisher, published

_WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted
"""


@pytest.fixture
async def directory(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(database, master, tmp_path) as opened:
        yield opened


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    async with published() as opened:
        yield opened


async def at_once(directory: Directory, *bodies: bytes) -> list[dict[str, Any]]:
    """Reports of imports that have all begun before any of them may go on."""

    async def all_wait() -> bool:
        async with directory.database.reading() as connection:
            row = await (await connection.execute(_WAITING)).fetchone()
        return row == (len(bodies),)

    async with directory.database.work() as uow:
        await store.feed_is_mine(uow.connection, "uk")
        begun = [asyncio.create_task(directory.imports(body)) for body in bodies]
        await eventually(all_wait)
    answers = await asyncio.gather(*begun)
    assert [answer.status_code for answer in answers] == [200] * len(bodies)
    return [answer.json() for answer in answers]


async def from_address(directory: Directory, publisher: Publisher) -> UUID:
    body = {"feed": "uk", "format": "csv", "timeZone": "Europe/London", "owner": "Otto Example", "area": "North"}
    asked = body | {"everyHours": 6, "url": publisher.at("/feed.csv")}
    answer = await directory.http.post("/api/directory/sources", json=asked, headers=person("operations"))
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["sourceId"])


async def test_the_same_list_twice_at_once_is_new_once_and_said_once(directory: Directory) -> None:
    reports = await at_once(directory, as_csv(*ten()), as_csv(*ten()))
    assert sorted((report["new"], report["unchanged"]) for report in reports) == [(0, 10), (10, 0)]
    said = [key for _, key, _ in await directory.said()]
    assert len(said) == len(set(said)) == 10


async def test_two_lists_at_once_end_as_one_of_them_and_not_as_a_mixture(directory: Directory) -> None:
    one, other = [*ten()[:9], listed("Only In One")], [*ten()[:9], listed("Only In The Other")]
    reports = await at_once(directory, as_csv(*one), as_csv(*other))
    first, second = sorted(reports, key=lambda report: int(report["new"]), reverse=True)
    assert (first["new"], first["gone"]) == (10, 0)
    assert (second["new"], second["gone"], second["unchanged"]) == (1, 1, 9)
    last = ("Only In One", "Only In The Other")[reports.index(second)]
    names = {meeting["name"] for meeting in await directory.meetings(limit="50")}
    assert {name for name in names if name.startswith("Only In")} == {last}


async def test_while_one_instance_takes_a_run_another_takes_none(directory: Directory, publisher: Publisher) -> None:
    source = await from_address(directory, publisher)
    async with directory.database.work() as uow:
        asked = await runs.ask(uow.connection, Asked(uuid4(), source, "otto", agreed=False), uow.now)
    async with directory.database.work() as one:
        taken = await runs.take(one.connection, one.now)
        assert taken is not None
        assert taken.run_id == asked
        async with directory.database.work() as other:
            assert await runs.take(other.connection, other.now) is None
    async with directory.database.work() as later:
        assert await runs.take(later.connection, later.now) is None


async def test_a_source_that_is_due_is_due_to_one_instance(directory: Directory, publisher: Publisher) -> None:
    source = await from_address(directory, publisher)
    async with directory.database.work() as one:
        assert [due.source_id for due in await sources.due(one.connection, one.now)] == [source]
        async with directory.database.work() as other:
            assert await sources.due(other.connection, other.now) == []


async def test_two_instances_at_once_fetch_and_import_a_feed_once(directory: Directory, publisher: Publisher) -> None:
    publisher.answers("/feed.csv", as_csv(*ten()))
    await from_address(directory, publisher)
    instances = [Running(directory.database, nobody_plans, "loopback") for _ in range(2)]
    await asyncio.gather(*(instance.turn() for instance in instances))
    assert len(publisher.asked) == 1
    assert len(await directory.said()) == 10
