"""Journal as it lives: it hears of clients, meetings and systems, takes facts off the intake topic, and says them."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.journal.handlers.reports import fact_id_of
from shared.events.kafka import to_record
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.integration.journal_builder import (
    SOURCE,
    Journal,
    client_known,
    meeting_listed,
    on_intake,
    opened,
    read_topic,
    reported,
    settings_for,
    system_registered,
    write,
)

CLIENT = uuid4()


@pytest.fixture
async def journal(postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened(settings_for(postgres, kafka_settings, tmp_path), with_kafka=True) as journal:
        yield journal


async def facts(journal: Journal) -> set[UUID]:
    return {row[0] for row in await journal.rows("SELECT fact_id FROM fact")}


async def parked(journal: Journal) -> list[tuple[str, str]]:
    return [tuple(row) for row in await journal.rows("SELECT event_id, code FROM parked ORDER BY seq")]


async def dead(journal: Journal) -> list[tuple[str | None, str, str]]:
    rows = await journal.rows("SELECT event_id, field, code FROM dead_letter ORDER BY at")
    return [tuple(row) for row in rows]


async def test_what_comes_before_its_client_and_meeting_are_heard_of_waits_and_is_then_taken(
    journal: Journal, kafka_settings: KafkaSettings
) -> None:
    listed, known = meeting_listed(), client_known(CLIENT, sequence=1)
    event = reported(CLIENT, UUID(listed.key), id="early")
    fact = fact_id_of(SOURCE, "early")

    await eventually(lambda: ready(journal))
    await write(kafka_settings, on_intake(event))
    await eventually(lambda: parked(journal))
    await write(kafka_settings, to_record(system_registered("demo-emitter")), to_record(known), to_record(listed))
    await eventually(lambda: facts(journal))

    assert await facts(journal) == {fact}
    assert await parked(journal) == []
    said = await eventually(lambda: read_topic(kafka_settings, "fama.attendance"))
    [record] = said
    assert record.key == str(CLIENT).encode()
    assert dict(record.headers)["ce_id"] == str(fact).encode()
    assert orjson.loads(record.value)["outcome"] == "attended"


async def ready(journal: Journal) -> bool:
    return (await journal.http.get("/health/ready")).status_code == 200
