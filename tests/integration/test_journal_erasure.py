"""An erasure and the recording of facts at the same moment: whoever comes first, nothing stays of the client."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.journal.handlers.attendance import record_attendance
from services.journal.handlers.listed import Listed
from services.journal.handlers.people import know_clients
from services.journal.handlers.reports import report_of
from shared.events.cloudevent import from_object
from shared.messaging.settings import KafkaSettings
from tests.integration.journal_builder import Journal, client_known, opened, reported, settings_for


@pytest.fixture
async def journal(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Journal]:
    settings = settings_for(postgres, KafkaSettings("localhost:3"), tmp_path_factory.mktemp("journal"))
    async with opened(settings, with_kafka=False) as journal:
        await journal.registers("demo-emitter")
        yield journal


async def erase(journal: Journal, client: UUID) -> None:
    async with journal.database.work() as uow:
        await know_clients(uow, [client_known(client, sequence=9, state="erased", emitters=())])


async def test_an_erasure_waits_for_facts_that_are_being_recorded_and_takes_them_too(journal: Journal) -> None:
    client, meeting = await journal.knows(), await journal.lists()
    report = report_of(from_object(reported(client, meeting)))

    async with journal.database.work() as uow:
        assert await record_attendance(uow, Listed(), [report]) == [None]
        erasure = asyncio.create_task(erase(journal, client))
        done, _ = await asyncio.wait([erasure], timeout=0.3)
        assert not done
    await erasure

    assert await journal.facts(client) == []
    assert await journal.said(client) == []


async def test_facts_wait_for_an_erasure_that_is_under_way_and_find_nobody(journal: Journal) -> None:
    client, meeting = await journal.knows(), await journal.lists()

    async with journal.database.work() as uow:
        await know_clients(uow, [client_known(client, sequence=9, state="erased", emitters=())])
        answer = asyncio.create_task(journal.post(reported(client, meeting)))
        done, _ = await asyncio.wait([answer], timeout=0.3)
        assert not done

    assert (await answer).json()["errors"][0]["code"] == "unknown-client"
    assert await journal.facts(client) == []


async def test_one_clients_erasure_holds_up_nobody_for_long(journal: Journal) -> None:
    gone, other, meeting = await journal.knows(), await journal.knows(), await journal.lists()

    await asyncio.gather(erase(journal, gone), *(journal.post(reported(other, meeting)) for _ in range(5)))

    assert len(await journal.facts(other)) == 5
