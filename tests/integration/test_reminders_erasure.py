"""What is left of somebody after their erasure: a tombstone, and an audit without content."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.events.kafka import to_record
from shared.messaging.received import Received, Setback
from shared.messaging.setbacks import write
from shared.problems import Problem
from shared.storage.keyring import Erased
from tests.integration.reminders_builder import START, Reminders, known, made, noted, opened, settings_for

TABLES = ["contact", "referral", "commitment", "message", "outbox", "parked", "dead_letter"]


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


async def somebody_with_everything(reminders: Reminders) -> UUID:
    """Planned, said, parked and dead: a row in every table."""
    client = await reminders.client()
    commitment = made(client)
    await reminders.hear(commitment, noted(commitment, "attended"))
    record = to_record(commitment)
    parked = Received("fama.referrals", 0, 7, record.key, record.headers, record.value)
    dead = Received("fama.referrals", 0, 8, record.key, record.headers, record.value)
    problem = Problem("", "handler-failed", "It failed.")
    async with reminders.database.work() as uow:
        waiting = Setback(received=parked, park_under=record.key, problem=problem, client=client, provider="X99")
        await write(uow, [waiting, Setback(received=dead, problem=problem, client=client, provider="X99")])
    return client


async def counted(reminders: Reminders, client: UUID) -> dict[str, int]:
    return {
        table: (await reminders.rows(f"SELECT count(*) FROM {table} WHERE client = %s", client))[0][0]
        for table in TABLES
    }


async def test_erasure_takes_every_row_and_the_key_and_leaves_others_alone(reminders: Reminders) -> None:
    gone, stays = await somebody_with_everything(reminders), await reminders.client(email="stays@example.org")
    before = await counted(reminders, gone)
    assert all(number for table, number in before.items() if table != "referral"), before
    await reminders.hear(known(gone, state="erased"))
    assert set((await counted(reminders, gone)).values()) == {0}
    assert await reminders.rows("SELECT state, team, known_zone FROM client WHERE client = %s", gone) == [
        ("erased", None, None)
    ]
    with pytest.raises(Erased):
        await reminders.database.keys.of(gone)
    assert (await reminders.call("GET", f"/api/clients/{stays}/contact")).status_code == 200


async def test_somebody_erased_is_as_unknown_as_somebody_who_never_was(reminders: Reminders) -> None:
    client = await somebody_with_everything(reminders)
    await reminders.hear(known(client, state="erased"))
    for place in ("contact", "reminders"):
        gone = await reminders.call("GET", f"/api/clients/{client}/{place}")
        never = await reminders.call("GET", f"/api/clients/{uuid4()}/{place}")
        assert (gone.status_code, gone.json()) == (404, never.json())
    assert (await reminders.put(client)).json() == (await reminders.put(uuid4())).json()


async def test_events_that_come_after_the_erasure_are_refused_by_the_tombstone(reminders: Reminders) -> None:
    client = await somebody_with_everything(reminders)
    await reminders.hear(known(client, state="erased"))
    late = made(client, START)
    await reminders.hear(late, noted(late, "attended"), known(client))
    assert set((await counted(reminders, client)).values()) == {0}
    assert await reminders.rows("SELECT state FROM client WHERE client = %s", client) == [("erased",)]


async def test_an_erasure_heard_first_keeps_the_person_out(reminders: Reminders) -> None:
    client = uuid4()
    await reminders.hear(known(client, state="erased"))
    await reminders.hear(made(client))
    assert set((await counted(reminders, client)).values()) == {0}


async def test_nothing_that_identifies_them_is_left_anywhere_in_the_database(reminders: Reminders) -> None:
    client = await somebody_with_everything(reminders)
    await reminders.hear(known(client, state="erased"))
    tables = await reminders.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    for (table,) in tables:
        text = " ".join(str(row) for row in await reminders.rows(f"SELECT t::text FROM {table} t"))
        assert "sam@example.org" not in text
        assert table in ("client", "audit") or str(client) not in text
