"""What a client takes back: it counts at once, and what stood before stays."""

from typing import Any

import orjson
import pytest

from shared.events import catalogue
from tests.integration.referrals_builder import days_ahead
from tests.integration.systems_builder import ec_key
from tests.integration.walls.builder import World
from tests.integration.walls.scene import CLOUD, SOURCE, Scene, everyday, nhs_number, reported

PEERS = "https://peers.example/x99"
ALL: dict[str, Any] = {"records": True, "peers": True, "emitters": [SOURCE]}


@pytest.fixture
async def sam(world: World) -> Scene:
    return await everyday(world, nhsNumber=nhs_number(), name="Sam Consents")


async def agrees(world: World, sam: Scene, **changed: object) -> None:
    await world.told("kay", "PUT", "referrals", f"/api/referrals/{sam.referral}/consents", json=ALL | changed)


async def reports(world: World, sam: Scene, token: dict[str, str], weeks: int, **said: str) -> tuple[int, str]:
    """Status, and why not."""
    source = PEERS if said else SOURCE
    event = reported(f"{days_ahead(2, weeks=weeks)}T20:30:00Z", source=source, client=sam.client, **said)
    answer = await world.call(token, "POST", "journal", "/events", json=event, headers=CLOUD)
    await world.settle()
    return answer.status_code, "" if answer.is_success else answer.json()["errors"][0]["code"]


async def facts(world: World, sam: Scene) -> int:
    answer = await world.call("kay", "GET", "journal", f"/api/clients/{sam.client}/attendance")
    return sum(len(occurrence["facts"]) for occurrence in answer.json()["occurrences"])


async def test_an_emitter_taken_back_reports_nothing_new_and_what_stood_stays(world: World, sam: Scene) -> None:
    check_in = await world.system("attendance.write", source=SOURCE, name="check-in")
    before = await goal(world, sam)
    await agrees(world, sam, emitters=[])
    assert await reports(world, sam, check_in, weeks=-2) == (422, "source-not-consented")
    assert (await facts(world, sam), await goal(world, sam)) == (1, before)
    await agrees(world, sam)
    assert await reports(world, sam, check_in, weeks=-3) == (202, "")
    assert await facts(world, sam) == 2


async def test_on_the_intake_topic_a_later_consent_does_not_bring_it_in(world: World, sam: Scene) -> None:
    await agrees(world, sam, emitters=[])
    event = reported(f"{days_ahead(2, weeks=-2)}T20:30:00Z", cardCode=sam.card)
    headers = [("content-type", CLOUD["content-type"].encode())]
    await world.deliver(world.record(catalogue.INTAKE, None, headers, orjson.dumps(event)))
    letters = await world["journal"].rows(
        "SELECT code FROM dead_letter WHERE client::text = %s AND code <> ''", sam.client
    )
    assert ("source-not-consented",) in letters
    await agrees(world, sam)
    assert await facts(world, sam) == 1


async def test_peers_taken_back_report_nothing_new_and_what_stood_stays(world: World, sam: Scene) -> None:
    body = {"name": "peers", "provider": "X99", "source": PEERS, "reportsAs": "peer", "scopes": ["attendance.write"]}
    await world.told("otto", "POST", "referrals", "/api/systems", json=body | {"jwks": ec_key().jwks})
    peers = await world.system("attendance.write", source=PEERS, name="peers", reports_as="peer")
    assert await reports(world, sam, peers, weeks=-2, reportedBy="peer") == (202, "")
    await agrees(world, sam, peers=False)
    assert await reports(world, sam, peers, weeks=-3, reportedBy="peer") == (422, "source-not-consented")
    assert await facts(world, sam) == 2


async def test_records_taken_back_are_gone_at_once_for_every_way_of_reading(world: World, sam: Scene) -> None:
    token = await world.system("system/*.rs")
    paths = [f"/fhir/{kind}/{one}{rest}" for kind, one in ids(sam) for rest in ("", "/_history/1")]
    assert {(await world.call(token, "GET", "referrals", path)).status_code for path in paths} == {200}
    await agrees(world, sam, records=False)
    assert {(await world.call(token, "GET", "referrals", path)).status_code for path in paths} == {404}
    for kind, one in ids(sam):
        for by in ({"_id": one}, {"patient": sam.client}):
            found = await world.call(token, "POST", "referrals", f"/fhir/{kind}/_search", data=by)
            assert "entry" not in found.json()


def ids(sam: Scene) -> list[tuple[str, str]]:
    return [("CarePlan", sam.referral), ("Goal", sam.goal), ("Goal", sam.attend_goal)]


async def goal(world: World, sam: Scene) -> str:
    token = await world.system("system/*.rs")
    return (await world.call(token, "GET", "referrals", f"/fhir/Goal/{sam.attend_goal}")).text
