"""Another system that writes to Kafka itself, and what journal's operations doors say of it then."""

from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import orjson
from aiokafka import AIOKafkaProducer

from deploy.local.demo.systems import SOURCE
from tests.eventually import eventually
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, lately_begun


async def put_on_intake(run: LocalRun, event: dict[str, Any]) -> str:
    """The id that our services give it, by the rule of the contract."""
    producer = AIOKafkaProducer(bootstrap_servers=run.environment["KAFKA_BOOTSTRAP_SERVERS"])
    await producer.start()
    try:
        topic = run.environment["FAMALINK_TOPIC_PREFIX"] + "fama.attendance.intake"
        headers = [("content-type", b"application/cloudevents+json")]
        await producer.send_and_wait(topic, orjson.dumps(event), headers=headers)
    finally:
        await producer.stop()
    return str(uuid5(NAMESPACE_URL, f"https://famalink.example/attendance/{event['source']} {event['id']}"))


async def parked_for_good(run: LocalRun) -> dict[str, Any]:
    """An event about a client whom nobody knows, once it is parked in journal."""
    stranger = Newcomer(run, "", str(uuid4()), "")
    return await parked_as(run, await put_on_intake(run, stranger.attended(lately_begun(), SOURCE)))


async def parked_as(run: LocalRun, event_id: str) -> dict[str, Any]:
    async def found() -> dict[str, Any]:
        return next((row for row in await _all(run, "parked") if row["eventId"] == event_id), {})

    return await eventually(found)


async def dead_letter(run: LocalRun, of: str) -> dict[str, Any]:
    """The newest in journal whose event or whose field this is; empty while there is none."""
    letters = await _all(run, "deadletters")
    return next((letter for letter in letters if of in (letter["eventId"], letter["field"])), {})


async def _all(run: LocalRun, what: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (await run.doors.call("otto", "GET", "journal", f"/api/{what}")).json()[what]
    return rows
