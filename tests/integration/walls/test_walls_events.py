"""Every event handler, told of a client by another provider, by nobody's, and of a client who was erased."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from services.journal import subscriptions as journal
from services.referrals import subscriptions as referrals
from services.referrals.handlers.attendance import Attendance
from services.referrals.handlers.clients import finish_erasures
from services.referrals.handlers.flagging import Flagging
from services.reminders import subscriptions as reminders
from shared.events import catalogue
from shared.events.catalogue import CATALOGUE
from shared.events.contract import Contract
from shared.events.referrals import ClientKnown
from shared.messaging.received import Received
from tests.integration.walls.builder import SERVICES, World
from tests.integration.walls.scene import CLOUD, CONTACT, FOREIGN_SOURCE, SOURCE, Scene, everyday, nhs_number, reported
from tests.integration.walls.telling import LAST, TOLD, told

IMPERSONAL = {known.data for known in CATALOGUE.values() if not known.personal}
HEARD = {
    "referrals": {catalogue.ATTENDANCE, catalogue.REMINDERS},
    "journal": {catalogue.CLIENTS, catalogue.DIRECTORY, catalogue.SYSTEMS, catalogue.INTAKE},
    "reminders": {catalogue.CLIENTS, catalogue.DIRECTORY, catalogue.REFERRALS},
}
EACH = pytest.mark.parametrize(
    ("service", "kind"),
    [(service, kind) for service, events in TOLD.items() for kind in events],
    ids=[f"{service} {kind.__name__}" for service, events in TOLD.items() for kind in events],
)
STRUCTURED = [("content-type", b"application/cloudevents+json")]
SETBACKS = ("parked", "dead_letter", "outbox", "inbox", "audit", "awaited")
"""The rest is what is known of people."""


@pytest.fixture(scope="module")
async def ella(world: World) -> Scene:
    """What is stuck about her stays behind."""
    return await everyday(world, nhsNumber=nhs_number(), name="Ella Events")


async def setbacks(world: World, service: str, received: Received) -> list[tuple[Any, ...]]:
    """What became of it: the table, whose it is taken for, and why."""
    place = 'topic = %s AND "offset" = %s'
    return [
        (table, *row)
        for table in ("parked", "dead_letter")
        for row in await world[service].rows(
            f"SELECT client, provider, code, reason <> '' FROM {table} WHERE {place}",
            received.topic,
            received.offset,
        )
    ]


async def discard(world: World, service: str) -> None:
    """What is parked would hold up what comes next for the same client."""
    async with world[service].database.work() as uow:
        await uow.connection.execute("DELETE FROM parked WHERE code = 'foreign-provider'")


async def test_every_reaction_is_tried(world: World) -> None:
    saving = world["referrals"].app.state.saving
    there = {
        "referrals": referrals.reactions(Attendance(saving), Flagging(saving)),
        "journal": journal.REACTIONS,
        "reminders": reminders.REACTIONS,
    }
    for service in SERVICES:
        assert there[service].keys() - IMPERSONAL == TOLD[service].keys()
        assert world[service].topics.keys() == HEARD[service]


@EACH
async def test_what_another_provider_says_of_a_client_is_parked_and_changes_nothing(
    world: World, ella: Scene, service: str, kind: type[Contract]
) -> None:
    before = await world[service].content(*SETBACKS)
    received = told(world, TOLD[service][kind](ella), ella.client, "X98")
    await world.deliver(received, only=service)
    assert await world[service].content(*SETBACKS) == before
    assert await setbacks(world, service, received) == [("parked", UUID(ella.client), "X99", "foreign-provider", True)]
    for who, sees in (("ola", False), ("otto", True)):
        listed = (await world.call(who, "GET", service, "/api/parked")).json()["parked"]
        assert any(row["offset"] == received.offset for row in listed) is sees, who
    await discard(world, service)


@EACH
async def test_what_nobodys_provider_says_of_a_client_is_a_dead_letter_and_changes_nothing(
    world: World, ella: Scene, service: str, kind: type[Contract]
) -> None:
    before = await world[service].content(*SETBACKS)
    received = told(world, TOLD[service][kind](ella), ella.client, None)
    await world.deliver(received, only=service)
    assert await world[service].content(*SETBACKS) == before
    assert await setbacks(world, service, received) == [("dead_letter", UUID(ella.client), None, "missing", True)]
    for who in ("ola", "otto"):
        listed = (await world.call(who, "GET", service, "/api/deadletters")).json()["deadletters"]
        assert [row["client"] for row in listed if row["offset"] == received.offset] == [None], who


async def test_the_same_in_structured_mode_is_found_by_provider_and_client_too(world: World, ella: Scene) -> None:
    [kind] = TOLD["journal"]
    binary = told(world, TOLD["journal"][kind](ella), ella.client, "X98")
    said = {name.removeprefix("ce_"): value.decode() for name, value in binary.headers if value and name[:3] == "ce_"}
    document = orjson.dumps(said | {"data": orjson.loads(binary.value or b"")})
    structured = world.record(binary.topic, binary.key, STRUCTURED, document)
    await world.deliver(structured, only="journal")
    assert await setbacks(world, "journal", structured) == [
        ("parked", UUID(ella.client), "X99", "foreign-provider", True)
    ]
    await discard(world, "journal")


@pytest.mark.parametrize("by", ["client", "cardCode"])
async def test_another_providers_source_on_the_intake_topic_reaches_nobody(world: World, ella: Scene, by: str) -> None:
    before = await world["journal"].content(*SETBACKS)
    whom = {"client": ella.client, "cardCode": ella.card}[by]
    event = reported(f"{LAST}T20:30:00Z", source=FOREIGN_SOURCE, **{by: whom})
    received = world.record(
        catalogue.INTAKE, None, [("content-type", CLOUD["content-type"].encode())], orjson.dumps(event)
    )
    await world.deliver(received)
    assert await world["journal"].content(*SETBACKS) == before
    code, client = ("unknown-client", UUID(ella.client)) if by == "client" else ("unknown-card", None)
    assert await setbacks(world, "journal", received) == [("parked", client, "X98", code, True)]


async def test_an_unreadable_report_belongs_to_whoever_runs_its_source(world: World, ella: Scene) -> None:
    event = reported(f"{LAST}T20:30:00Z", client=ella.client, outcome="yes")
    received = world.record(
        catalogue.INTAKE, None, [("content-type", CLOUD["content-type"].encode())], orjson.dumps(event)
    )
    await world.deliver(received)
    [(table, client, provider, _, _)] = await setbacks(world, "journal", received)
    assert (table, client, provider) == ("dead_letter", UUID(ella.client), "X99")


async def test_an_erasure_waits_for_nothing_that_is_stuck(world: World) -> None:
    scene = await everyday(world, nhsNumber=nhs_number(), name="Sky Stuck")
    for service in ("journal", "reminders"):
        await world.deliver(told(world, TOLD[service][ClientKnown](scene), scene.client, "X98"), only=service)
    await world.told("tess", "DELETE", "referrals", f"/api/clients/{scene.client}")
    for service, erased in (("journal", "erased"), ("reminders", "state = 'erased'")):
        query = f"SELECT {erased}, (SELECT count(*) FROM parked WHERE client = %s) FROM client WHERE client = %s"
        client = UUID(scene.client)
        assert await world[service].rows(query, client, client) == [(True, 0)]


async def test_who_was_erased_is_told_of_in_vain(world: World) -> None:
    """First everything is applied, so that it is the erasure alone that makes the difference."""
    scene = await everyday(world, nhsNumber=nhs_number(), name="Lou Late")
    for service, events in TOLD.items():
        for make in events.values():
            received = told(world, make(scene), scene.client, "X99")
            await world.deliver(received, only=service)
            assert await setbacks(world, service, received) == []
    await world.told("tess", "DELETE", "referrals", f"/api/clients/{scene.client}")
    await finish_erasures(world["referrals"].database)
    await world.settle()

    before = {service: await world[service].content("inbox", "audit") for service in SERVICES}
    for provider in ("X99", "X98"):
        for service, events in TOLD.items():
            for make in events.values():
                await world.deliver(told(world, make(scene), scene.client, provider), only=service)
    emitter = await world.system("attendance.write", source=SOURCE, name="check-in")
    for whom in ({"client": scene.client}, {"cardCode": scene.card}):
        event = reported(datetime.now(UTC).isoformat(), **whom)
        answer = await world.call(emitter, "POST", "journal", "/events", json=event, headers=CLOUD)
        assert (answer.status_code, answer.json()["errors"][0]["code"][:7]) == (422, "unknown")
    put = await world.call("kay", "PUT", "reminders", f"/api/clients/{scene.client}/contact", json=CONTACT)
    assert put.status_code == 404
    assert {service: await world[service].content("inbox", "audit") for service in SERVICES} == before
