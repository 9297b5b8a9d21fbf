"""Identity, consents, cards, walls and erasure at referrals' doors, and what FHIR shows of them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.handlers.clients import finish_erasures
from shared.storage.keyring import Erased
from tests.integration.referrals_builder import (
    ROBIN,
    SOURCE,
    Referrals,
    attended,
    days_ahead,
    meeting,
    referrals,
    words,
)

AA = meeting("AA", weekday=2)
AGREED: dict[str, Any] = {"records": True, "peers": False, "emitters": []}


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AA)
        yield opened


async def shared(here: Referrals, **changed: object) -> dict[str, Any]:
    """Robin, who agreed to share with records, with one goal in progress."""
    opened = await here.open(**changed)
    assert (await here.put(f"/referrals/{opened['referralId']}/consents", AGREED)).status_code == 200
    wanted = {"kind": "keep-journal", "state": "agreed"}
    assert (await here.post(f"/referrals/{opened['referralId']}/goals", wanted)).status_code == 201
    return opened


async def read(here: Referrals, path: str, provider: str = "X99") -> httpx.Response:
    headers = await here.system("system/*.rs", provider=provider)
    return await here.http.get(f"/fhir/{path}", headers=headers)


async def test_nothing_appears_on_fhir_without_the_clients_agreement(here: Referrals) -> None:
    opened = await here.open()
    assert (await here.plans()).get("entry", []) == []
    await here.put(f"/referrals/{opened['referralId']}/consents", AGREED)
    assert [entry["resource"]["resourceType"] for entry in (await here.plans())["entry"]] == ["CarePlan"]


async def test_a_withdrawal_hides_at_once_and_an_agreement_shows_again(here: Referrals) -> None:
    opened = await shared(here)
    plan = f"CarePlan/{opened['referralId']}"
    assert (await read(here, plan)).status_code == 200
    consents = f"/referrals/{opened['referralId']}/consents"
    assert (await here.put(consents, {**AGREED, "records": False})).status_code == 200
    for path in (plan, f"{plan}/_history/1"):
        assert (await read(here, path)).status_code == 404
    assert (await here.plans()).get("entry", []) == []
    await here.put(consents, AGREED)
    assert len((await here.plans())["entry"]) == 2


async def test_attendance_makes_a_new_version_of_the_goal_and_leaves_the_plan_as_it_is(here: Referrals) -> None:
    opened = await shared(here)
    when = days_ahead(2, weeks=-1)
    body = {"meetingId": str(AA.meeting_id), "date": str(when), "madeAt": f"{when}T08:00:00Z"}
    assert (await here.post(f"/referrals/{opened['referralId']}/commitments", body)).status_code == 201
    plan = (await read(here, f"CarePlan/{opened['referralId']}")).headers["ETag"]
    assert ("active", "in-progress", "1") in await here.goals()

    await here.hears(attended(opened["clientId"], AA, when))
    assert ("completed", "achieved", "2") in await here.goals()
    assert (await read(here, f"CarePlan/{opened['referralId']}")).headers["ETag"] == plan


async def test_somebody_elses_disagreement_leaves_the_goals_version_alone(here: Referrals) -> None:
    opened = await shared(here)
    when = days_ahead(2, weeks=-1)
    body = {"meetingId": str(AA.meeting_id), "date": str(when), "madeAt": f"{when}T08:00:00Z"}
    await here.post(f"/referrals/{opened['referralId']}/commitments", body)
    await here.hears(attended(opened["clientId"], AA, when, by="client"))
    before = await here.goals()
    await here.hears(attended(opened["clientId"], AA, when, by="client", disagreement=True))
    assert await here.goals() == before


async def test_without_a_number_nothing_appears_until_it_is_known(here: Referrals) -> None:
    opened = await shared(here, nhsNumber=None)
    assert (await read(here, f"CarePlan/{opened['referralId']}")).status_code == 404
    identity = f"/referrals/{opened['referralId']}/identity"
    assert (await here.put(identity, {"nhsNumber": "999 054 8609"})).status_code == 200
    assert len((await here.plans())["entry"]) == 2


async def test_a_number_that_another_person_has_is_refused(here: Referrals) -> None:
    await here.open()
    other = await here.open(nhsNumber=None, name="Sam Sample")
    taken = await here.put(f"/referrals/{other['referralId']}/identity", {"nhsNumber": "9990548609"})
    assert (taken.status_code, words(taken)) == (409, [("nhsNumber", "nhs-number-taken")])


async def test_an_emitter_must_be_registered_before_a_client_can_agree_to_it(here: Referrals) -> None:
    opened = await here.open()
    consents = f"/referrals/{opened['referralId']}/consents"
    unknown = await here.put(consents, {**AGREED, "emitters": [SOURCE]})
    assert (unknown.status_code, words(unknown)) == (422, [("emitters[0]", "unknown-source")])
    await here.registers()
    assert (await here.put(consents, {**AGREED, "emitters": [SOURCE]})).status_code == 200
    known = [data for name, data in await here.said() if name == "client.known"]
    assert [data["emitters"] for data in known] == [[], [SOURCE]]


async def test_a_new_card_makes_the_old_one_void(here: Referrals) -> None:
    opened = await here.open()
    card = await here.post(f"/referrals/{opened['referralId']}/card")
    assert card.json()["cardCode"] != opened["cardCode"]
    digests = [data["cardSha256"] for name, data in await here.said() if name == "client.known"]
    assert len(set(digests)) == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ({"sub": "zoe", "provider": "X98", "team": "south"}, 404),
        ({"sub": "kim", "team": "south"}, 403),
        ({"sub": "tess", "roles": ["team-lead"], "team": "south"}, 200),
        ({"sub": "otto", "roles": ["operations"]}, 403),
        ({"sub": "rae", "roles": ["recovery-champion"]}, 403),
    ],
)
async def test_a_referral_is_seen_by_its_team_and_its_providers_team_leads(
    here: Referrals, who: dict[str, Any], status: int
) -> None:
    opened = await here.open()
    answer = await here.get(f"/referrals/{opened['referralId']}", who=here.person(**who))
    assert answer.status_code == status


async def test_two_providers_have_the_same_person_and_never_learn_of_it(here: Referrals) -> None:
    ours = await shared(here)
    zoe = here.person(sub="zoe", provider="X98", team="south")
    theirs = await here.post("/referrals", {**ROBIN, "openedAt": _yesterday()}, who=zoe)
    assert theirs.status_code == 201
    assert theirs.json()["clientId"] != ours["clientId"]
    assert (await read(here, f"CarePlan/{ours['referralId']}", provider="X98")).status_code == 404


async def test_every_read_is_in_the_audit(here: Referrals) -> None:
    opened = await shared(here)
    await here.shown(opened["referralId"])
    await here.plans()
    async with here.database.reading() as connection:
        rows = await (await connection.execute("SELECT actor, action, client FROM audit ORDER BY at")).fetchall()
    client = UUID(opened["clientId"])
    assert ("person:kay", "read", client) in rows
    assert ("system:records", "search", client) in rows


async def test_erasing_takes_everything_and_leaves_a_tombstone(here: Referrals) -> None:
    opened = await shared(here)
    client, path = UUID(opened["clientId"]), f"/clients/{opened['clientId']}"
    tess = here.person(sub="tess", roles=["keyworker", "team-lead"])
    kay = await here.http.delete(f"/api{path}", headers=here.person())
    assert kay.status_code == 403
    erased = await here.http.delete(f"/api{path}", headers=tess)
    assert (erased.status_code, erased.json()["state"]) == (202, "erased")
    await finish_erasures(here.database)

    assert (await here.get(f"/referrals/{opened['referralId']}")).status_code == 404
    assert (await here.plans()).get("entry", []) == []
    assert [data["state"] for name, data in await here.said() if name == "client.known"] == ["erased"]
    with pytest.raises(Erased):
        await here.database.keys.of(client)
    assert await _rows_about(here, client) == {"client", "erasure", "audit", "outbox"}
    await here.hears(attended(str(client), AA, days_ahead(2, weeks=-1)))
    assert (await here.http.delete(f"/api{path}", headers=tess)).status_code == 202


async def test_who_was_erased_can_come_back_as_somebody_new(here: Referrals) -> None:
    opened = await shared(here)
    tess = here.person(sub="tess", roles=["team-lead"])
    await here.http.delete(f"/api/clients/{opened['clientId']}", headers=tess)
    again = await here.open()
    assert again["clientId"] != opened["clientId"]
    assert again["cardCode"]


async def _rows_about(here: Referrals, client: UUID) -> set[str]:
    """Tables in which any row still names this pseudonym."""
    async with here.database.reading() as connection:
        query = (
            "SELECT DISTINCT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'uuid'"
        )
        columns = await (await connection.execute(query)).fetchall()
        found = set()
        for table, column in columns:
            rows = await connection.execute(f"SELECT 1 FROM {table} WHERE {column} = %s LIMIT 1".encode(), (client,))
            if await rows.fetchone():
                found.add(table)
    return found


def _yesterday() -> str:
    return (datetime.now(UTC) - timedelta(days=1)).isoformat()
