"""Two people who are kept apart, on the real doors: with both, for keyworkers alone, and never why."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.handlers.keeping_apart import Avoided, avoided
from tests.integration.company_builder import ROWAN
from tests.integration.referrals_builder import Referrals, days_ahead, meeting, referrals

AA = meeting("AA", weekday=2)
SAM = {"sub": "sam", "team": "south"}
ZOE = {"sub": "zoe", "provider": "X98"}
LEAD = {"sub": "tess", "roles": ["team-lead"], "team": "south"}


@pytest.fixture
async def at(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as made:
        await made.lists(AA)
        yield made


async def a_client(at: Referrals, name: str, who: dict[str, str] | None = None) -> tuple[str, str]:
    body = {"name": name, "birthDate": "1980-02-03", "for": "self", "forWhat": ["alcohol"], "timeZone": "Europe/London"}
    answer = await at.post("/referrals", body, who=at.person(**(who or {})))
    assert answer.status_code == 201, answer.text
    return answer.json()["clientId"], answer.json()["referralId"]


async def what_is_avoided(at: Referrals, client: str) -> Avoided:
    async with at.database.work() as uow:
        return await avoided(uow, UUID(client))


async def test_where_the_one_plans_to_go_is_not_suggested_to_the_other(at: Referrals) -> None:
    (ann, of_ann), (bob, _) = await a_client(at, "Ann Apart"), await a_client(at, "Bob Apart", SAM)
    plan = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))}
    assert (await at.post(f"/referrals/{of_ann}/commitments", plan)).status_code == 201
    assert (await at.put(f"/clients/{ann}/kept-apart/client/{bob}", None)).status_code == 204
    assert await what_is_avoided(at, bob) == Avoided(frozenset({AA.meeting_id}), frozenset({UUID(ann)}))
    assert await what_is_avoided(at, ann) == Avoided(frozenset(), frozenset({UUID(bob)}))


async def test_the_mark_stands_with_both_and_goes_with_both(at: Referrals) -> None:
    (ann, _), (bob, _) = await a_client(at, "Ann Apart"), await a_client(at, "Bob Apart", SAM)
    for _ in "12":
        await at.put(f"/clients/{ann}/kept-apart/client/{bob}", None)
    [own] = (await at.get(f"/clients/{ann}/kept-apart")).json()["keptApart"]
    assert (own["kind"], own["id"], own["name"]) == ("client", bob, None)  # of another team, so without a name
    [theirs] = (await at.get(f"/clients/{bob}/kept-apart", who=at.person(**LEAD))).json()["keptApart"]
    assert (theirs["id"], theirs["name"]) == (ann, "Ann Apart")
    gone = await at.http.delete(f"/api/clients/{bob}/kept-apart/client/{ann}", headers=at.person(**SAM))
    assert gone.status_code == 204
    assert (await at.get(f"/clients/{ann}/kept-apart")).json() == {"keptApart": []}


async def test_peer_supporters_and_staff_can_be_marked_too(at: Referrals) -> None:
    ann, _ = await a_client(at, "Ann Apart")
    assert (await at.put(f"/clients/{ann}/kept-apart/peer/{uuid4()}", None)).status_code == 422
    listed = await at.post("/peers", ROWAN, who=at.person(sub="rae", roles=["recovery-champion"]))
    peer = listed.json()["peerId"]
    assert (await at.put(f"/clients/{ann}/kept-apart/peer/{peer}", None)).status_code == 204
    assert (await at.put(f"/clients/{ann}/kept-apart/staff/sam", None)).status_code == 422
    await at.get("/caseload", who=at.person(**SAM, name="Sam South"))
    assert (await at.put(f"/clients/{ann}/kept-apart/staff/sam", None)).status_code == 204
    shown = (await at.get(f"/clients/{ann}/kept-apart")).json()["keptApart"]
    assert [(one["kind"], one["name"]) for one in shown] == [("peer", None), ("staff", "Sam South")]
    assert (await what_is_avoided(at, ann)).people == {UUID(peer)}


async def test_who_is_unknown_here_or_the_same_person_is_refused_in_words(at: Referrals) -> None:
    ann, _ = await a_client(at, "Ann Apart")
    zed, _ = await a_client(at, "Zed Elsewhere", ZOE)
    answers = [await at.put(f"/clients/{ann}/kept-apart/client/{other}", None) for other in (ann, zed, str(uuid4()))]
    assert [one.json()["errors"][0]["code"] for one in answers] == ["same-person", "unknown-person", "unknown-person"]
    assert answers[1].json() == answers[2].json()
    assert (await at.put(f"/clients/{ann}/kept-apart/client/x", None)).status_code == 400
    assert (await at.put(f"/clients/{ann}/kept-apart/client/{zed}", None, who=at.person(**SAM))).status_code == 403


async def test_marks_are_in_the_audit_with_both_and_are_gone_with_an_erasure(at: Referrals) -> None:
    (ann, _), (bob, _) = await a_client(at, "Ann Apart"), await a_client(at, "Bob Apart")
    await at.put(f"/clients/{ann}/kept-apart/client/{bob}", None)
    async with at.database.reading() as connection:
        rows = await (await connection.execute(b"SELECT actor, action, client FROM audit")).fetchall()
    assert {(actor, action, str(whose)) for actor, action, whose in rows} == {
        ("person:kay", "keep-apart", ann),
        ("person:kay", "keep-apart", bob),
    }
    erased = await at.http.delete(f"/api/clients/{ann}", headers=at.person(**LEAD))
    assert erased.status_code == 202
    assert (await at.get(f"/clients/{bob}/kept-apart")).json() == {"keptApart": []}


async def test_on_the_page_a_peer_supporter_is_chosen_and_a_client_of_the_team_found_by_name(at: Referrals) -> None:
    (ann, _), (bob, _), _ = (
        await a_client(at, "Ann Apart"),
        await a_client(at, "Bob Other"),
        await a_client(at, "Bo Cy"),
    )
    rae = at.person(sub="rae", roles=["recovery-champion"])
    peer = (await at.post("/peers", ROWAN, who=rae)).json()["peerId"]
    page, path = {"Accept": "text/html", **at.person()}, f"/people/{ann}/kept-apart"
    assert "Rowan, Northgate" in (await at.http.get(path, headers=page)).text

    several = await at.http.post(path, data={"name": "bo"}, headers=page)
    assert (several.status_code, "fits more than one client" in several.text) == (422, True)
    assert 'value="bo"' in several.text, "what was typed stays"
    nobody = await at.http.post(path, data={}, headers=page)
    assert (nobody.status_code, "Say from whom" in nobody.text) == (422, True)
    for form in ({"name": "bob"}, {"peer": peer}):
        assert (await at.http.post(path, data=form, headers=page)).status_code == 303
    assert (await what_is_avoided(at, ann)).people == {UUID(bob), UUID(peer)}
