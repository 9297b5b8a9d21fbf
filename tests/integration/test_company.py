"""Someone to go with, through the doors: asked, offered by a link, agreed, fallen through."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.peers.handlers.register import finish_erasures
from tests.integration.company_builder import AA, PRIVATE, ROWAN, SASHA, Company
from tests.integration.referrals_builder import referrals, words


@pytest.fixture
async def it(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Company]:
    async with referrals(postgres, tmp_path) as there:
        await there.lists(AA)
        yield Company(there, await there.open())


async def test_a_peer_supporter_says_yes_by_a_link_and_each_side_then_learns_what_the_other_chose(it: Company) -> None:
    commitment = await it.commits()
    company = await it.asks(commitment)
    offered = await it.offers(company, await it.lists(ROWAN))
    assert offered["link"] in offered["text"]

    seen = await it.opens(offered["link"])
    assert seen.status_code == 200
    assert "St Mark&#39;s Hall" in seen.text
    assert "7pm" in seen.text
    told = [word for word in (*PRIVATE, "Alcoholics", "AA", "Famalink", ROWAN["phone"]) if word in seen.text]
    assert told == []
    assert [(each["state"], each["with"]) for each in await it.company()] == [("offered", None)]

    agreed = await it.presses(offered["link"], "yes")
    assert "Robin" in agreed.text
    assert "07700 900333" in agreed.text
    assert "Quillfeather" not in agreed.text
    [shown] = await it.company()
    assert (shown["state"], shown["with"]) == ("agreed", {"firstName": "Rowan", "contact": "07700 900111"})
    [made] = (await it.shown())["commitments"]
    assert made["accompanied"]
    assert (await it.presses(offered["link"], "yes")).text.count("You are coming along") == 1


async def test_when_they_cannot_come_after_all_the_keyworker_is_flagged_and_nothing_more_is_shown(it: Company) -> None:
    commitment, _, link = await it.agreed()
    after = await it.presses(link, "cannot-come")
    assert "Thank you for saying so" in after.text
    assert [word for word in PRIVATE if word in after.text] == []
    shown = await it.shown()
    assert [(flag["code"], flag["about"]) for flag in shown["flags"]] == [("company-fell-through", commitment)]
    assert [made["state"] for made in shown["commitments"]] == ["planned"]
    assert [(each["state"], each["with"]) for each in await it.company()] == [("fell-through", None)]
    assert "whoever was to come cannot; the meeting is still planned" in await looks(it, "clients")
    said = [name for name, _ in await it.there.said() if name.startswith("company")]
    assert said == ["company.asked", "company.offered", "company.agreed", "company.fell-through"]


async def looks(it: Company, at: str) -> str:
    """The client's page, or today's."""
    path = f"/clients/{it.opened['referralId']}" if at == "clients" else "/"
    page = await it.there.http.get(path, headers={"Accept": "text/html", **it.there.person()})
    assert page.status_code == 200
    return page.text


async def test_a_flag_says_which_meeting_it_is_about_on_today_and_on_the_clients_page(it: Company) -> None:
    _, _, link = await it.agreed()
    await it.presses(link, "cannot-come")
    assert "Someone to go with cannot come: Alcoholics Anonymous, Thursday " in await looks(it, "today")
    assert "Someone to go with cannot come</strong>: Alcoholics Anonymous, Thursday " in await looks(it, "clients")


async def test_once_the_pathway_has_ended_nothing_says_that_the_meeting_is_still_planned(it: Company) -> None:
    _, _, link = await it.agreed()
    await it.presses(link, "cannot-come")
    await it.there.post(f"{it.at}/ending", {"kind": "transferred"})
    page = await looks(it, "clients")
    assert "whoever was to come cannot" in page
    assert "still planned" not in page


async def test_that_a_peer_is_to_be_told_of_a_death_is_on_today_until_it_is_done(it: Company) -> None:
    commitment, _, _ = await it.agreed()
    await it.there.post(f"{it.at}/ending", {"kind": "died"})
    told = "A peer supporter is to be told: Alcoholics Anonymous, Thursday "
    assert told in await looks(it, "today")
    await it.there.post(f"{it.at}/flags/seen", {"code": "tell-the-peer", "about": commitment})
    assert told not in await looks(it, "today")


async def test_that_somebody_goes_along_is_said_once_they_have_agreed(it: Company) -> None:
    commitment = await it.commits()
    company = await it.asks(commitment)
    assert "; somebody to go with is looked for" in await looks(it, "clients")
    assert "somebody goes along" not in await looks(it, "clients")
    assert "Ask a peer supporter, or the recovery champion." in await looks(it, "today")
    link = (await it.offers(company, await it.lists(ROWAN)))["link"]
    for page in ("today", "clients"):
        assert ": wait for the answer." in (shown := await looks(it, page))
        assert "Ask a peer supporter, or" not in shown
    await it.presses(link, "yes")
    assert "; somebody goes along" in await looks(it, "clients")


async def test_a_link_is_for_one_offer_and_changes_nothing_when_it_is_only_looked_at(it: Company) -> None:
    company = await it.asks(await it.commits())
    link = (await it.offers(company, await it.lists(ROWAN)))["link"]
    for _ in range(2):
        assert "can you come along" in (await it.opens(link)).text
    assert (await it.opens(link[:-4] + "AAAA")).status_code == 404
    assert (await it.opens("http://localhost:8401/answer/" + "A" * 91)).status_code == 404
    back = await it.there.post(f"/company/{company}/answer", {"answer": "taken-back"}, who=it.rae)
    assert back.status_code == 200
    await it.offers(company, await it.lists(SASHA))
    late = await it.presses(link, "yes")
    assert "You are coming along" not in late.text
    assert [each["state"] for each in await it.company()] == ["offered"]


async def test_a_recovery_champion_sees_requests_by_day_area_and_preference_and_never_who_asks(it: Company) -> None:
    company = await it.asks(await it.commits())
    await it.lists(ROWAN)
    page = {"Accept": "text/html", **it.rae}
    for path in ("/api/company/requests", f"/api/company/{company}/suggestions", "/company", f"/company/{company}"):
        seen = await it.there.http.get(path, headers=page)
        assert seen.status_code == 200, path
        told = [word for word in (*PRIVATE, it.opened["referralId"], it.opened["clientId"]) if word in seen.text]
        assert told == [], path
    for asked, found in (("area=northgate", 1), ("area=Southgate", 0), ("preference=man", 0), ("preference=woman", 1)):
        answer = await it.there.get(f"/company/requests?{asked}", who=it.rae)
        assert len(answer.json()["requests"]) == found, asked
    assert (await it.there.get(f"/referrals/{it.opened['referralId']}", who=it.rae)).status_code == 403


async def test_suggestions_leave_out_who_is_paused_kept_apart_or_of_another_provider(it: Company) -> None:
    company = await it.asks(await it.commits(), preference=None)
    rowan, sasha, ash = [await it.lists(peer) for peer in (ROWAN, SASHA, ROWAN | {"knownAs": "Ash"})]
    tess = it.there.person(sub="tess", roles=["team-lead"], team="south")
    assert (await it.there.put(f"/peers/{sasha}/pause", {"paused": True}, who=tess)).status_code == 200
    assert (await it.there.put(f"/peers/{rowan}/pause", {"paused": True}, who=it.rae)).status_code == 403
    async with it.there.database.work() as uow:
        mark = "INSERT INTO kept_apart VALUES (%s, 'peer', %s, 'X99', 'north', now())"
        await uow.connection.execute(mark, (it.opened["clientId"], ash))
    answer = await it.there.get(f"/company/{company}/suggestions", who=it.rae)
    assert [one["peerId"] for one in answer.json()["suggestions"]] == [rowan]
    for peer, code in ((sasha, "peer-not-asked-now"), (ash, "peer-not-asked-now")):
        refused = await it.there.post(f"/company/{company}/offer/{peer}", who=it.rae)
        assert (refused.status_code, words(refused)) == (422, [("peerId", code)])
    roy = it.there.person(sub="roy", roles=["recovery-champion"], provider="X98")
    assert (await it.there.get("/peers", who=roy)).json() == {"peers": []}


async def test_a_peer_supporter_is_erased_with_their_key_and_who_counted_on_them_is_told(it: Company) -> None:
    commitment, _, link = await it.agreed()
    [peer] = (await it.there.get("/peers", who=it.rae)).json()["peers"]
    tess = it.there.person(sub="tess", roles=["team-lead"], team="south")
    gone = await it.there.http.delete(f"/api/peers/{peer['peerId']}", headers=tess)
    assert gone.status_code == 202
    await finish_erasures(it.there.database)
    assert await it.there.database.keys.existing([UUID(peer["peerId"])]) == {}
    async with it.there.database.reading() as connection:
        left = await (await connection.execute("SELECT count(*) FROM peer")).fetchone()
    assert left == (0,)
    assert (await it.there.get(f"/peers/{peer['peerId']}", who=it.rae)).status_code == 404
    assert [(flag["code"], flag["about"]) for flag in (await it.shown())["flags"]] == [
        ("company-fell-through", commitment)
    ]
    assert "no longer needed" in (await it.opens(link)).text


async def test_the_list_refuses_at_the_field_keeps_what_was_typed_and_tells_a_stale_one(it: Company) -> None:
    page = {"Accept": "text/html", **it.rae}
    typed = {"name": "Ash Marlowe", "knownAs": "Ash", "model": "recovery-champion", "offers": "lift", "phone": "no"}
    refused = await it.there.http.post("/company/peers/new", data=typed, headers=page)
    assert refused.status_code == 422
    assert 'value="Ash Marlowe"' in refused.text
    assert 'href="#agreedOn"' in refused.text
    assert 'href="#phone"' in refused.text
    peer = await it.lists(ROWAN)
    changed = await it.there.put(f"/peers/{peer}", ROWAN | {"areas": []}, who=it.rae, if_match='W/"1"')
    assert changed.status_code == 200
    stale = await it.there.put(f"/peers/{peer}", ROWAN, who=it.rae, if_match='W/"1"')
    assert stale.status_code == 412
    tess = it.there.person(sub="tess", roles=["team-lead"], team="south")
    await it.there.put("/company/models", {"models": ["established-client"]}, who=tess)
    assert words(await it.there.post("/peers", ROWAN, who=it.rae)) == [("model", "not-run-here")]


async def test_a_concern_is_kept_as_to_whom_it_was_passed_and_when_with_no_room_for_a_story(it: Company) -> None:
    peer = await it.lists(ROWAN)
    story = {"passedTo": "Sal Safeguarding", "passedOn": "2026-11-02", "what": "something that was said"}
    assert words(await it.there.post(f"/peers/{peer}/concerns", story)) == [("what", "extra-forbidden")]
    noted = await it.there.post(f"/peers/{peer}/concerns", {name: story[name] for name in ("passedTo", "passedOn")})
    assert noted.status_code == 204
    shown = (await it.there.get(f"/peers/{peer}", who=it.rae)).json()
    assert shown["concerns"] == [{"passedTo": "Sal Safeguarding", "passedOn": "2026-11-02"}]


async def test_a_keyworker_asks_on_the_clients_page_and_sees_there_who_goes_along(it: Company) -> None:
    commitment = await it.commits()
    page = {"Accept": "text/html", **it.there.person()}
    client = f"/clients/{it.opened['referralId']}"
    form = await it.there.http.get(f"{client}/commitments/{commitment}/company", headers=page)
    assert 'value="Robin"' not in form.text, "what is passed on the client chooses"
    typed = {"offers": "go-with", "firstName": "Robin", "contact": ""}
    asked = await it.there.http.post(f"{client}/commitments/{commitment}/company", data=typed, headers=page)
    assert (asked.status_code, asked.headers["location"]) == (303, f"{client}?said=company")
    [company] = await it.company()
    link = (await it.offers(company["companyId"], await it.lists(ROWAN)))["link"]
    assert "Rowan" not in (await it.there.http.get(client, headers=page)).text
    await it.presses(link, "yes")
    assert "Rowan, 07700 900111" in (await it.there.http.get(client, headers=page)).text
    alone = await it.there.http.post(f"{client}/company/{company['companyId']}/withdrawal", headers=page)
    assert alone.status_code == 303
    assert "no longer needed" in (await it.opens(link)).text
    assert [flag["code"] for flag in (await it.shown())["flags"]] == ["tell-the-peer"]
