"""The JSON doors of reminders: who may come in, what is taken, and what is said of what is not."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.reminders_builder import CONTACT, Reminders, known, made, opened, settings_for


@pytest.fixture
async def reminders(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Reminders]:
    async with opened(settings_for(postgres, tmp_path)) as reminders:
        yield reminders


async def test_contact_preferences_are_read_as_they_were_put(reminders: Reminders) -> None:
    client = await reminders.client(phone="+44 7700 900123", mayNameService=True)
    answer = await reminders.call("GET", f"/api/clients/{client}/contact")
    assert answer.status_code == 200
    assert answer.json() == CONTACT | {"phone": "+44 7700 900123", "mayNameService": True}
    assert answer.headers["ETag"] == 'W/"1"'


async def test_what_identifies_somebody_is_sealed_at_rest(reminders: Reminders) -> None:
    client = await reminders.client(phone="+44 7700 900123")
    [[row]] = await reminders.rows("SELECT contact::text FROM contact WHERE client = %s", client)
    [[sealed]] = await reminders.rows("SELECT sealed FROM contact WHERE client = %s", client)
    for secret in (b"sam@example.org", b"Sam", b"7700"):
        assert secret not in sealed
        assert secret.decode() not in row


async def test_an_address_left_out_is_one_that_may_no_longer_be_used(reminders: Reminders) -> None:
    client = await reminders.client(phone="+44 7700 900123")
    answer = await reminders.put(client, email=None)
    assert answer.json() == {"email": None, "phone": None} | {k: v for k, v in CONTACT.items() if k != "email"}
    assert answer.headers["ETag"] == 'W/"2"'


async def test_a_stale_version_is_refused_and_changes_nothing(reminders: Reminders) -> None:
    client = await reminders.client()
    path, body = f"/api/clients/{client}/contact", CONTACT | {"nameToUse": "Samuel"}
    assert (await reminders.call("PUT", path, json=body, headers={"If-Match": 'W/"1"'})).status_code == 200
    stale = await reminders.call("PUT", path, json=CONTACT, headers={"If-Match": 'W/"1"'})
    assert (stale.status_code, stale.json()["errors"][0]["code"]) == (412, "stale")
    assert (await reminders.call("GET", path)).json()["nameToUse"] == "Samuel"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"email": "not an address"}, "email", "not-an-e-mail-address"),
        ({"email": "sam@"}, "email", "not-an-e-mail-address"),
        ({"email": "Sam <sam@example.org>"}, "email", "not-an-e-mail-address"),
        ({"email": "sam@example.org\r\nBcc: x@example.org"}, "email", "not-an-e-mail-address"),
        ({"email": "sám@example.org"}, "email", "not-ascii"),
        ({"phone": "call me"}, "phone", "not-a-phone-number"),
        ({"nameToUse": ""}, "nameToUse", "wrong-length"),
        ({"nameToUse": "Sam\nBcc: x@example.org"}, "nameToUse", "not-printable"),
        ({"timeZone": "Europe/Camelot"}, "timeZone", "unknown-time-zone"),
        ({"timeZone": "../../etc/passwd"}, "timeZone", "unknown-time-zone"),
        ({"purposes": ["marketing"]}, "purposes.0", "unknown-purpose"),
        ({"purposes": "check-ins"}, "purposes", "tuple-type"),
        ({"mayNameService": "yes"}, "mayNameService", "bool-type"),
        ({"mayNameService": None}, "mayNameService", "missing"),
        ({"nickname": "S"}, "nickname", "extra-forbidden"),
    ],
)
async def test_what_cannot_be_taken_is_answered_with_field_code_and_reason(
    reminders: Reminders, changed: dict[str, Any], field: str, code: str
) -> None:
    client = await reminders.client()
    answer = await reminders.put(client, **changed)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    [problem] = answer.json()["errors"]
    assert (problem["field"], problem["code"]) == (field, code)
    assert problem["reason"]
    assert (await reminders.call("GET", f"/api/clients/{client}/contact")).json() == CONTACT | {"phone": None}


async def test_a_body_that_is_not_json_is_malformed(reminders: Reminders) -> None:
    client = await reminders.client()
    headers = {"content-type": "application/json"}
    answer = await reminders.call("PUT", f"/api/clients/{client}/contact", content=b"{email", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "json-invalid")


async def test_a_client_without_preferences_has_none_to_read(reminders: Reminders) -> None:
    client = uuid4()
    await reminders.hear(known(client))
    assert (await reminders.call("GET", f"/api/clients/{client}/contact")).status_code == 404
    assert await reminders.reminders(client) == {}


DOORS = (("GET", "contact"), ("PUT", "contact"), ("GET", "reminders"))


async def knock(reminders: Reminders, client: object, door: tuple[str, str], token: str | None) -> Any:  # noqa: ANN401
    method, place = door
    body = {"json": CONTACT} if method == "PUT" else {}
    return await reminders.call(method, f"/api/clients/{client}/{place}", token=token, **body)


@pytest.mark.parametrize("door", DOORS)
async def test_another_provider_learns_nothing_not_even_that_somebody_is_there(
    reminders: Reminders, door: tuple[str, str]
) -> None:
    client = await reminders.client()
    await reminders.hear(made(client))
    for roles in (("keyworker",), ("team-lead",), ("keyworker", "team-lead")):
        token = reminders.person(*roles, provider="X98")
        theirs, nobody = await knock(reminders, client, door, token), await knock(reminders, uuid4(), door, token)
        assert theirs.status_code == nobody.status_code == 404
        assert theirs.json() == nobody.json()


@pytest.mark.parametrize("door", DOORS)
async def test_a_keyworker_of_another_team_may_not_and_a_team_lead_may(
    reminders: Reminders, door: tuple[str, str]
) -> None:
    client = await reminders.client()
    assert (await knock(reminders, client, door, reminders.person("keyworker", team="south"))).status_code == 403
    assert (await knock(reminders, client, door, reminders.person("keyworker", team=None))).status_code == 403
    assert (await knock(reminders, client, door, reminders.person("team-lead", team="south"))).status_code == 200


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("role", ["operations", "recovery-champion"])
async def test_other_roles_may_not(reminders: Reminders, door: tuple[str, str], role: str) -> None:
    client = await reminders.client()
    assert (await knock(reminders, client, door, reminders.person(role))).status_code == 403


@pytest.mark.parametrize("door", DOORS)
async def test_nobody_in_particular_may_not(reminders: Reminders, door: tuple[str, str]) -> None:
    method, place = door
    answer = await reminders.http.request(method, f"/api/clients/{uuid4()}/{place}")
    assert answer.status_code == 401


async def test_every_read_and_write_is_noted_with_who_and_of_whom(reminders: Reminders) -> None:
    client = await reminders.client()
    answer = await reminders.call("GET", f"/api/clients/{client}/contact")
    await reminders.reminders(client)
    noted = await reminders.rows("SELECT actor, provider, action, subject, client FROM audit ORDER BY at")
    actor = "person:X99-north-keyworker"
    assert noted == [
        (actor, "X99", "write", f"contact/{client}", client),
        (actor, "X99", "read", f"contact/{client}", client),
        (actor, "X99", "read", f"reminders/{client}", client),
    ]
    request_id = answer.headers["X-Request-ID"]
    assert len(await reminders.rows("SELECT 1 FROM audit WHERE request_id = %s", request_id)) == 1


async def test_a_client_who_is_on_their_way_is_to_be_asked_for_again_in_a_moment(reminders: Reminders) -> None:
    answer = await reminders.put(uuid4())
    assert (answer.status_code, answer.headers["Retry-After"]) == (404, "2")
