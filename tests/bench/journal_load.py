"""What both sides of the comparison are given: the same clients, meetings and events."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import orjson
import psycopg
from aiokafka import AIOKafkaProducer

from shared.events.catalogue import INTAKE
from shared.messaging.topics import make_topics
from tests.integration.journal_builder import SOURCE, TYPE, meeting_listed

CLIENTS = 4_000
MEETINGS = 500


@dataclass(frozen=True)
class People:
    clients: list[UUID]
    meetings: list[UUID]


def know_everybody(url: str) -> People:
    """As referrals would have told: clients who agreed to the emitter, weekly meetings, the emitter itself."""
    people = People([uuid4() for _ in range(CLIENTS)], [uuid4() for _ in range(MEETINGS)])
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO client (client, provider, team, sequence, time_zone, emitters) "
            "VALUES (%s, 'X99', 'north', '0000000001', 'Europe/London', %s)",
            [(client, [SOURCE]) for client in people.clients],
        )
        cursor.execute("UPDATE listed_version SET version = 1")
        cursor.executemany(
            "INSERT INTO meeting (meeting_id, version, listed) VALUES (%s, 1, %s)",
            [(meeting, _meeting(meeting, number)) for number, meeting in enumerate(people.meetings)],
        )
        cursor.execute(
            "INSERT INTO emitter (system, version, source, provider, reports_as, active) "
            "VALUES ('bench', 1, %s, 'X99', 'emitter', true)",
            (SOURCE,),
        )
    return people


def _meeting(meeting: UUID, number: int) -> str:
    said = meeting_listed(
        meeting_id=meeting, weekday=number % 7 + 1, start=time(8 + number % 13), time_zone="Europe/London"
    )
    return said.data.model_dump_json()  # type: ignore[no-any-return]


async def fill(bootstrap: str, prefix: str, people: People, events: int) -> None:
    """Binary mode, without a key, as an emitter writes: about anybody, any meeting, within the last 300 days."""
    await make_topics(bootstrap, prefix)
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, max_batch_size=256 * 1024)
    await producer.start()
    try:
        for headers, value in _events(people, events):
            await producer.send(prefix + INTAKE, value, headers=headers)
        await producer.flush()
    finally:
        await producer.stop()


def _events(people: People, events: int) -> Iterator[tuple[list[tuple[str, bytes]], bytes]]:
    chance = random.Random(6)  # noqa: S311 - the same events each time
    now = datetime.now(UTC)
    for _ in range(events):
        observed = now - timedelta(minutes=chance.randrange(300 * 24 * 60))
        data = {
            "client": str(chance.choice(people.clients)),
            "meetingId": str(chance.choice(people.meetings)),
            "outcome": chance.choice(("attended", "attended", "not-attended")),
            "observedAt": observed.isoformat(),
            "reportedBy": "emitter",
        }
        attributes = {"specversion": "1.0", "id": str(uuid4()), "source": SOURCE, "type": TYPE}
        headers = [(f"ce_{name}", text.encode()) for name, text in attributes.items()]
        yield [*headers, ("content-type", b"application/json")], orjson.dumps(data)
