"""Every door of every service, knocked at by nobody, by every role of two providers, and by systems."""

from collections.abc import Iterator, Mapping
from uuid import uuid4

import httpx
import pytest

from tests.integration.walls.alike import alike
from tests.integration.walls.builder import SERVICES, STAFF, World
from tests.integration.walls.doors import DOORS, LET_IN, STRANGERS, Door, doors_of
from tests.integration.walls.scene import (
    AA,
    FEED_IMPORT,
    FEED_SOURCE,
    ROBIN,
    SOURCE,
    Scene,
    everyday,
    nhs_number,
    stuck,
)

BROWSER = {"Accept": "text/html"}
Ids = Mapping[str, object]
At = tuple[str, str, str, Door]
"""Service, method and path of a door."""


def ids_of(scene: Scene, service: str) -> dict[str, object]:
    """What the parameters of a path are called, and Robin's."""
    return {
        "referralId": scene.referral,
        "clientId": scene.client,
        "sessionId": scene.session,
        "goalId": scene.goal,
        "commitmentId": scene.planned,
        "seq": scene.seq[service],
        "letter": scene.letter[service],
        "name": "check-in",
        "feed": "walls",
        "sourceId": FEED_SOURCE,
        "source_id": FEED_SOURCE,
        "importId": FEED_IMPORT,
        "meetingId": AA.meeting_id,
        "peerId": scene.peer,
        "companyId": scene.company,
        "number": 3,
        "kind": "staff",
        "other": "kim",
        "area": "north",
        "CarePlan": scene.referral,
        "Goal": scene.goal,
        "version": 1,
    }


def walk(*walls: str) -> Iterator[At]:
    """Every door behind these walls; all but the open ones if none is named."""
    for service in reversed(SERVICES):  # referrals last: there Robin is erased
        for address, door in DOORS[service].items():
            if door.wall in walls or (not walls and door.wall != "open"):
                yield service, *address.split(" ", 1), door  # type: ignore[misc]


async def knock(  # noqa: PLR0917 - as in the tables
    world: World, who: str | dict[str, str] | None, service: str, method: str, path: str, door: Door, ids: Ids
) -> httpx.Response:
    return await world.call(who, method, service, path.format_map({"version": 1, **ids}), **door.sent)


async def contents(world: World) -> dict[str, dict[str, list[str]]]:
    """All that can change; an audit grows by being asked."""
    return {name: await world[name].content("audit") for name in SERVICES}


@pytest.mark.parametrize("service", SERVICES)
async def test_every_route_is_classified_and_every_classified_route_is_there(world: World, service: str) -> None:
    fhir = (await world.call(None, "GET", "referrals", "/fhir/metadata")).json()
    assert doors_of(world[service].app, fhir) == set(DOORS[service])


async def test_what_is_open_asks_for_no_name(world: World) -> None:
    for service, method, path, _ in walk("open"):
        address = path.replace("{name:path}", "x").replace("{version}", "0")
        answer = await world.call(None, method, service, address, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code not in (401, 403), (service, path)


async def test_nobody_is_asked_to_sign_in_and_moves_nothing(world: World, robin: Scene) -> None:
    before = await contents(world)
    for service, method, path, door in walk():
        ids = ids_of(robin, service)
        for form in (door, Door(door.wall)):
            assert (await knock(world, None, service, method, path, form, ids)).status_code == 401, (method, path)
        if method == "GET":
            assert (await knock(world, None, service, "HEAD", path, door, ids)).status_code == 401, path
            seen = await world.call(BROWSER, method, service, path.format_map(ids))
            way = (seen.status_code, seen.headers.get("location", "")[:8])
            assert way in ((303, "/sign-in"), (401, ""), (406, "")), path
    assert await contents(world) == before


async def test_who_is_not_let_in_is_refused_for_a_reason_and_moves_nothing(world: World, robin: Scene) -> None:
    before = await contents(world)
    for service, method, path, door in walk():
        for name in STAFF.keys() - LET_IN.get(door.wall, frozenset()):
            answer = await knock(world, name, service, method, path, door, ids_of(robin, service))
            said = (answer.status_code, answer.headers.get("location", ""))
            unknown = ((404, ""), (303, "/ops?said=gone"))  # a page says it after going back
            wanted = unknown if name in STRANGERS.get(door.wall, ()) and "{" in path else ((403, ""),)
            assert said in wanted, (name, method, service, path, answer.text)
    assert await contents(world) == before


async def test_systems_pass_no_door_of_peoples_and_people_none_of_systems(world: World, robin: Scene) -> None:
    everything = await world.system("system/*.rs", "attendance.write", "events.read", source="https://x.example/")
    before = await contents(world)
    for service, method, path, door in walk():
        if door.wall != "systems":
            answer = await knock(world, everything, service, method, path, door, ids_of(robin, service))
            assert answer.status_code == 403, (method, service, path, answer.text)
    assert await contents(world) == before


async def test_a_system_without_the_scope_is_refused(world: World, robin: Scene) -> None:
    scopes = ("system/CarePlan.rs", "system/Goal.rs", "attendance.write", "events.read", "system/Observation.rs")
    for service, method, path, door in walk("systems"):
        others = [scope for scope in scopes if scope != door.scope]
        for source in (None, "https://check-in.example/x99"):
            token = await world.system(*others, source=source)
            answer = await knock(world, token, service, method, path, door, ids_of(robin, service))
            assert answer.status_code == 403, (method, path, answer.text)
        token = await world.system(door.scope, source="https://check-in.example/x99")
        served = await knock(world, token, service, method, path, door, ids_of(robin, service))
        assert served.status_code in (200, 422), (method, path)


async def test_who_is_let_in_passes(world: World) -> None:
    """In the tables' order: what one door needs, an earlier one has left. Each first caller is really served."""
    programs = await everyday(world, nhsNumber=nhs_number(), name="Sandy Letin")
    people = await everyday(world, nhsNumber=nhs_number(), name="Pat Letin")
    for service, method, path, door in walk(*LET_IN):
        scene = people if path.startswith(("/clients", "/people", "/company/peers/{peerId}")) else programs
        for turn, name in enumerate(sorted(LET_IN[door.wall])):
            ids = ids_of(scene, service)
            if path.endswith("{commitmentId}/outcome"):
                ids["commitmentId"] = scene.attended
            if "{seq}" in path or "{letter}" in path:
                ids["seq"], ids["letter"] = await stuck(world, service, scene.client)
            answer = await knock(world, name, service, method, path, door, ids)
            refused = answer.status_code in (401, 403, 404) or (turn == 0 and answer.status_code >= 400)
            assert not refused, (name, method, service, path, answer.status_code, answer.text)


async def test_what_is_anothers_and_what_never_was_get_the_same_answer_to_the_byte(world: World, robin: Scene) -> None:
    for service, method, path, door in walk(*STRANGERS, "systems"):
        theirs = ids_of(robin, service)
        nobodys = {name: uuid4() for name in theirs} | {
            "seq": 987654321,
            "name": "nobody-here",
            "version": 1,
            "kind": "staff",
        }
        callers = [world.staff(name) | form for name in STRANGERS.get(door.wall, ()) for form in ({}, BROWSER)]
        if door.wall == "systems":
            callers = [await world.system(door.scope, provider="X98", source="https://check-in.example/x98")]
        for who in callers:
            one = await knock(world, who, service, method, path, door, theirs)
            other = await knock(world, who, service, method, path, door, nobodys)
            assert alike(one, theirs) == alike(other, nobodys), (method, path)


async def test_nothing_that_the_other_provider_lists_or_finds_names_robin(world: World, robin: Scene) -> None:
    walls: tuple[str, ...] = ("signed in", "keyworkers", "team leads", "operations", "arrangers", "champions")
    for service, method, path, _ in walk(*walls):
        if method == "GET":
            for name in ("zoe", "lea", "ola", "roy"):
                for form in ({}, BROWSER):
                    answer = await world.call(
                        name, method, service, path.format_map(ids_of(robin, service)), headers=form
                    )
                    told = [one for one in (*robin.ids, ROBIN["name"], robin.card, SOURCE) if one in answer.text]
                    assert told == [], (name, service, path)
