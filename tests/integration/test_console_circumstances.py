"""Circumstances and consents on a keyworker's pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, referrals


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        yield opened


async def types(here: Referrals, referral: str, page: str, **typed: object) -> httpx.Response:
    return await here.http.post(f"/clients/{referral}/{page}", data=typed, headers=here.person())


async def test_what_is_saved_is_shown_and_stands_in_the_form_again(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    release = {"releaseOn-day": "5", "releaseOn-month": "1", "releaseOn-year": "2027"}
    typed = {"so": ["noPhone", "courtOrdered"], "releaseFrom": "prison", "releaseArea": "Port Stennick", **release}
    assert (await types(here, referral, "circumstances", **typed)).status_code == 303
    shown = await here.shown(referral)
    assert shown["circumstances"] == {
        "courtOrdered": True,
        "noPhone": True,
        "releaseFrom": "prison",
        "releaseOn": "2027-01-05",
        "releaseArea": "Port Stennick",
    }
    page = await here.http.get(f"/clients/{referral}", headers=here.person())
    assert "Release from prison on Tuesday 5 January 2027, to Port Stennick" in page.text
    form = await here.http.get(f"/clients/{referral}/circumstances", headers=here.person())
    assert 'value="Port Stennick"' in form.text


async def test_what_is_refused_is_said_at_its_field_and_what_was_typed_stays(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    answer = await types(here, referral, "circumstances", safeguardingAgreedBy="Sal Lead", releaseArea="Harrowmere")
    assert answer.status_code == 422
    assert "The safeguarding lead&#39;s agreement has a name and a day." in answer.text
    assert 'value="Sal Lead"' in answer.text
    assert 'value="Harrowmere"' in answer.text
    assert (await here.shown(referral))["circumstances"] == {}


async def test_a_page_that_is_stale_overwrites_nothing(here: Referrals) -> None:
    referral = (await here.open())["referralId"]
    assert (await types(here, referral, "circumstances", version="1", so="noPhone")).status_code == 303
    assert (await types(here, referral, "circumstances", version="1")).status_code == 422
    assert (await here.shown(referral))["circumstances"] == {"noPhone": True}


async def test_the_treatment_return_is_asked_about_for_oneself_alone(here: Referrals) -> None:
    own, family = (await here.open())["referralId"], (await here.open(**{"for": "family"}))["referralId"]
    pages = [(await here.http.get(f"/clients/{each}", headers=here.person())).text for each in (own, family)]
    assert ["treatmentReturn" in page for page in pages] == [True, False]
    for given, agreed in ((["treatmentReturn"], True), ([], False)):
        assert (await types(here, own, "consents", consents=given)).status_code == 303
        assert (await here.shown(own))["consents"]["treatmentReturn"] is agreed


async def test_consents_saved_for_a_family_pathway_leave_ones_own_as_it_is(here: Referrals) -> None:
    own, family = (await here.open())["referralId"], (await here.open(**{"for": "family"}))["referralId"]
    await types(here, own, "consents", consents=["treatmentReturn"])
    assert (await types(here, family, "consents", consents=["peers"])).status_code == 303
    assert (await here.shown(own))["consents"]["treatmentReturn"] is True
