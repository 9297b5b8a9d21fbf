"""Company once it is over: written down later than it happened, and a peer supporter who leaves for good."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local.postgres import EmbeddedPostgres
from services.referrals.handlers.keeping_apart import avoided
from services.referrals.peers.handlers.register import finish_erasures
from tests.integration.company_builder import AA, PRIVATE, ROWAN, SASHA, Company
from tests.integration.referrals_builder import days_ahead, referrals, words


@pytest.fixture
async def it(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Company]:
    async with referrals(postgres, tmp_path) as there:
        await there.lists(AA)
        yield Company(there, await there.open())


def lead(it: Company) -> dict[str, str]:
    return {"Accept": "text/html", **it.there.person(sub="tess", roles=["team-lead"], team="south")}


async def agreed_for_last_week(it: Company) -> tuple[str, str]:
    """Company and peer supporter; on paper in time, written down now."""
    day = days_ahead(4, weeks=-1)
    before = {"at": (datetime.combine(day, time(19), UTC) - timedelta(days=1)).isoformat()}
    made = await it.there.post(
        f"{it.at}/commitments", {"meetingId": str(AA.meeting_id), "date": str(day), "madeAt": before["at"]}
    )
    company = await it.asks(made.json()["commitmentId"], **before)
    peer = await it.lists(ROWAN)
    offered = await it.there.post(f"/company/{company}/offer/{peer}", before, who=it.rae)
    assert offered.status_code == 201, offered.text
    answered = await it.there.post(f"/company/{company}/answer", {"answer": "yes", **before}, who=it.rae)
    assert answered.status_code == 200, answered.text
    return company, peer


async def marked(it: Company) -> list[dict[str, Any]]:
    answer = await it.there.get(f"/clients/{it.opened['clientId']}/kept-apart")
    return answer.json()["keptApart"]  # type: ignore[no-any-return]


async def test_what_was_arranged_on_paper_is_written_down_later_and_the_clients_page_says_who_came_along(
    it: Company,
) -> None:
    company, _ = await agreed_for_last_week(it)
    went = await it.there.post(f"/company/{company}/answer", {"answer": "went"}, who=it.rae)
    assert went.status_code == 200, went.text
    page = await it.there.http.get(
        f"/clients/{it.opened['referralId']}", headers={"Accept": "text/html", **it.there.person()}
    )
    assert "they went together" in page.text
    assert "Rowan came along." in page.text
    assert ROWAN["phone"] not in page.text
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    ahead = await it.asks(await it.commits(days_ahead(4, weeks=2)))
    refused = await it.there.post(f"/company/{ahead}/offer/{await it.lists(SASHA)}", {"at": tomorrow}, who=it.rae)
    assert words(refused) == [("at", "in-the-future")]


async def test_that_they_went_together_is_told_to_journal_as_the_peers_word_if_the_client_agreed(it: Company) -> None:
    async def reported() -> list[tuple[str, str]]:
        said = [data for name, data in await it.there.said() if name == "attendance.reported"]
        return [(data["outcome"], data["reportedBy"]) for data in said]

    first, _ = await agreed_for_last_week(it)
    assert (await it.there.post(f"/company/{first}/answer", {"answer": "went"}, who=it.rae)).status_code == 200
    assert await reported() == [], "the client did not agree to peers' reports: they are asked"
    consents = {"records": False, "peers": True, "emitters": []}
    assert (await it.there.put(f"{it.at}/consents", consents)).status_code == 200

    other = Company(it.there, await it.there.open(nhsNumber=None, name="Ash Else"))
    assert (await it.there.put(f"{other.at}/consents", consents)).status_code == 200
    second, _ = await agreed_for_last_week(other)
    for _ in range(2):
        assert (await it.there.post(f"/company/{second}/answer", {"answer": "went"}, who=it.rae)).status_code == 200
    assert await reported() == [("attended", "peer")]


async def test_what_fell_through_stays_on_the_champions_list_until_it_is_asked_anew(it: Company) -> None:
    commitment, company, link = await it.agreed()
    await it.presses(link, "cannot-come")

    async def listed() -> list[tuple[str, str]]:
        answer = await it.there.get("/company/requests", who=it.rae)
        return [(each["companyId"], each["state"]) for each in answer.json()["requests"]]

    assert await listed() == [(company, "fell-through")]
    page = await it.there.http.get("/company", headers={"Accept": "text/html", **it.rae})
    assert "Fell through" in page.text
    anew = await it.asks(commitment)
    assert await listed() == [(anew, "asked")]


async def test_after_an_erasure_the_list_says_whom_to_tell_that_they_are_no_longer_needed(it: Company) -> None:
    await it.agreed()
    gone = await it.there.http.delete(f"/api/clients/{it.opened['clientId']}", headers=lead(it))
    assert gone.status_code == 202
    page = {"Accept": "text/html", **it.rae}
    shown = await it.there.http.get("/company", headers=page)
    assert "Tell Rowan that they are no longer needed on Thursday" in shown.text
    assert [word for word in PRIVATE if word in shown.text] == []
    keyworkers = {"Accept": "text/html", **it.there.person()}
    assert "Rowan" not in (await it.there.http.get("/company", headers=keyworkers)).text

    peer = (await it.there.get("/peers", who=it.rae)).json()["peers"][0]["peerId"]
    told = await it.there.http.post(f"/company/peers/{peer}/told", headers=page)
    assert (told.status_code, told.headers["location"]) == (303, "/company?said=peer")
    assert "Rowan" not in (await it.there.http.get("/company", headers=page)).text
    await finish_erasures(it.there.database)


async def test_nobody_goes_along_with_two_clients_at_the_same_time(it: Company) -> None:
    """Two are asked before either is agreed: the second yes is refused, in words."""
    other = Company(it.there, await it.there.open(nhsNumber=None, name="Ash Else"))
    peer = await it.lists(ROWAN)
    first, second = await it.asks(await it.commits()), await other.asks(await other.commits())
    one, two = [(await it.offers(company, peer))["link"] for company in (first, second)]
    await it.presses(one, "yes")
    late = await it.presses(two, "yes")
    assert "going along with somebody already" in late.text
    assert [each["state"] for each in await other.company()] == ["offered"]
    told = await it.there.post(f"/company/{second}/answer", {"answer": "yes"}, who=it.rae)
    assert words(told) == [("peerId", "peer-busy")]

    await it.presses(two, "no")
    third = Company(it.there, await it.there.open(nhsNumber=None, name="Bo Third"))
    company = await third.asks(await third.commits())
    shown = await it.there.get(f"/company/{company}/suggestions", who=it.rae)
    assert shown.json()["suggestions"] == []
    refused = await it.there.post(f"/company/{company}/offer/{peer}", who=it.rae)
    assert words(refused) == [("peerId", "peer-busy")]


async def test_before_the_yes_the_link_shows_nothing_from_the_feed_but_place_and_time(it: Company) -> None:
    await it.there.lists(replace(AA, finding_the_door="AA Northgate, ring the bell marked AA"))
    link = (await it.offers(await it.asks(await it.commits()), await it.lists(ROWAN)))["link"]
    assert "bell marked" not in (await it.opens(link)).text
    assert "bell marked" in (await it.presses(link, "yes")).text


async def test_who_keeps_the_list_reads_how_to_reach_whom_they_ask_and_a_keyworker_does_not(it: Company) -> None:
    company, peer = await it.asks(await it.commits()), await it.lists(ROWAN)
    pages = [
        (await it.there.http.post(f"/company/{company}/offer/{peer}", headers={"Accept": "text/html"} | who)).text
        for who in (it.rae, it.there.person())
    ]
    assert ["07700 900111, rowan.f@mail.example" in page for page in pages] == [True, False]
    assert ["Words to copy" in page for page in pages] == [True, True]


async def test_before_the_yes_the_place_has_no_name_that_tells_what_is_held_there(it: Company) -> None:
    telling = replace(AA, meeting_id=uuid4(), place_name="Alano Recovery Club")
    await it.there.lists(telling)
    body = {"meetingId": str(telling.meeting_id), "date": str(days_ahead(4, weeks=1))}
    made = (await it.there.post(f"{it.at}/commitments", body)).json()["commitmentId"]
    link = (await it.offers(await it.asks(made), await it.lists(ROWAN)))["link"]
    before = (await it.opens(link)).text
    assert ("Northgate, York" in before, "Alano" in before) == (True, False)
    assert "Alano Recovery Club, Northgate, York" in (await it.presses(link, "yes")).text


async def test_what_was_asked_for_and_is_not_covered_stands_on_the_keyworkers_and_the_champions_page(
    it: Company,
) -> None:
    company = await it.asks(await it.commits(), offers=["go-with", "lift"])
    link = (await it.offers(company, await it.lists(ROWAN)))["link"]
    await it.presses(link, "yes")
    page = {"Accept": "text/html"}
    client = await it.there.http.get(f"/clients/{it.opened['referralId']}", headers=page | it.there.person())
    assert "Agreed: going along. Not covered: a lift." in client.text
    champion = await it.there.http.get(f"/company/{company}", headers=page | it.rae)
    assert "Agreed: going along. Asked for and not covered: a lift." in champion.text
    assert "The client is told by their keyworker." in champion.text


async def test_what_a_peer_supporter_said_yes_to_stays_whatever_they_offer_since(it: Company) -> None:
    company, peer = await it.asks(await it.commits(), offers=["go-with", "lift"]), await it.lists(ROWAN)
    await it.presses((await it.offers(company, peer))["link"], "yes")
    changed = await it.there.put(f"/peers/{peer}", ROWAN | {"offers": ["talk"]}, who=it.rae)
    assert changed.status_code == 200, changed.text
    client = await it.there.http.get(
        f"/clients/{it.opened['referralId']}", headers={"Accept": "text/html"} | it.there.person()
    )
    assert "Agreed: going along. Not covered: a lift." in client.text


@pytest.mark.parametrize("how", ["paused", "kept-apart"])
async def test_who_had_agreed_and_is_paused_or_kept_apart_since_flags_the_keyworker_and_their_link_shows_no_more(
    it: Company, how: str
) -> None:
    commitment, _, link = await it.agreed()
    peer = (await it.there.get("/peers", who=it.rae)).json()["peers"][0]["peerId"]
    if how == "paused":
        done = await it.there.put(f"/peers/{peer}/pause", {"paused": True}, who=lead(it))
    else:
        done = await it.there.put(f"/clients/{it.opened['clientId']}/kept-apart/peer/{peer}", None)
    assert done.status_code < 300, done.text
    flags = [(flag["code"], flag["about"]) for flag in (await it.shown())["flags"]]
    assert flags == [("company-fell-through", commitment)]
    assert [(each["state"], each["with"]) for each in await it.company()] == [("fell-through", None)]
    assert [word for word in PRIVATE if word in (await it.opens(link)).text] == []


async def test_a_champion_learns_of_no_mark_between_client_and_peer_supporter(it: Company) -> None:
    company, peer = await it.asks(await it.commits()), await it.lists(ROWAN)
    assert (await it.there.put(f"/clients/{it.opened['clientId']}/kept-apart/peer/{peer}", None)).status_code == 204
    refused = await it.there.post(f"/company/{company}/offer/{peer}", who=it.rae)
    assert words(refused) == [("peerId", "peer-not-asked-now")]
    assert refused.json()["errors"][0]["reason"] == "This peer supporter cannot be asked now: choose somebody else."


async def test_a_team_lead_reads_what_goes_before_a_peer_supporter_is_erased_by_a_button(it: Company) -> None:
    commitment, _, link = await it.agreed()
    [peer] = (await it.there.get("/peers", who=it.rae)).json()["peers"]
    at = f"/company/peers/{peer['peerId']}"
    champion = {"Accept": "text/html", **it.rae}
    assert "/erasure" in (await it.there.http.get(at, headers=lead(it))).text
    assert "/erasure" not in (await it.there.http.get(at, headers=champion)).text
    assert (await it.there.http.get(f"{at}/erasure", headers=champion)).status_code == 403
    assert (await it.there.http.post(f"{at}/erasure", headers=champion)).status_code == 403

    asked = await it.there.http.get(f"{at}/erasure", headers=lead(it))
    assert "to 1 coming meeting they had agreed to go along" in asked.text
    assert (await it.there.get(f"/peers/{peer['peerId']}", who=it.rae)).status_code == 200

    gone = await it.there.http.post(f"{at}/erasure", headers=lead(it))
    assert (gone.status_code, gone.headers["location"]) == (303, "/company/peers?said=peer-erased")
    listed = await it.there.http.get(gone.headers["location"], headers=lead(it))
    assert "Everything about them is erased." in listed.text
    assert "Featherstonehaugh" not in listed.text
    assert [(flag["code"], flag["about"]) for flag in (await it.shown())["flags"]] == [
        ("company-fell-through", commitment)
    ]
    assert "no longer needed" in (await it.opens(link)).text
    assert (await it.there.http.post(f"{at}/erasure", headers=lead(it))).status_code == 404


async def test_an_erasure_takes_along_with_whom_a_peer_supporter_was_kept_apart_and_no_other_mark(it: Company) -> None:
    client = it.opened["clientId"]
    rowan, sasha = await it.lists(ROWAN), await it.lists(SASHA)
    for peer in (rowan, sasha):
        assert (await it.there.put(f"/clients/{client}/kept-apart/peer/{peer}", None)).status_code == 204
    gone = await it.there.http.delete(f"/api/peers/{rowan}", headers=lead(it) | {"Accept": "application/json"})
    assert gone.status_code == 202
    await finish_erasures(it.there.database)
    assert [mark["id"] for mark in await marked(it)] == [sasha]
    async with it.there.database.work() as uow:
        assert (await avoided(uow, UUID(client))).people == {UUID(sasha)}
        left = await (await uow.connection.execute("SELECT other FROM kept_apart")).fetchall()
    assert left == [(sasha,)]
    for nobody in (rowan, str(uuid4())):
        assert (await it.there.put(f"/clients/{client}/kept-apart/peer/{nobody}", None)).status_code == 422


async def test_of_a_meeting_that_has_begun_an_erasure_does_not_say_that_they_did_not_come(it: Company) -> None:
    _, peer = await agreed_for_last_week(it)
    asked = await it.there.http.get(f"/company/peers/{peer}/erasure", headers=lead(it))
    assert "nobody counts on them now" in asked.text
    await it.there.http.post(f"/company/peers/{peer}/erasure", headers=lead(it))
    assert [(each["state"], each["with"]) for each in await it.company()] == [("agreed", None)]
    said = [name for name, _ in await it.there.said() if name.startswith("company")]
    assert said == ["company.asked", "company.offered", "company.agreed"]
