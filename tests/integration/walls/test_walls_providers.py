"""X98 asks for Robin, who is a client of X99, in every way there is: it gets what it gets for anybody it made up."""

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.referrals_builder import days_ahead
from tests.integration.walls.alike import alike
from tests.integration.walls.builder import SERVICES, World
from tests.integration.walls.scene import CLOUD, FOREIGN_SOURCE, NUMBER, ROBIN, SOURCE, Scene, nhs_number, reported

NHS = "https://fhir.nhs.uk/Id/nhs-number|"
BATCH = {"content-type": "application/cloudevents-batch+json"}
SEEN = f"{days_ahead(2, weeks=-1)}T20:30:00Z"


async def test_its_emitter_cannot_tell_robin_or_their_card_from_nobody(world: World, robin: Scene) -> None:
    token = await world.system("attendance.write", provider="X98", source=FOREIGN_SOURCE, name="check-in-south")
    known: tuple[dict[str, Any], ...] = ({"client": robin.client}, {"cardCode": robin.card})
    made_up: tuple[dict[str, Any], ...] = ({"client": str(uuid4())}, {"cardCode": "ABCDEFGHIJKLMNOP"})
    for theirs, nobodys in zip(known, made_up, strict=True):
        answers = []
        for who in (theirs, nobodys):
            event = reported(SEEN, source=FOREIGN_SOURCE, **who) | {"id": "the-same-for-both"}
            one = await world.call(token, "POST", "journal", "/events", json=event, headers=CLOUD)
            many = await world.call(token, "POST", "journal", "/events", json=[event], headers=BATCH)
            answers.append((alike(one, who), alike(many, who)))
        assert answers[0] == answers[1]
        assert answers[0][0][0] == 422


async def test_its_emitter_cannot_speak_as_the_others_source(world: World, robin: Scene) -> None:
    token = await world.system("attendance.write", provider="X98", source=FOREIGN_SOURCE, name="check-in-south")
    event = reported(SEEN, client=robin.client)
    answer = await world.call(token, "POST", "journal", "/events", json=event, headers=CLOUD)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "foreign-source")


@pytest.mark.parametrize("parameter", ["patient:identifier", "patient", "_id"])
@pytest.mark.parametrize("kind", ["CarePlan", "Goal"])
async def test_its_record_system_finds_nothing_by_whatever_it_searches(
    world: World, robin: Scene, kind: str, parameter: str
) -> None:
    values = {"patient:identifier": NHS + NUMBER, "patient": robin.client}
    theirs = values.get(parameter, robin.referral if kind == "CarePlan" else robin.goal)
    nobodys = NHS + nhs_number() if parameter == "patient:identifier" else str(uuid4())
    own = await world.system("system/*.rs")
    found = await world.call(own, "POST", "referrals", f"/fhir/{kind}/_search", data={parameter: theirs})
    assert found.json().get("entry"), "their own provider's system finds them"
    token = await world.system("system/*.rs", provider="X98")
    for method, path, sent in (("POST", f"/fhir/{kind}/_search", "data"), ("GET", f"/fhir/{kind}", "params")):
        one, other = [
            await world.call(token, method, "referrals", path, **{sent: {parameter: value}})
            for value in (theirs, nobodys)
        ]
        assert alike(one, {"value": theirs}) == alike(other, {"value": nobodys})
        assert "entry" not in one.json()


@pytest.mark.parametrize("service", SERVICES)
async def test_its_operations_find_no_way_of_an_event_about_robin(world: World, robin: Scene, service: str) -> None:
    """What was heard is listed by id alone, so this is about what the service said."""
    headers = [dict(received.headers) for name, received in world.carried if name == service]
    said = [one["ce_id"] for one in headers if one.get("ce_subject") == robin.client.encode()]
    assert said
    for theirs in (robin.client, robin.referral, *(one.decode() for one in said if one)):
        nobodys = str(uuid4())
        pages = [await world.call("ola", "GET", service, "/ops", params={"find": one}) for one in (theirs, nobodys)]
        assert alike(pages[0], {"id": theirs}) == alike(pages[1], {"id": nobodys}), theirs
        assert pages[0].status_code == 200


async def test_the_same_person_comes_to_the_other_provider_as_somebody_new(world: World, robin: Scene) -> None:
    """Neither the number nor name and birth date are "already known" there."""
    without = {name: value for name, value in ROBIN.items() if name != "nhsNumber"}
    for body in (ROBIN, {**without, "for": "family"}):
        someone = {"name": f"Ari {uuid4().hex[:8]}", "birthDate": "1971-05-06"}
        theirs = await world.call("zoe", "POST", "referrals", "/api/referrals", json=body)
        nobodys = await world.call("zoe", "POST", "referrals", "/api/referrals", json=body | someone | _numbered(body))
        assert (theirs.status_code, sorted(theirs.json())) == (nobodys.status_code, sorted(nobodys.json()))
        assert theirs.status_code == 201
        assert robin.client not in theirs.text
        await _erase(world, theirs.json()["clientId"])


def _numbered(body: dict[str, Any]) -> dict[str, str]:
    return {"nhsNumber": nhs_number()} if "nhsNumber" in body else {}


async def _erase(world: World, client: str) -> None:
    """So that the next of the same name is not known at X98 itself."""
    await world.told("lea", "DELETE", "referrals", f"/api/clients/{client}")


async def test_a_number_known_at_the_other_provider_is_as_free_as_any(world: World) -> None:
    answers = []
    for name in ("Bo Number", "Cy Number"):
        opened = {**ROBIN, "name": name, "nhsNumber": None, "for": "family"}
        body = {key: value for key, value in opened.items() if value is not None}
        at = (await world.told("zoe", "POST", "referrals", "/api/referrals", json=body))["referralId"]
        number = await _number_of_x99_alone(world) if name == "Bo Number" else nhs_number()
        answer = await world.call(
            "zoe", "PUT", "referrals", f"/api/referrals/{at}/identity", json={"nhsNumber": number}
        )
        answers.append((answer.status_code, sorted(answer.json())))
    assert answers[0] == answers[1] == (200, ["clientId", "referralId"])


async def _number_of_x99_alone(world: World) -> str:
    number = nhs_number()
    body = {**ROBIN, "name": f"Dee {number}", "nhsNumber": number}
    await world.told("kay", "POST", "referrals", "/api/referrals", json=body)
    return number


@pytest.mark.usefixtures("robin")
async def test_the_others_emitter_is_as_unknown_as_one_made_up(world: World) -> None:
    body = {**ROBIN, "name": "Eve Emitter", "nhsNumber": nhs_number()}
    at = (await world.told("zoe", "POST", "referrals", "/api/referrals", json=body))["referralId"]
    answers = []
    for source in (SOURCE, "https://nobody.example/at-all"):
        agreed = {"records": False, "peers": False, "emitters": [source]}
        answer = await world.call("zoe", "PUT", "referrals", f"/api/referrals/{at}/consents", json=agreed)
        answers.append(alike(answer, {"source": source}))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
