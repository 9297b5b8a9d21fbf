"""The pages about meetings: to confirm, to know, of concern, paused. No client is on them."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, meeting, referrals

HALL = meeting("Hall AA", latitude=53.79, longitude=-1.55, place_name="Hall")
AT = f"/meetings/{HALL.meeting_id}"


@pytest.fixture(scope="module")
async def here(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path_factory.mktemp("referrals")) as made:
        await made.lists(HALL)
        yield made


async def page(here: Referrals, path: str, **who: object) -> str:
    answer = await here.http.get(path, headers=here.person(**who) | {"Accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


async def sends(here: Referrals, path: str, typed: Mapping[str, str | Sequence[str]], **who: object) -> httpx.Response:
    headers = here.person(**who) | {"Accept": "text/html"}
    return await here.http.post(path, data=dict(typed), headers=headers)


async def test_what_a_team_knows_is_typed_once_and_shown_again(here: Referrals) -> None:
    await page(here, "/meetings", sub="kay", name="Kay Example")
    typed = {"door": "The blue one", "greetedBy": "secretary", "knownBy": ["kay", "kim"], "ourPremises": "yes"}
    answer = await sends(here, f"{AT}/local-knowledge", typed)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{AT}?said=meeting")
    shown = await page(here, AT)
    assert 'value="The blue one"' in shown
    assert "Knows it: Kay Example, kim" in shown, "one of them has been here"
    assert re.search(r'name="knownBy"[^>]*value="kay" checked', shown)
    assert "The blue one" not in await page(here, AT, provider="X98")


async def test_what_is_typed_wrongly_is_said_at_its_field_and_stays(here: Referrals) -> None:
    typed = {"on-day": "31", "on-month": "2", "on-year": "2026"}
    answer = await sends(here, f"{AT}/confirmation", typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert 'value="31"' in answer.text


async def test_a_meeting_to_confirm_is_on_its_owners_list_until_somebody_has(here: Referrals) -> None:
    offered = await page(here, "/meetings", sub="kay", name="Kay Example", roles=["team-lead"])
    assert '<option value="kay">Kay Example</option>' in offered
    area = {"area": "Leeds", "owner": "kay", "near": "53.79,-1.55", "within": "5"}
    assert (await sends(here, "/meetings/areas", area, roles=["team-lead"])).status_code == 303
    due = await page(here, "/meetings")
    assert "Kay Example sees to it. 1 to confirm" in due
    assert (await sends(here, f"{AT}/confirmation", {})).status_code == 303
    assert "0 to confirm" in await page(here, "/meetings")


async def test_a_concern_names_to_whom_it_was_passed_and_the_lead_pauses_the_meeting(here: Referrals) -> None:
    assert (await sends(here, f"{AT}/concerns", {"passedTo": "safeguarding-lead"})).status_code == 303
    assert "Passed to the safeguarding lead" in await page(here, AT)
    assert (await sends(here, f"{AT}/pause", {})).status_code == 403
    assert (await sends(here, f"{AT}/pause", {}, roles=["team-lead"])).status_code == 303
    assert "Not suggested here since" in await page(here, AT)
    assert "Not suggested here" in await page(here, "/meetings")
    assert (await sends(here, f"{AT}/resumption", {}, roles=["team-lead"])).status_code == 303
    assert "Not suggested here since" not in await page(here, AT)


async def test_a_meeting_is_found_by_a_part_of_its_name(here: Referrals) -> None:
    assert f'href="{AT}"' in await page(here, f"/meetings?name={HALL.name[:3].lower()}")
    assert "No meeting is called so" in await page(here, "/meetings?name=%25%25")
