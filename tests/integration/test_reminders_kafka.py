"""Reminders as it runs: what others say on Kafka becomes messages, and what becomes of these is said there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from deploy.local.postgres import EmbeddedPostgres
from services.reminders.settings import PostOffice
from shared.events.envelope import Event, from_cloudevent
from shared.events.kafka import from_record, to_record
from shared.messaging.settings import KafkaSettings
from tests.eventually import eventually
from tests.integration.reminders_builder import Reminders, known, listed, made, noted, opened, settings_for
from tests.integration.reminders_post import open_mailbox


async def write(settings: KafkaSettings, *events: Event) -> None:  # type: ignore[type-arg]
    producer = AIOKafkaProducer(bootstrap_servers=settings.bootstrap)
    await producer.start()
    for record in map(to_record, events):
        topic, key = settings.prefix + record.topic, record.key.encode()
        await producer.send_and_wait(topic, record.value, key=key, headers=list(record.headers))
    await producer.stop()


@asynccontextmanager
async def hearing(settings: KafkaSettings) -> AsyncIterator[list[Event]]:  # type: ignore[type-arg]
    """What is said on `fama.reminders` meanwhile."""
    heard: list[Event] = []  # type: ignore[type-arg]
    consumer = AIOKafkaConsumer(
        f"{settings.prefix}fama.reminders", bootstrap_servers=settings.bootstrap, auto_offset_reset="earliest"
    )
    await consumer.start()

    async def listen() -> None:
        async for record in consumer:
            cloud = from_record("fama.reminders", record.headers, record.value)
            assert cloud is not None
            heard.append(from_cloudevent(cloud))

    listening = asyncio.create_task(listen())
    try:
        yield heard
    finally:
        listening.cancel()
        await consumer.stop()


async def test_a_commitment_heard_on_kafka_is_reminded_of_and_asked_about(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    start = now - timedelta(minutes=30)
    client, meeting = uuid4(), uuid4()
    settings = settings_for(postgres, tmp_path, kafka=kafka_settings)
    async with opened(settings, with_kafka=True) as reminders, hearing(kafka_settings) as heard:
        reminders.now = now

        async def ready() -> bool:
            return (await reminders.http.get("/health/ready")).status_code == 200

        await eventually(ready, within=60)
        commitment = made(client, start, meeting=meeting, at=now)
        await write(kafka_settings, commitment, listed(meeting, at=now), known(client))

        async def put() -> bool:
            return (await reminders.put(client)).status_code == 200

        await eventually(put)
        await eventually(lambda: in_state(reminders, "did-you-go", "planned"))
        await write(kafka_settings, noted(commitment, "attended", at=now), noted(commitment, "attended", at=now))
        await eventually(lambda: in_state(reminders, "how-was-it", "planned"))
        assert await in_state(reminders, "did-you-go", "cancelled")

        async def all_said() -> bool:
            return len(heard) == 3

        await eventually(all_said)
    verbs = [(event.type.name.split(".")[4], event.data.rule) for event in heard]
    assert verbs == [("planned", "did-you-go"), ("cancelled", "did-you-go"), ("planned", "how-was-it")]
    assert {(event.key, event.provider, event.team) for event in heard} == {(str(client), "X99", "north")}


async def in_state(reminders: Reminders, rule: str, state: str) -> bool:
    return await reminders.rows("SELECT state FROM message WHERE rule = %s", rule) == [(state,)]


async def test_the_service_as_it_runs_sends_what_is_due_and_says_so(
    postgres: EmbeddedPostgres, kafka_settings: KafkaSettings, tmp_path: Path
) -> None:
    """With the clock that it runs with: the meeting is chosen so that a message is due now, unless hours are quiet."""
    now = datetime.now(UTC)
    noon_zone = next(zone for zone, hour in zones_by_hour(now) if 10 <= hour < 18)
    async with open_mailbox() as mailbox:
        settings = settings_for(postgres, tmp_path, kafka=kafka_settings, smtp=mailbox.port)
        assert isinstance(settings.post_office, PostOffice)
        async with opened(settings, with_kafka=True) as reminders, hearing(kafka_settings) as heard:
            reminders.now = now
            client = await reminders.client(timeZone=noon_zone)
            await reminders.hear(made(client, now + timedelta(minutes=90), at=now), at=now)

            async def sent() -> list[str]:
                return [event.data.rule for event in heard if event.type.name.endswith("message.sent.v1")]

            assert await eventually(sent, within=60) == ["meeting-two-hours"]
    assert len(mailbox.received) == 1


def zones_by_hour(now: datetime) -> list[tuple[str, int]]:
    """Zones with whole hours and no clock changes, with the hour it is there."""
    return [(f"Etc/GMT{offset:+d}", (now - timedelta(hours=offset)).hour) for offset in range(-12, 12)]
