"""Whoever reads what is about a person is noted before the answer; what cannot be noted is not read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import httpx
import pytest

from tests.integration.walls.builder import World
from tests.integration.walls.doors import DOORS, LET_IN
from tests.integration.walls.scene import CONTACT, NUMBER, ROBIN, Scene
from tests.integration.walls.test_walls_doors import At, ids_of, knock, walk

READS = [at for at in walk() if at[3].about]
EACH = pytest.mark.parametrize("at", READS, ids=[" ".join(at[:3]) for at in READS])


def who_may(at: At) -> str:
    return "records" if at[3].wall == "systems" else min(LET_IN[at[3].wall])


async def read(world: World, robin: Scene, at: At) -> httpx.Response:
    service, *_, door = at
    who = await world.system(door.scope) if door.wall == "systems" else who_may(at)
    return await knock(world, who, *at, ids_of(robin, service))


def test_every_read_behind_a_clients_wall_is_among_those_tried() -> None:
    for doors in DOORS.values():
        for address, door in doors.items():
            if door.wall.startswith("its ") and address.startswith("GET"):
                assert door.about, address


@EACH
async def test_each_read_is_noted_once_with_who_whom_and_which_request(world: World, robin: Scene, at: At) -> None:
    answer = await read(world, robin, at)
    assert answer.status_code == 200, answer.text
    query = "SELECT provider, actor, action FROM audit WHERE client = %s AND request_id = %s"
    rows = await world[at[0]].rows(query, UUID(robin.client), answer.headers["x-request-id"])
    assert [(provider, action) for provider, _, action in rows] in ([("X99", "read")], [("X99", "search")])
    assert rows[0][1] in (f"system:{who_may(at)}", f"person:{who_may(at)}")


@EACH
async def test_what_cannot_be_noted_is_not_answered(world: World, robin: Scene, at: At) -> None:
    async with no_audit(world, at[0]):
        answer = await read(world, robin, at)
    assert answer.status_code >= 500, answer.text
    told = (NUMBER, ROBIN["name"], CONTACT["email"], CONTACT["nameToUse"], robin.goal, "keep-journal", "Europe/London")
    assert [one for one in told if one in answer.text] == []
    assert (await read(world, robin, at)).status_code == 200


async def test_looking_for_the_way_of_somebodys_events_is_noted_too(world: World, robin: Scene) -> None:
    for service in DOORS:
        answer = await world.call("otto", "GET", service, "/ops", params={"find": robin.client})
        assert answer.status_code == 200
        query = "SELECT actor, action, subject FROM audit WHERE client = %s AND request_id = %s"
        rows = await world[service].rows(query, UUID(robin.client), answer.headers["x-request-id"])
        assert rows == [("person:otto", "search", f"events/{robin.client}")]


@asynccontextmanager
async def no_audit(world: World, service: str) -> AsyncIterator[None]:
    async with world[service].database.work() as uow:
        await uow.connection.execute("ALTER TABLE audit RENAME TO audit_away")
    try:
        yield
    finally:
        async with world[service].database.work() as uow:
            await uow.connection.execute("ALTER TABLE audit_away RENAME TO audit")
