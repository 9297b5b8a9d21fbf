"""More words about one evening than a smallint counts, on the tables that the migrations make."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.messaging.settings import KafkaSettings
from tests.integration.journal_builder import Journal, opened, reported, settings_for

SMALLINT = 32_767
_SAID_BEFORE = """
INSERT INTO fact SELECT gen_random_uuid(), client, provider, team, meeting_id, date, word, start, 'not-known',
    reported_by, source, observed_at, recorded_at, corrects, content
FROM fact, generate_series(2, %s) AS word WHERE client = %s AND nth = 1
"""


@pytest.fixture
async def journal(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened(settings_for(postgres, KafkaSettings("localhost:3"), tmp_path), with_kafka=False) as journal:
        yield journal


async def test_after_32767_words_about_one_evening_the_next_ones_are_taken_too(journal: Journal) -> None:
    client, meeting = await journal.knows(), await journal.lists()
    first = await journal.post(reported(client, meeting, data__outcome="not-known"))
    assert first.status_code == 202, first.text
    async with journal.database.work() as uow:
        await uow.connection.execute(_SAID_BEFORE, (SMALLINT, client))

    single = await journal.post(reported(client, meeting, data__outcome="not-attended"))
    both = await journal.batch([reported(client, meeting), reported(client, meeting)])

    assert (single.status_code, both.status_code) == (202, 202), both.text
    assert len(both.json()["accepted"]) == 2
    query = "SELECT max(nth), count(*), count(DISTINCT nth) FROM fact WHERE client = %s"
    assert await journal.rows(query, client) == [(SMALLINT + 3,) * 3]
    told = await journal.attendance(client, journal.person("keyworker"))
    [occurrence] = told.json()["occurrences"]
    assert occurrence["outcome"] == "attended"
