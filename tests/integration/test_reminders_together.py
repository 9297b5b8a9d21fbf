"""Everything at once: partitions of several topics, people at the console and workers, about the same clients."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.events.envelope import Event
from shared.storage.database import Away
from tests.integration.reminders_builder import (
    MORNING,
    START,
    Reminders,
    known,
    listed,
    made,
    noted,
    opened,
    settings_for,
)
from tests.integration.reminders_post import open_mailbox, working

SEED = 7
ROUNDS = 15


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


async def again_if_asked_to(work: Callable[[], Awaitable[None]]) -> int:
    """As the consumer does it. Answers how often the database asked for it."""
    for asked in range(20):
        try:
            await work()
        except Away:
            continue
        return asked
    raise AssertionError("the database never let it through")


async def test_nobody_locks_the_others_up_and_each_message_goes_out_at_most_once(reminders: Reminders) -> None:
    chance = Random(SEED)  # noqa: S311 - no secret
    clients = [await reminders.client(email=f"c{number}@example.org") for number in range(6)]
    meetings = [uuid4() for _ in range(3)]
    commitments = [made(chance.choice(clients), meeting=chance.choice(meetings)) for _ in range(30)]

    async def hear(pick: Callable[[], list[Event[Any]]]) -> int:
        asked = 0
        for _ in range(ROUNDS):
            events = pick()
            asked += await again_if_asked_to(lambda events=events: reminders.hear(*events))  # type: ignore[misc]
        return asked

    def pathway() -> list[Event[Any]]:
        some = chance.sample(commitments, 5)
        return [*some, noted(some[0], chance.choice(["attended", "not-known", "not-attended"]))]

    def directory() -> list[Event[Any]]:
        status = chance.choice(["active", "active", "closed-for-now"])
        start = time(chance.choice([18, 19, 20]))
        at = MORNING + timedelta(seconds=chance.randrange(3600))
        return [listed(meeting, at=at, start=start, status=status) for meeting in chance.sample(meetings, 2)]

    def people() -> list[Event[Any]]:
        return [known(client, team=chance.choice(["north", "south"])) for client in chance.sample(clients, 4)]

    async def console() -> int:
        token = reminders.person("team-lead")
        for _ in range(ROUNDS):
            purposes = chance.sample(["meeting-reminders", "check-ins"], chance.randrange(3))
            answer = await reminders.put(chance.choice(clients), token=token, purposes=purposes)
            assert answer.status_code in (200, 503)
        return 0

    async with open_mailbox() as mailbox, working(reminders.database, mailbox.office, START - timedelta(hours=25), 2):
        asked = await asyncio.gather(hear(pathway), hear(pathway), hear(directory), hear(people), console())
    assert sum(asked) <= ROUNDS, "they lock each other up so often that they hardly get through"
    assert await doubled(reminders) == []
    sent = await reminders.rows("SELECT count(*) FROM message WHERE state = 'sent'")
    assert sent == [(len(mailbox.received),)]


async def doubled(reminders: Reminders) -> list[UUID]:
    """Commitments with a message that was sent twice for the same start."""
    by = "GROUP BY commitment_id, rule, starts_at HAVING count(*) > 1"
    return [row[0] for row in await reminders.rows(f"SELECT commitment_id FROM message WHERE state = 'sent' {by}")]
