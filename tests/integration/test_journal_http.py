"""`POST /events`: what is taken, and how everything else is answered (4-events, *Attendance from outside*)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.messaging.settings import KafkaSettings
from tests.integration.journal_builder import Journal, opened, reported, settings_for


@pytest.fixture
async def journal(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened(settings_for(postgres, KafkaSettings("localhost:3"), tmp_path), with_kafka=False) as journal:
        yield journal


async def test_an_event_becomes_a_fact_and_is_said(journal: Journal) -> None:
    client, meeting = await journal.knows(), await journal.lists()

    answer = await journal.post(reported(client, meeting, id="1"))

    assert answer.status_code == 202, answer.text
    [accepted] = answer.json()["accepted"]
    assert accepted["index"] == 0
    assert accepted["id"] == "1"
    assert answer.json()["rejected"] == []
    [event] = await journal.said()
    assert event["type"] == "uk.famalink.journal.attendance.recorded.v1"
    assert event["factId"] == accepted["eventId"]
    assert event["standing"] == {"outcome": "attended", "decidedBy": "emitter", "disagreement": False}
