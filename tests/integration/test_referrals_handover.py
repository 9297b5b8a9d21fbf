"""Who may see whom, on the real doors: handover, finding a client, and access to one of another team's."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import NUMBER, Referrals, days_ahead, meeting, referrals

AA = meeting("AA", weekday=2)
KIT = {"sub": "kit", "name": "Kit Colleague"}
SAM = {"sub": "sam", "team": "south", "name": "Sam South"}
TESS = {"sub": "tess", "team": "south", "roles": ["team-lead"], "name": "Tess Teamlead"}
ZOE = {"sub": "zoe", "provider": "X98"}
WHY = {"reason": "Unwell in our waiting room."}
Who = dict[str, Any]


@pytest.fixture
async def at(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as made:
        await made.lists(AA)
        for who in (KIT, SAM, TESS):  # whoever has been here is somebody's colleague
            await made.get("/caseload", who=made.person(**who))
        yield made


async def post(at: Referrals, who: Who, path: str, body: object) -> tuple[int, Any]:
    answer = await at.post(path, body, who=at.person(**who))
    return answer.status_code, answer.json()


async def get(at: Referrals, who: Who, path: str) -> tuple[int, Any]:
    answer = await at.get(path, who=at.person(**who))
    return answer.status_code, answer.json()


async def test_what_is_due_goes_along_and_the_other_pathway_too(at: Referrals) -> None:
    own, family = await at.open(), await at.open(**{"for": "family"})
    plan = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))}
    await at.post(f"/referrals/{own['referralId']}/commitments", plan)
    status, said = await post(at, {}, f"/referrals/{own['referralId']}/handover", {"to": "kit"})
    assert (status, said["keyworker"], said["team"]) == (200, "kit", "north")
    assert [made["meetingId"] for made in said["goesAlong"]["commitments"]] == [plan["meetingId"]]
    for one in (own, family):
        shown = await at.shown(one["referralId"])
        assert (shown["keyworker"], shown["history"][-1]["words"]) == ("kit", "Handed over to another keyworker")
    said_events = [(name, data["referralId"]) for name, data in await at.said() if name == "referral.handed-over"]
    assert sorted(said_events) == sorted(("referral.handed-over", one["referralId"]) for one in (own, family))
    assert [case["name"] for case in (await get(at, KIT, "/caseload?keyworker=me"))[1]["cases"]] == 2 * [
        "Robin Example"
    ]


async def test_only_the_keyworker_and_team_leads_hand_a_client_over(at: Referrals) -> None:
    path = f"/referrals/{(await at.open())['referralId']}/handover"
    status, said = await post(at, KIT, path, {"to": "kit"})
    assert (status, said["errors"][0]["code"]) == (403, "not-your-client")
    assert (await post(at, TESS, path, {"to": "kit"}))[0] == 200
    assert (await post(at, {}, path, {"to": "kay"}))[0] == 403
    assert (await post(at, KIT, path, {"to": "kay"}))[0] == 200


async def test_a_client_handed_to_another_team_is_that_teams(at: Referrals) -> None:
    opened = await at.open()
    referral = f"/referrals/{opened['referralId']}"
    assert (await post(at, {}, f"{referral}/handover", {"to": "sam"}))[1]["team"] == "south"
    assert (await get(at, {}, referral))[0] == 403
    assert (await get(at, SAM, referral))[1]["keyworker"] == "sam"
    known = [data for name, data in await at.said() if name == "client.known"]
    assert len(known) == 2
    assert (await post(at, SAM, f"{referral}/handover", {"team": "north"}))[1]["keyworker"] is None
    assert (await post(at, KIT, f"{referral}/handover", {"to": "kit"}))[1]["keyworker"] == "kit"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"to": "nobody"}, "unknown-colleague"),
        ({"team": "west"}, "unknown-team"),
        ({}, "one-of-two"),
        ({"to": "kit", "team": "north"}, "one-of-two"),
    ],
)
async def test_a_handover_to_nobody_is_refused_in_words(at: Referrals, body: Who, code: str) -> None:
    path = f"/referrals/{(await at.open())['referralId']}/handover"
    status, said = await post(at, {}, path, body)
    assert (status, said["errors"][0]["code"]) == (422, code)


async def test_nobody_is_handed_to_staff_they_are_kept_apart_from(at: Referrals) -> None:
    opened = await at.open()
    await at.put(f"/clients/{opened['clientId']}/kept-apart/staff/sam", None)
    status, said = await post(at, {}, f"/referrals/{opened['referralId']}/handover", {"to": "sam"})
    assert (status, said["errors"][0]["code"]) == (422, "kept-apart")
    status, said = await post(at, SAM, f"/clients/{opened['clientId']}/access", WHY)
    assert (status, said["errors"][0]["reason"]) == (403, "This record is not open to you: ask your team lead.")


async def test_clients_are_found_by_number_and_by_parts_of_the_name(at: Referrals) -> None:
    opened = await at.open(name="Zoë O'Hara-Núñez")
    for asked in ({"nhsNumber": "999 054 8609"}, {"name": "nunez zo"}, {"name": "OHARA", "birthDate": "1980-02-03"}):
        status, said = await post(at, {}, "/clients/_search", asked)
        assert status == 200, said
        [hit] = said["clients"]
        assert (hit["clientId"], hit["name"], hit["nhsNumber"]) == (opened["clientId"], "Zoë O'Hara-Núñez", NUMBER)
        assert hit["referrals"][0]["referralId"] == opened["referralId"]
    for asked in ({"name": "hara-n x"}, {"name": "nunez", "birthDate": "1980-02-04"}, {"nhsNumber": "9990000018"}):
        assert (await post(at, {}, "/clients/_search", asked))[1].get("clients", []) == []


async def test_another_teams_client_is_found_by_number_alone_and_without_a_name(at: Referrals) -> None:
    opened = await at.open()
    status, said = await post(at, SAM, "/clients/_search", {"nhsNumber": NUMBER})
    assert (status, said["clients"]) == (200, [{"clientId": opened["clientId"], "inCareOf": "another-team"}])
    named = {"name": "Robin Example", "birthDate": "1980-02-03"}
    assert (await post(at, SAM, "/clients/_search", named))[1]["clients"] == []
    assert (await post(at, ZOE, "/clients/_search", {"nhsNumber": NUMBER}))[1]["clients"] == []


async def test_a_search_says_which_of_the_two_and_what_is_wrong_with_a_number(at: Referrals) -> None:
    for asked in ({}, {"name": "Robin", "nhsNumber": NUMBER}):
        assert (await post(at, {}, "/clients/_search", asked))[1]["errors"][0]["code"] == "one-of-two"
    said = (await post(at, {}, "/clients/_search", {"nhsNumber": "9990548608"}))[1]
    assert (said["errors"][0]["field"], said["errors"][0]["code"]) == ("nhsNumber", "nhs-number-check-digit")


async def test_the_keyworker_can_read_who_their_client_is(at: Referrals) -> None:
    opened = await at.open()
    status, said = await get(at, {}, f"/referrals/{opened['referralId']}/identity")
    assert (status, said) == (200, {"name": "Robin Example", "birthDate": "1980-02-03", "nhsNumber": NUMBER})
    assert (await get(at, SAM, f"/referrals/{opened['referralId']}/identity"))[0] == 403


async def test_who_breaks_the_glass_sees_the_client_for_hours_and_keyworker_and_lead_see_that(at: Referrals) -> None:
    opened = await at.open()
    referral, access = f"/referrals/{opened['referralId']}", f"/clients/{opened['clientId']}/access"
    assert (await get(at, SAM, referral))[0] == 403
    assert (await post(at, SAM, access, {"reason": " "}))[1]["errors"][0]["code"] == "reason-missing"
    assert (await post(at, SAM, access, WHY))[0] == 201
    assert (await post(at, SAM, access, WHY))[0] == 200, "once, while it lasts"
    assert (await get(at, SAM, referral))[0] == 200
    assert [hit["name"] for hit in (await post(at, SAM, "/clients/_search", {"nhsNumber": NUMBER}))[1]["clients"]] == [
        "Robin Example"
    ]
    assert (await post(at, SAM, f"{referral}/handover", {"to": "sam"}))[0] == 403
    assert [flag["code"] for flag in (await at.shown(opened["referralId"]))["flags"]] == ["glass-broken"]
    for who, path in (({}, access), (TESS, "/access?team=north")):
        [row] = (await get(at, who, path))[1]["access"]
        assert (row["by"], row["team"]) == ({"sub": "sam", "name": "Sam South"}, "south")
        assert (row["reason"], row["name"], row["over"]) == (WHY["reason"], "Robin Example", False)
    async with at.database.work() as uow:
        await uow.connection.execute("UPDATE access_opened SET until = %s", (uow.now - timedelta(seconds=1),))
    assert (await get(at, SAM, referral))[0] == 403


async def test_who_has_the_client_in_care_needs_no_glass_and_no_stranger_learns_of_them(at: Referrals) -> None:
    opened = await at.open()
    access = f"/clients/{opened['clientId']}/access"
    assert await post(at, {}, access, WHY) == (200, {"clientId": opened["clientId"], "until": None})
    assert (await post(at, ZOE, access, WHY))[0] == 404
    assert (await post(at, ZOE, access, {"reason": ""}))[0] == 404


async def test_reasons_are_sealed_and_gone_with_an_erasure(at: Referrals) -> None:
    opened = await at.open()
    await post(at, SAM, f"/clients/{opened['clientId']}/access", WHY)
    async with at.database.reading() as connection:
        rows = await (await connection.execute(b"SELECT t::text FROM access_opened t")).fetchall()
        assert WHY["reason"].encode().hex() not in str(rows)
    erased = await at.http.delete(f"/api/clients/{opened['clientId']}", headers=at.person(**TESS))
    assert erased.status_code == 202
    async with at.database.reading() as connection:
        assert await (await connection.execute(b"SELECT 1 FROM access_opened")).fetchall() == []
