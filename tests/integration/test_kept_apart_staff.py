"""A colleague whom a client is kept apart from: nothing of the client on any door or page, whatever the team."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import NUMBER, ROBIN, Referrals, days_ahead, meeting, referrals

AA = meeting("AA", weekday=2)
SAM = {"sub": "sam", "team": "south", "name": "Sam South"}
UNA = {"sub": "una", "team": "south"}
TESS = {"sub": "tess", "team": "south", "roles": ["team-lead"], "name": "Tess Teamlead"}
LEAD = {**SAM, "roles": ["team-lead"]}
CHAMPION = {"sub": "sam", "roles": ["recovery-champion"]}
WHY = {"reason": "Unwell in our waiting room."}


@pytest.fixture
async def at(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as made:
        await made.lists(AA)
        for who in (SAM, TESS):
            await made.get("/caseload", who=made.person(**who))
        yield made


async def apart(at: Referrals) -> dict[str, Any]:
    """Robin, who plans a meeting, has a flag, and is kept apart from Sam of the other team."""
    opened = await at.open()
    assert (await at.post(f"/clients/{opened['clientId']}/access", WHY, who=at.person(**UNA))).status_code == 201
    plan = {"meetingId": str(AA.meeting_id), "date": str(days_ahead(2, weeks=1))}
    assert (await at.post(f"/referrals/{opened['referralId']}/commitments", plan)).status_code == 201
    assert (await at.put(f"/clients/{opened['clientId']}/kept-apart/staff/sam", None)).status_code == 204
    return opened


async def asks(at: Referrals, who: dict[str, Any], paths: Sequence[str]) -> dict[str, tuple[int, str]]:
    answers = {path: await at.http.get(path, headers=at.person(**who)) for path in paths}
    return {path: (answer.status_code, answer.text) for path, answer in answers.items()}


@pytest.mark.parametrize("to", [{"to": "tess"}, {"team": "south"}])
async def test_a_handover_to_the_team_of_a_colleague_who_is_kept_apart_opens_nothing_to_them(
    at: Referrals, to: dict[str, str]
) -> None:
    opened = await apart(at)
    referral, client = opened["referralId"], opened["clientId"]
    assert (await at.post(f"/referrals/{referral}/handover", to)).status_code == 200
    closed = [f"/api/referrals/{referral}", f"/api/referrals/{referral}/identity", f"/clients/{referral}"]
    closed += [f"/clients/{referral}/{page}" for page in ("handover", "meetings", "circumstances", "handouts/1")]
    closed += [f"/api/clients/{client}/{door}" for door in ("kept-apart", "access")]
    closed += [f"/people/{client}", f"/people/{client}/kept-apart", f"/api/referrals/{referral}/company"]
    for who in (SAM, LEAD):
        for path, (status, text) in (await asks(at, who, closed)).items():
            assert status in {403, 404}, path
            assert "Robin" not in text
    lists = ["/", "/?whose=team", "/clients", "/api/caseload"]
    for path, (status, text) in (await asks(at, SAM, lists)).items():
        assert (status, "Robin" in text, referral in text) == (200, False, False), path
    for path, (status, text) in (await asks(at, TESS, ["/?whose=team", "/clients"])).items():
        assert (status, "Robin" in text) == (200, True), path


async def test_a_team_lead_who_is_kept_apart_sees_nothing_either(at: Referrals) -> None:
    opened = await apart(at)
    await at.post(f"/referrals/{opened['referralId']}/handover", {"team": "south"})
    await at.post(f"/clients/{opened['clientId']}/access", WHY)
    lists = ["/team", "/api/access", "/api/audit", "/api/caseload"]
    for path, (status, text) in (await asks(at, LEAD, lists)).items():
        assert (status, "Robin" in text, opened["clientId"] in text) == (200, False, False), path
    for path in (f"/people/{opened['clientId']}/audit", f"/api/audit?client={opened['clientId']}"):
        status, text = (await asks(at, LEAD, [path]))[path]
        assert (status, "Robin" in text) == (403, False), path
    erased = await at.http.delete(f"/api/clients/{opened['clientId']}", headers=at.person(**LEAD))
    assert erased.status_code == 403


async def test_who_is_kept_apart_does_not_find_the_client_nor_open_a_referral_or_the_glass(at: Referrals) -> None:
    opened = await apart(at)
    await at.post(f"/referrals/{opened['referralId']}/handover", {"team": "south"})
    for asked in ({"name": "Robin"}, {"name": "Robin Example", "birthDate": ROBIN["birthDate"]}):
        assert (await at.post("/clients/_search", asked, who=at.person(**SAM))).json()["clients"] == []
    by_number = await at.post("/clients/_search", {"nhsNumber": NUMBER}, who=at.person(**SAM))
    assert "Robin" not in by_number.text
    family = await at.post("/referrals", ROBIN | {"for": "family"}, who=at.person(**SAM))
    assert family.status_code == 403
    broken = await at.post(f"/clients/{opened['clientId']}/access", WHY, who=at.person(**SAM))
    assert broken.json()["errors"][0]["reason"] == "This record is not open to you: ask your team lead."


async def test_glass_that_was_broken_before_closes_with_the_mark(at: Referrals) -> None:
    opened = await at.open()
    await at.post(f"/clients/{opened['clientId']}/access", WHY, who=at.person(**SAM))
    assert (await at.get(f"/referrals/{opened['referralId']}", who=at.person(**SAM))).status_code == 200
    await at.put(f"/clients/{opened['clientId']}/kept-apart/staff/sam", None)
    assert (await at.get(f"/referrals/{opened['referralId']}", who=at.person(**SAM))).status_code == 403


async def test_a_champion_who_is_kept_apart_is_not_shown_the_request(at: Referrals) -> None:
    opened = await apart(at)
    [made] = (await at.shown(opened["referralId"]))["commitments"]
    company = await at.post(f"/referrals/{opened['referralId']}/commitments/{made['commitmentId']}/company", {})
    other = {"sub": "rae", "roles": ["recovery-champion"]}
    assert len((await at.get("/company/requests", who=at.person(**other))).json()["requests"]) == 1
    assert (await at.get("/company/requests", who=at.person(**CHAMPION))).json()["requests"] == []
    suggestions = f"/company/{company.json()['companyId']}/suggestions"
    assert (await at.get(suggestions, who=at.person(**CHAMPION))).status_code == 404


async def test_the_handover_page_leaves_out_who_is_kept_apart_and_says_so(at: Referrals) -> None:
    opened = await apart(at)
    path = f"/clients/{opened['referralId']}/handover"
    page = (await asks(at, {}, [path]))[path][1]
    assert 'value="tess"' in page
    assert 'value="sam"' not in page
    assert "Kept apart from this client: Sam South (team south)." in page


async def test_who_is_kept_apart_from_their_own_keyworker_is_on_the_team_leads_page_to_be_handed_over(
    at: Referrals,
) -> None:
    opened, page = await at.open(), {"Accept": "text/html"}
    lead, handover = page | at.person(**TESS), f"/clients/{opened['referralId']}/handover"
    assert handover not in (await at.http.get("/team?team=north", headers=lead)).text

    mark = f"/people/{opened['clientId']}/kept-apart"
    marked = await at.http.post(mark, data={"colleague": "kay"}, headers=page | at.person())

    assert (marked.status_code, marked.headers["location"]) == (303, "/?said=kept-from-you")
    assert "Your team lead sees that" in (await at.http.get("/?said=kept-from-you", headers=page | at.person())).text
    assert handover in (await at.http.get("/team?team=north", headers=lead)).text
    theirs = (await at.http.get(mark, headers=lead)).text
    assert "They are the client's keyworker and see nothing" in theirs
    assert handover in theirs
