"""What belongs to the client and not to one referral: whose page is stale, who has died, whose number it is."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import ROBIN, Referrals, days_ahead, meeting, referrals, words

AL_ANON = meeting("Al-Anon", weekday=2, audience="family")


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(AL_ANON)
        yield opened


async def tag(here: Referrals, referral_id: str) -> str:
    return (await here.get(f"/referrals/{referral_id}")).headers["ETag"]


async def change(here: Referrals, referral_id: str, what: str, if_match: str) -> httpx.Response:
    path = f"/referrals/{referral_id}/{what}"
    if what == "card":
        return await here.post(path, if_match=if_match)
    bodies: dict[str, Any] = {
        "identity": {"name": "Robin Sample"},
        "consents": {"records": False, "peers": True, "emitters": []},
    }
    return await here.put(path, bodies[what], if_match=if_match)


@pytest.mark.parametrize("what", ["identity", "consents", "card"])
async def test_a_page_read_before_the_client_changed_is_stale_on_each_of_their_referrals(
    here: Referrals, what: str
) -> None:
    mine, family = (await here.open())["referralId"], (await here.open(**{"for": "family"}))["referralId"]
    before, elsewhere = await tag(here, mine), await tag(here, family)

    done = await change(here, mine, what, before)

    assert done.status_code == 200, done.text
    assert done.headers["ETag"] == await tag(here, mine) != before
    for referral, stale in ((mine, before), (family, elsewhere)):
        assert (await change(here, referral, what, stale)).status_code == 412
    assert (await here.shown(family))["history"][-1]["what"] == "client-changed"


async def test_consents_that_are_so_already_make_no_page_stale(here: Referrals) -> None:
    opened = (await here.open())["referralId"]
    before = await tag(here, opened)
    await here.put(f"/referrals/{opened}/consents", {"records": False, "peers": False, "emitters": []})
    assert await tag(here, opened) == before


async def test_all_that_is_planned_stops_when_a_client_has_died(here: Referrals) -> None:
    mine, family = (await here.open())["referralId"], (await here.open(**{"for": "family"}))["referralId"]
    body = {"meetingId": str(AL_ANON.meeting_id), "date": str(days_ahead(2, weeks=1))}
    assert (await here.post(f"/referrals/{family}/commitments", body)).status_code == 201

    assert (await here.post(f"/referrals/{mine}/ending", {"kind": "died"})).status_code == 200

    after = await here.shown(family)
    assert (after["state"], after["ending"]["kind"]) == ("ended", "died")
    assert [made["state"] for made in after["commitments"]] == ["withdrawn"]
    again = await here.post("/referrals", ROBIN)
    assert (again.status_code, words(again)) == (409, [("nhsNumber", "noted-as-died")])
    assert (await here.post("/referrals", {**ROBIN, "confirmNew": True})).status_code == 201


async def test_another_ending_leaves_the_clients_other_referral_open(here: Referrals) -> None:
    mine, family = (await here.open())["referralId"], (await here.open(**{"for": "family"}))["referralId"]
    await here.post(f"/referrals/{mine}/ending", {"kind": "lost-contact"})
    assert (await here.shown(family))["state"] == "open"


async def test_a_number_known_with_another_birth_date_is_asked_about(here: Referrals) -> None:
    client = (await here.open())["clientId"]
    other = {**ROBIN, "for": "family", "name": "Ash Else", "birthDate": "1999-01-01"}

    asked = await here.post("/referrals", other)

    assert (asked.status_code, words(asked)) == (409, [("birthDate", "another-birth-date")])
    confirmed = await here.post("/referrals", {**other, "confirmNew": True})
    assert confirmed.json()["clientId"] == client


async def test_a_button_pressed_twice_makes_one_person(here: Referrals) -> None:
    unnumbered = {name: value for name, value in ROBIN.items() if name != "nhsNumber"}
    answers = await asyncio.gather(*(here.post("/referrals", unnumbered) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_a_client_in_another_teams_care_is_opened_by_a_team_lead_only(here: Referrals) -> None:
    await here.open()
    family = {**ROBIN, "for": "family"}

    refused = await here.post("/referrals", family, who=here.person(team="south"))
    opened = await here.post("/referrals", family, who=here.person(team="south", roles=["team-lead"]))

    assert (refused.status_code, words(refused)) == (403, [("nhsNumber", "other-team")])
    assert opened.status_code == 201
    assert (await here.shown(opened.json()["referralId"]))["team"] == "north"


async def test_a_client_who_returns_is_in_the_care_of_the_team_they_return_to(here: Referrals) -> None:
    first = await here.open()
    await here.post(f"/referrals/{first['referralId']}/ending", {"kind": "lost-contact"})

    again = await here.post("/referrals", ROBIN, who=here.person(team="south"))

    assert (again.status_code, again.json()["clientId"]) == (201, first["clientId"])
    known = [data for kind, data in await here.said() if "client.known" in kind]
    assert len(known) == 2


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/consents", {"records": "yes", "peers": False, "emitters": []}, "records"),
        ("/consents", {"records": True, "peers": 1, "emitters": []}, "peers"),
        ("/sessions", {"stage": True, "heldAt": "2026-11-20T10:00:00Z"}, "stage"),
        ("/sessions", {"stage": 1, "heldAt": "2026-11-20T10:00:00Z", "handouts": [{"number": "1"}]}, None),
        ("/goals", {"kind": "keep-journal", "state": "agreed", "due": 0}, "due"),
        ("/goals", {"kind": "own-words", "state": "agreed", "words": "a\u0000b"}, "words"),
    ],
)
async def test_nothing_is_guessed_from_what_is_not_a_yes_a_date_or_a_number(
    here: Referrals, path: str, body: dict[str, Any], field: str | None
) -> None:
    opened = await here.open()
    send = here.put if path == "/consents" else here.post
    answer = await send(f"/referrals/{opened['referralId']}{path}", body)
    assert answer.status_code == 422
    fields = [found for found, _ in words(answer)]
    assert (field or "handouts[0].number") in fields
