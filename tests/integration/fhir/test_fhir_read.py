"""read and vread: what is stored, who may see it, and what need not be sent again."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.referrals.domain.identity import NhsNumber
from tests.integration.fhir.builder import Records
from tests.unit.fhir_samples import a_goal, a_pathway


async def test_what_was_saved_is_read_with_its_version_and_time(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    assert await fhir.save(pathway) == 2
    answer = await fhir.get(f"/CarePlan/{pathway.referral_id}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/fhir+json")
    assert answer.headers["etag"] == 'W/"1"'
    assert answer.headers["content-length"] == str(len(answer.content))
    plan = answer.json()
    assert plan["meta"]["versionId"] == "1"
    assert plan["goal"] == [{"reference": f"Goal/{pathway.goals[0].goal_id}"}]


async def test_a_change_of_a_goal_leaves_the_plans_version_alone(fhir: Records) -> None:
    goal = a_goal()
    pathway = a_pathway(goal)
    await fhir.save(pathway)
    assert await fhir.save(replace(pathway, goals=(replace(goal, state="achieved"),))) == 1
    assert (await fhir.get(f"/CarePlan/{pathway.referral_id}")).headers["etag"] == 'W/"1"'
    changed = await fhir.get(f"/Goal/{goal.goal_id}")
    assert changed.headers["etag"] == 'W/"2"'
    assert changed.json()["achievementStatus"]["coding"][0]["code"] == "achieved"


async def test_an_unchanged_rendering_makes_no_version(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    assert await fhir.save(pathway) == 0
    assert (await fhir.get(f"/Goal/{pathway.goals[0].goal_id}")).headers["etag"] == 'W/"1"'


async def test_every_version_stays_to_be_read(fhir: Records) -> None:
    goal = a_goal(state="proposed")
    pathway = a_pathway(goal)
    await fhir.save(pathway)
    await fhir.save(replace(pathway, goals=(replace(goal, state="agreed"),)))
    first = await fhir.get(f"/Goal/{goal.goal_id}/_history/1")
    second = await fhir.get(f"/Goal/{goal.goal_id}/_history/2")
    assert (first.json()["lifecycleStatus"], first.headers["etag"]) == ("proposed", 'W/"1"')
    assert (second.json()["lifecycleStatus"], second.headers["etag"]) == ("active", 'W/"2"')
    for version in ("0", "3", "x", "99999999999", "-1"):
        assert (await fhir.get(f"/Goal/{goal.goal_id}/_history/{version}")).status_code == 404


@pytest.mark.parametrize("tag", ['W/"1"', '"1"', 'W/"7", W/"1"', "*"])
async def test_a_version_that_the_caller_has_is_not_sent_again(fhir: Records, tag: str) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    answer = await fhir.get(f"/CarePlan/{pathway.referral_id}", if_none_match=tag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == 'W/"1"'


@pytest.mark.parametrize("tag", ['W/"2"', '"x"', "nonsense", 'W/"99999999999999"'])
async def test_another_entity_tag_gets_the_resource(fhir: Records, tag: str) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    assert (await fhir.get(f"/CarePlan/{pathway.referral_id}", if_none_match=tag)).status_code == 200


async def test_the_date_of_the_last_change_works_as_a_condition_too(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    path = f"/CarePlan/{pathway.referral_id}"
    date = (await fhir.get(path)).headers["last-modified"]
    assert (await fhir.get(path, if_modified_since=date)).status_code == 304
    assert (await fhir.get(path, if_modified_since="Sun, 01 Nov 2020 00:00:00 GMT")).status_code == 200
    assert (await fhir.get(path, if_modified_since="yesterday")).status_code == 200
    assert (await fhir.get(path, if_modified_since=date, if_none_match='W/"9"')).status_code == 200


async def test_if_match_that_is_stale_is_412(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    answer = await fhir.get(f"/CarePlan/{pathway.referral_id}", if_match='W/"2"')
    assert answer.status_code == 412
    assert answer.json()["resourceType"] == "OperationOutcome"


async def test_a_withdrawal_hides_at_once_and_agreeing_again_shows_the_next_version(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    await fhir.hide(pathway)
    for path in (f"/CarePlan/{pathway.referral_id}", f"/Goal/{pathway.goals[0].goal_id}"):
        assert (await fhir.get(path)).status_code == 404
        assert (await fhir.get(f"{path}/_history/1")).status_code == 404
        assert (await fhir.get(path, if_none_match='W/"1"')).status_code == 404
    assert await fhir.save(pathway) == 2
    again = await fhir.get(f"/CarePlan/{pathway.referral_id}")
    assert again.headers["etag"] == 'W/"2"'
    assert (await fhir.get(f"/CarePlan/{pathway.referral_id}/_history/1")).status_code == 200
    assert await fhir.save(pathway) == 0


async def test_another_provider_sees_what_is_not_there(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    theirs = await fhir.get(f"/CarePlan/{pathway.referral_id}", provider="X98")
    nobodys = await fhir.get(f"/CarePlan/{uuid4()}", provider="X98")
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content


async def test_an_id_that_is_none_is_404(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    for id_ in ("1", "x" * 200, str(pathway.referral_id).upper(), f"{pathway.referral_id}%00", "a;b"):
        assert (await fhir.get(f"/CarePlan/{id_}")).status_code == 404


async def test_the_erased_are_gone_with_every_version(fhir: Records) -> None:
    goal = a_goal(state="proposed")
    pathway, other = a_pathway(goal), a_pathway(a_goal())
    await fhir.save(pathway)
    await fhir.save(replace(pathway, goals=(replace(goal, state="agreed"),)))
    await fhir.save(other, NhsNumber("9990548617"))
    async with fhir.database.work() as uow:
        await fhir.versions.erase(uow, pathway.client_id)
    assert (await fhir.get(f"/Goal/{goal.goal_id}/_history/1")).status_code == 404
    async with fhir.database.reading() as connection:
        left = await (
            await connection.execute("SELECT id FROM fhir_version UNION SELECT id FROM fhir_resource")
        ).fetchall()
    assert {row[0] for row in left} == {other.referral_id, other.goals[0].goal_id}


async def test_what_a_key_that_is_destroyed_sealed_is_not_there(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    await fhir.database.keys.destroy(pathway.client_id)
    assert (await fhir.get(f"/CarePlan/{pathway.referral_id}")).status_code == 404
    search = await fhir.get(f"/CarePlan?patient={pathway.client_id}")
    assert (search.status_code, "entry" in search.json()) == (200, False)


async def test_each_read_is_in_the_audit_a_304_included_and_a_404_is_not(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    path = f"/CarePlan/{pathway.referral_id}"
    await fhir.get(path, x_request_id="first")
    await fhir.get(path, x_request_id="second", if_none_match='W/"1"')
    await fhir.get(f"/CarePlan/{uuid4()}", x_request_id="third")
    noted = ("system:demo-emitter", "read", f"CarePlan/{pathway.referral_id}", UUID(str(pathway.client_id)))
    assert await fhir.audited() == [(*noted, "first"), (*noted, "second")]


async def test_nothing_is_read_when_it_cannot_be_noted(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    await rename(fhir, "audit", "lost")
    for path in (f"/CarePlan/{pathway.referral_id}", f"/CarePlan?patient={pathway.client_id}", "/CarePlan?_count=0"):
        answer = await fhir.get(path)
        assert answer.status_code == 500
        assert answer.json()["issue"][0]["code"] == "exception"
    await rename(fhir, "lost", "audit")


async def rename(fhir: Records, table: str, name: str) -> None:
    async with fhir.database.work() as uow:
        await uow.connection.execute(f"ALTER TABLE {table} RENAME TO {name}")


async def test_at_rest_nothing_can_be_read(fhir: Records) -> None:
    pathway = a_pathway(a_goal("own-words", "proposed"))
    await fhir.save(pathway)
    await fhir.save(replace(pathway, goals=(replace(pathway.goals[0], state="agreed"),)))
    async with fhir.database.reading() as connection:
        cursor = connection.cursor(binary=True)
        await cursor.execute("SELECT r.*, v.* FROM fhir_resource r LEFT JOIN fhir_version v USING (id, type)")
        rows = await cursor.fetchall()
    held = b" ".join(
        bytes(value) if isinstance(value, bytes) else repr(value).encode() for row in rows for value in row
    )
    assert len(rows) == 2
    for secret in (b"9990548609", b"wedding", b"own-words"):
        assert secret not in held


async def test_many_reads_at_once_each_get_their_own(fhir: Records) -> None:
    pathways = [a_pathway(a_goal()) for _ in range(30)]
    for pathway in pathways:
        await fhir.save(pathway)
    answers = await asyncio.gather(*(fhir.get(f"/CarePlan/{pathway.referral_id}") for pathway in pathways))
    assert [answer.json()["id"] for answer in answers] == [str(pathway.referral_id) for pathway in pathways]
    assert {row[3] for row in await fhir.audited()} == {pathway.client_id for pathway in pathways}


async def test_a_body_that_was_tampered_with_fails_alone(fhir: Records) -> None:
    pathways = [a_pathway(), a_pathway()]
    for pathway in pathways:
        await fhir.save(pathway)
    async with fhir.database.work() as uow:
        swap = "UPDATE fhir_resource SET body = (SELECT body FROM fhir_resource WHERE id = %s) WHERE id = %s"
        await uow.connection.execute(swap, (pathways[1].referral_id, pathways[0].referral_id))
    broken, sound = await asyncio.gather(*(fhir.get(f"/CarePlan/{p.referral_id}") for p in pathways))
    assert (broken.status_code, sound.status_code) == (500, 200)
    assert broken.json()["issue"][0]["code"] == "exception"
