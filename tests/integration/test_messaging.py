"""The promise of the README on a real broker and database: applied once, in order, parked or dead-lettered."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaProducer

from shared.events.contract import Contract
from shared.events.envelope import Event
from shared.events.kafka import Record, to_record
from shared.events.referrals import ReferralEnded, ReferralOpened, ReferralReopened
from shared.events.saying import about_client
from shared.messaging.reactions import Reactions, reactions_desk
from shared.messaging.received import Topic
from shared.messaging.service import Messaging
from shared.messaging.settings import KafkaSettings
from shared.storage.database import Database, UnitOfWork
from tests.eventually import eventually

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ILL = uuid4()
"""A referral whose handler fails, until somebody heals it."""


class Ward:
    """A service's reaction that writes down what it was told, in order; it fails for one referral while that is ill."""

    def __init__(self) -> None:
        self.ill = {ILL}

    async def note(self, uow: UnitOfWork, events: Sequence[Event[Any]]) -> None:
        for event in events:
            if event.data.referral_id in self.ill:
                raise RuntimeError("cannot be handled")
            await uow.connection.execute("INSERT INTO noted (client, event) VALUES (%s, %s)", (event.client, event.id))


@pytest.fixture
async def ward(database: Database) -> Ward:
    async with database.work() as uow:
        await uow.connection.execute(
            "CREATE TABLE noted (seq bigint GENERATED ALWAYS AS IDENTITY, client uuid, event uuid)"
        )
    return Ward()


def opened(client: UUID, referral: UUID | None = None) -> Event[Any]:
    data = ReferralOpened(referral_id=referral or uuid4(), for_="self", for_what=("alcohol",), opened_at=NOW)
    return said(data, client)


def said(data: Contract, client: UUID) -> Event[Any]:
    return about_client("referrals", data, client=client, provider="X99", team="north", time=NOW, recorded=NOW)


@asynccontextmanager
async def listening(settings: KafkaSettings, database: Database, ward: Ward) -> AsyncIterator[Messaging]:
    reactions: Reactions = {ReferralOpened: ward.note, ReferralReopened: ward.note}
    topic = Topic("fama.referrals", reactions_desk(reactions))
    messaging = Messaging(settings, "referrals", database, [topic])
    running = asyncio.create_task(messaging.run())
    try:
        await eventually(lambda: _connected(messaging), within=60)
        yield messaging
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def write(settings: KafkaSettings, *records: Record) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=settings.bootstrap)
    await producer.start()
    try:
        for record in records:
            key = record.key.encode() if record.key else None
            await producer.send_and_wait(settings.prefix + record.topic, record.value, key=key, headers=record.headers)
    finally:
        await producer.stop()


async def noted(database: Database) -> list[UUID]:
    async with database.reading() as connection:
        rows = await (await connection.execute("SELECT event FROM noted ORDER BY seq")).fetchall()
    return [row[0] for row in rows]


async def number(database: Database, query: bytes) -> int:
    async with database.reading() as connection:
        row = await (await connection.execute(query)).fetchone()
    return int(row[0]) if row else 0


async def test_what_is_said_in_a_unit_of_work_reaches_the_reaction_once_and_in_order(
    kafka_settings: KafkaSettings, database: Database, ward: Ward
) -> None:
    client = uuid4()
    events = [opened(client) for _ in range(50)]
    async with listening(kafka_settings, database, ward):
        async with database.work() as uow:
            uow.say(*events[:25])
        async with database.work() as uow:
            uow.say(*events[25:])
        await eventually(lambda: _has(database, 50))
    assert await noted(database) == [event.id for event in events]
    assert await number(database, b"SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0


async def test_the_same_event_twice_is_applied_once(
    kafka_settings: KafkaSettings, database: Database, ward: Ward
) -> None:
    event, after = opened(uuid4()), opened(uuid4())
    async with listening(kafka_settings, database, ward):
        await write(kafka_settings, *[to_record(event)] * 3)
        await write(kafka_settings, to_record(event), to_record(after))
        await eventually(lambda: _has(database, 2))
    assert sorted(await noted(database)) == sorted([event.id, after.id])


async def test_a_failing_event_parks_its_client_and_lets_the_others_flow(
    kafka_settings: KafkaSettings, database: Database, ward: Ward
) -> None:
    client, other = uuid4(), uuid4()
    failing, behind = opened(client, ILL), opened(client)
    others = [opened(other) for _ in range(20)]
    async with listening(kafka_settings, database, ward) as messaging:
        async with database.work() as uow:
            uow.say(*others[:10], failing, *others[10:], behind)
        await eventually(lambda: _has(database, 20))
        await eventually(lambda: _parked(database, 2))
        assert set(await noted(database)) == {event.id for event in others}

        ward.ill.clear()
        first = await number(database, b"SELECT min(seq) FROM parked")
        retried = await messaging.retries.retry(first)
    assert (retried.applied, retried.problem) == (2, None)
    assert (await noted(database))[-2:] == [failing.id, behind.id]
    assert await number(database, b"SELECT count(*) FROM parked") == 0


async def test_a_retry_that_fails_again_says_why_and_keeps_the_order(
    kafka_settings: KafkaSettings, database: Database, ward: Ward
) -> None:
    client = uuid4()
    failing, behind = opened(client, ILL), opened(client)
    async with listening(kafka_settings, database, ward) as messaging:
        async with database.work() as uow:
            uow.say(failing, behind)
        await eventually(lambda: _parked(database, 2))
        last = await number(database, b"SELECT max(seq) FROM parked")
        retried = await messaging.retries.retry(last)
        assert retried.problem is not None
        assert retried.problem.code == "handler-failed"
        assert await number(database, b"SELECT count(*) FROM parked") == 2

        first = await number(database, b"SELECT min(seq) FROM parked")
        assert await messaging.retries.discard(first)
        assert await noted(database) == [behind.id]


@pytest.mark.parametrize(
    ("field", "code", "spoil"),
    [
        ("value", "null-value", {"value": None}),
        ("key", "wrong-key", {"key": ""}),
        ("content-type", "not-supported", {"content-type": b"text/plain"}),
        ("ce_subject", "not-utf-8", {"ce_subject": b"\xff\xfe"}),
        ("ce_specversion", "wrong-version", {"ce_specversion": b"0.3"}),
        ("ce_type", "missing", {"ce_type": b""}),
        ("type", "unknown-type", {"ce_type": b"uk.famalink.referrals.referral.vanished.v1"}),
        ("type", "unknown-version", {"ce_type": b"uk.famalink.referrals.referral.opened.v9"}),
        ("time", "time-without-zone", {"ce_time": b"2026-11-22T09:00:00"}),
        ("data", "json-invalid", {"value": b"{"}),
        ("source", "foreign-source", {"ce_source": b"/somebody/else"}),
    ],
)
async def test_what_cannot_be_read_is_a_dead_letter_with_field_and_reason(
    kafka_settings: KafkaSettings, database: Database, ward: Ward, *, field: str, code: str, spoil: dict[str, Any]
) -> None:
    good = opened(uuid4())
    record = to_record(opened(uuid4()))
    headers = [(name, spoil.get(name, value)) for name, value in record.headers]
    broken = Record(record.topic, spoil.get("key", record.key), headers, spoil.get("value", record.value))
    async with listening(kafka_settings, database, ward):
        await write(kafka_settings, broken, to_record(good))
        await eventually(lambda: _has(database, 1))
        await eventually(lambda: number(database, b"SELECT count(*) FROM dead_letter"))
    async with database.reading() as connection:
        row = await (await connection.execute("SELECT field, code, reason, record FROM dead_letter")).fetchone()
    assert row is not None
    assert (row[0], row[1]) == (field, code)
    assert row[2].endswith(".") or field == "data"
    assert b"referrals" not in row[3], "the bytes are sealed"
    said_so = b"SELECT count(*) FROM outbox WHERE topic = 'fama.deadletters'"
    assert await number(database, said_so) == 1


async def test_types_without_a_reaction_are_passed_over(
    kafka_settings: KafkaSettings, database: Database, ward: Ward
) -> None:
    ended = said(ReferralEnded(referral_id=uuid4(), kind="engaged", at=NOW), uuid4())
    async with listening(kafka_settings, database, ward):
        async with database.work() as uow:
            uow.say(ended, opened(uuid4()))
        await eventually(lambda: _has(database, 1))
    assert await number(database, b"SELECT count(*) FROM inbox") == 1


async def test_nothing_is_said_when_the_transaction_fails(database: Database) -> None:
    async def fail() -> None:
        async with database.work() as uow:
            uow.say(opened(uuid4()))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await number(database, b"SELECT count(*) FROM outbox") == 0


async def _has(database: Database, count: int) -> bool:
    return len(await noted(database)) >= count


async def _parked(database: Database, count: int) -> bool:
    return await number(database, b"SELECT count(*) FROM parked") == count


async def _connected(messaging: Messaging) -> bool:
    return messaging.consumer.connected
