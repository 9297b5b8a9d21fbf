"""What is parked by itself is tried again by time; what is kept for a while is forgotten after it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from shared.messaging import batches
from shared.messaging.due import retry_due
from shared.messaging.received import Received, Setback, Topic
from shared.messaging.retries import Retries
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.problems import Problem
from shared.storage.database import Database, UnitOfWork
from tests.integration.test_messaging import number

INTAKE = "fama.attendance.intake"
HOUR = timedelta(hours=1)


class Desk:
    """Takes what it knows; what it does not know waits, what is `foreign` never will be taken.

    What is `broken` it cannot handle.
    """

    def __init__(self) -> None:
        self.known: set[str] = set()
        self.foreign: set[str] = set()
        self.broken: set[str] = set()
        self.taken: list[str] = []

    @property
    def topic(self) -> Topic:
        return Topic(INTAKE, self.apply, ordered=False)

    async def apply(self, uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
        names = [received.key or "" for received in batch]
        if self.broken.intersection(names):
            raise RuntimeError("cannot be handled")
        self.taken += [name for name in names if name in self.known]
        back = [received for received in batch if received.key not in self.known]
        return [_setback(uow, received, received.key in self.foreign) for received in back]


def _setback(uow: UnitOfWork, received: Received, foreign: bool) -> Setback:
    return Setback(
        received=received,
        problem=Problem("data.client", "unknown-client", "No such client."),
        park_under=None if foreign else received.key,
        next_try=uow.now,
        give_up=uow.now + HOUR,
    )


@pytest.fixture
async def desk(database: Database) -> Desk:
    """Ten wait for what is not known yet."""
    desk = Desk()
    waiting = [Received(INTAKE, 0, offset, f"fact-{offset}", (), b"{}") for offset in range(10)]
    await batches.apply(database, desk.topic, waiting)
    return desk


async def look(database: Database, desk: Desk, at: datetime | None = None) -> None:
    await retry_due(database, {INTAKE: desk.topic}, at or datetime.now(UTC))


async def parked(database: Database) -> list[tuple[str, str, int, bool]]:
    """Key, code, tries and whether time tries it again."""
    query = "SELECT key, code, tries, next_try_at IS NOT NULL FROM parked ORDER BY seq"
    async with database.reading() as connection:
        return await (await connection.execute(query)).fetchall()


async def test_one_that_cannot_be_handled_holds_up_no_other(database: Database, desk: Desk) -> None:
    desk.known = {f"fact-{offset}" for offset in range(9)}
    desk.broken = {"fact-4"}
    await look(database, desk)
    assert sorted(desk.taken) == sorted(desk.known - desk.broken)
    assert await parked(database) == [("fact-4", "handler-failed", 1, True), ("fact-9", "unknown-client", 1, True)]


async def test_what_stays_unknown_becomes_a_dead_letter_and_what_stays_broken_waits_for_a_person(
    database: Database, desk: Desk
) -> None:
    desk.broken = {"fact-4"}
    async with database.work() as uow:
        await uow.connection.execute("UPDATE parked SET give_up_at = now() - interval '1 minute'")
    await look(database, desk)
    assert await parked(database) == [("fact-4", "handler-failed", 1, False)]
    assert await number(database, b"SELECT count(*) FROM dead_letter WHERE code = 'unknown-client'") == 9


async def test_each_wait_is_about_as_long_as_all_before_it(database: Database, desk: Desk) -> None:
    async with database.work() as uow:
        await uow.connection.execute("UPDATE parked SET parked_at = now() - interval '2 minutes'")
    await look(database, desk)
    waits = b"SELECT extract(epoch FROM min(next_try_at) - now())::int FROM parked"
    assert 110 <= await number(database, waits) <= 120
    assert not desk.taken


async def test_what_no_index_takes_is_parked_and_not_waited_for(database: Database) -> None:
    """PostgreSQL calls it an operational error, as if it were away."""

    async def keep(uow: UnitOfWork, _: Sequence[Received]) -> list[Setback]:
        await uow.connection.execute("CREATE TABLE kept (words text PRIMARY KEY)")
        await uow.connection.execute(
            "INSERT INTO kept SELECT string_agg(md5(n::text), '') FROM generate_series(1, 500) n"
        )
        return []

    await batches.apply(database, Topic(INTAKE, keep), [Received(INTAKE, 0, 0, "large", (), b"{}")])
    [(key, code, _, again)] = await parked(database)
    assert (key, code, again) == ("large", "handler-failed", False)


async def test_what_is_away_is_waited_for_and_parks_nothing(database: Database) -> None:
    async def away(_: UnitOfWork, __: Sequence[Received]) -> list[Setback]:
        raise psycopg.OperationalError

    with pytest.raises(psycopg.OperationalError):
        await batches.apply(database, Topic(INTAKE, away), [Received(INTAKE, 0, 0, "key", (), b"{}")])
    assert await parked(database) == []


async def test_a_dead_letter_that_cannot_be_handled_says_so_and_stays_until_it_can(database: Database) -> None:
    desk = Desk()
    desk.foreign = {"fact"}
    await batches.apply(database, desk.topic, [Received(INTAKE, 0, 0, "fact", (), b"{}")])
    async with database.reading() as connection:
        [(letter,)] = await (await connection.execute("SELECT id FROM dead_letter")).fetchall()
    retries = Retries(database, {INTAKE: desk.topic})

    desk.broken = {"fact"}
    refused = await retries.replay(letter)
    assert refused is not None
    assert refused.code == "handler-failed"
    assert await number(database, b"SELECT count(*) FROM dead_letter") == 1

    desk.broken, desk.foreign, desk.known = set(), set(), {"fact"}
    assert await retries.replay(letter) is None
    assert desk.taken == ["fact"]
    assert await number(database, b"SELECT count(*) FROM dead_letter") == 0


async def test_what_is_kept_for_a_while_is_forgotten_after_it_and_nothing_else(
    database: Database, kafka_settings: KafkaSettings
) -> None:
    """Published events a week, applied ones longer than any topic, dead letters 14 days; what waits to go out stays."""
    async with database.work() as uow:
        for days in (5, 8, 13, 15, 34, 36):
            await _keep(uow, days)
    await Messaging(kafka_settings, "referrals", database, []).forget_old()
    assert await _ages(database, "published_at", "outbox WHERE published_at IS NOT NULL") == [5]
    assert await _ages(database, "recorded_at", "outbox WHERE published_at IS NULL") == [5, 8, 13, 15, 34, 36]
    assert await _ages(database, "received_at", "inbox") == [5, 8, 13, 15, 34]
    assert await _ages(database, "at", "dead_letter") == [5, 8, 13]


async def _keep(uow: UnitOfWork, days: int) -> None:
    at = uow.now - timedelta(days=days)
    said = """INSERT INTO outbox (event_id, topic, key, headers, recorded_at, published_at)
        VALUES (gen_random_uuid(), 'fama.referrals', '', '', %s, %s)"""
    for published_at in (at, None):
        await uow.connection.execute(said, (at, published_at))
    await uow.connection.execute("INSERT INTO inbox VALUES (gen_random_uuid(), %s)", (at,))
    dead = """INSERT INTO dead_letter (id, topic, partition, "offset", record, field, code, reason, at)
        VALUES (gen_random_uuid(), %s, 0, %s, '', '', '', '', %s)"""
    await uow.connection.execute(dead, (INTAKE, days, at))


async def _ages(database: Database, column: str, where: str) -> list[int]:
    """In days."""
    query = f"SELECT extract(day FROM now() - {column})::int AS age FROM {where} ORDER BY age"
    async with database.reading() as connection:
        return [age for (age,) in await (await connection.execute(query.encode())).fetchall()]
