"""Opening a referral, who the client is, their attendance card, and what a keyworker reads when something is wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, referrals

ROBIN = {"name": "Robin Example", "birthDate-day": "3", "birthDate-month": "2", "birthDate-year": "1980"}


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        yield opened


async def types(here: Referrals, path: str, **typed: object) -> httpx.Response:
    headers = here.person() | {"Accept": "text/html"}
    return await here.http.post(f"/clients/{path}", data=typed, headers=headers)


async def reads(here: Referrals, path: str, status: int = 200) -> str:
    answer = await here.http.get(path, headers=here.person() | {"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    return answer.text


async def test_all_that_is_missing_of_a_new_referral_is_told_at_once_and_by_its_name(here: Referrals) -> None:
    refused = await types(here, "new", nhsNumber="999 054 8609")
    assert refused.status_code == 422
    for field, reason in (
        ("name", "Enter the name."),
        ("birthDate", "Enter the date of birth."),
        ("for", "Choose whom it is for."),
        ("forWhat", "Choose what it is about."),
    ):
        assert f'<a href="#{field}">{reason}</a>' in refused.text
    assert 'value="999 054 8609"' in refused.text


async def test_a_path_that_is_no_id_is_a_page_that_is_not_found(here: Referrals) -> None:
    for path in ("/clients/somebody", "/clients/somebody/meetings", "/people/somebody"):
        page = await reads(here, path, 404)
        assert "There is nothing at this address." in page
        assert "UUID" not in page


async def test_name_birth_date_and_number_are_corrected_on_a_page(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    assert f'href="/clients/{referral}/identity"' in await reads(here, f"/clients/{referral}")
    form = await reads(here, f"/clients/{referral}/identity")
    for shown in ("Robin Example", "1980", "9990548609"):
        assert f'value="{shown}"' in form
    typed = {"name": "Robyn Example", "birthDate-day": "4", "birthDate-month": "2", "birthDate-year": "1981"}
    assert (await types(here, f"{referral}/identity", **typed, nhsNumber="")).status_code == 303
    page = await reads(here, f"/clients/{referral}")
    assert "Robyn Example" in page
    assert "Born 4 February 1981" in page
    assert "NHS number" not in page.partition("make a new")[0].partition("Born")[2].partition("<a")[0]
    who = (await here.get(f"/referrals/{referral}/identity")).json()
    assert who == {"name": "Robyn Example", "birthDate": "1981-02-04", "nhsNumber": None}


async def test_what_is_wrong_with_a_correction_is_told_at_its_field_and_nothing_is_changed(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    empty = await types(here, f"{referral}/identity", nhsNumber="9990548609")
    assert '<a href="#name">Enter the name.</a>' in empty.text
    assert '<a href="#birthDate">Enter the date of birth.</a>' in empty.text
    wrong = await types(here, f"{referral}/identity", **ROBIN | {"name": "Sam"}, nhsNumber="9990548608")
    assert "The last digit does not fit the others" in wrong.text
    assert 'value="Sam"' in wrong.text
    stale = await types(here, f"{referral}/identity", **ROBIN | {"name": "Sam"}, version="0")
    assert stale.status_code == 412
    assert (await here.get(f"/referrals/{referral}/identity")).json()["name"] == "Robin Example"


async def test_a_new_card_is_made_on_a_page_and_its_code_is_shown_once(here: Referrals) -> None:
    opened = await here.open()
    referral = opened["referralId"]
    assert f'href="/clients/{referral}/card"' in await reads(here, f"/clients/{referral}")
    assert "void from then on" in await reads(here, f"/clients/{referral}/card")
    made = await types(here, f"{referral}/card", version="1")
    assert made.status_code == 200
    code = made.text.partition("<code>")[2].partition("</code>")[0]
    assert len(code) == len(opened["cardCode"])
    assert code != opened["cardCode"]
    assert code not in await reads(here, f"/clients/{referral}/card")
    assert (await types(here, f"{referral}/card", version="1")).status_code == 412


async def test_a_due_day_that_has_passed_is_a_warning_at_the_goal_until_it_ends(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    due = {"due-day": "1", "due-month": "3", "due-year": "2025"}
    await types(here, f"{referral}/goals", kind="keep-journal", state="agreed", **due)
    warning = "Worth a thought: The due day is before the day it was set."
    assert warning in await reads(here, f"/clients/{referral}")
    goal = (await here.shown(referral))["goals"][0]["goalId"]
    await types(here, f"{referral}/goals/{goal}/outcome", outcome="dropped")
    assert warning not in await reads(here, f"/clients/{referral}")


async def test_words_stand_beside_a_goal_of_another_kind(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    await types(here, f"{referral}/goals", kind="home-group", state="proposed", words="The one by the quay")
    assert "Find a home group: “The one by the quay”" in await reads(here, f"/clients/{referral}")
