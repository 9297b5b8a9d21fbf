"""A client's place said by the name of a town, as the addresses of meetings spell it."""

from collections.abc import AsyncIterator

import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, meeting, referrals, words

HALL = meeting("Hall", address="1 Green, Ambridge AM1 2AB", latitude=52.2, longitude=-2.0)
HILL = meeting("Hill", address="St Mary-on-the-Hill", latitude=52.2, longitude=-2.0)
ELSEWHERE = meeting("Elsewhere", address="1 Ambridge Road, Felpersham", latitude=51.0, longitude=0.5)
WALES = meeting("Wales", address="1 Quay, Newport", latitude=51.6, longitude=-3.0)
WIGHT = meeting("Wight", address="2 Quay, Newport", latitude=50.7, longitude=-1.3)


@pytest.fixture(scope="module")
async def here(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path_factory.mktemp("referrals")) as made:
        await made.lists(HALL, HILL, ELSEWHERE, WALES, WIGHT)
        yield made


@pytest.mark.parametrize("near", ["Ambridge", "st  mary-on-the-hill", " ambridge ", "52.2, -2.0"])
async def test_a_town_is_where_meetings_have_it_in_their_address(here: Referrals, near: str) -> None:
    answer = await here.post("/meetings/_search", {"near": near, "within": 5})
    assert answer.status_code == 200, answer.text
    assert {each["name"] for each in answer.json()["meetings"]} == {"Hall", "Hill"}


@pytest.mark.parametrize("near", ["Nowhere", "Newport", "Ambridge Road"])
async def test_a_town_of_no_meeting_or_of_several_places_is_refused_at_its_field(here: Referrals, near: str) -> None:
    answer = await here.post("/meetings/_search", {"near": near})
    assert (answer.status_code, words(answer)) == (422, [("near", "unknown-place")])


@pytest.mark.parametrize("near", ["100 %", "Leeds; --", "a" * 61, "1,2,3"])
async def test_what_is_no_place_is_refused_with_what_one_is(here: Referrals, near: str) -> None:
    answer = await here.post("/meetings/_search", {"near": near})
    assert answer.status_code == 422
    assert "a town" in answer.json()["errors"][0]["reason"]


async def test_a_release_area_may_be_a_town(here: Referrals) -> None:
    at = f"/referrals/{(await here.open(nhsNumber=None, confirmNew=True))['referralId']}"
    body = {"releaseFrom": "prison", "releaseOn": "2030-01-01", "releaseArea": "Ambridge"}
    assert (await here.put(f"{at}/circumstances", body)).is_success
    answer = await here.post(f"{at}/meetings/_search", {})
    assert {each["name"] for each in answer.json()["meetings"]} == {"Hall", "Hill"}
