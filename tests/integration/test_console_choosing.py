"""The page on which a meeting is chosen: what is asked stays, other days, and what stands in the way."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, meeting, referrals

HALL = meeting("Hall", address="1 Green, Ambridge", latitude=52.2, longitude=-2.0)
MONTHLY = meeting("Drum Circle", weekday=7, weeks_of_month=(2,), latitude=52.2, longitude=-2.0)
ONLINE = meeting("From home", weekday=3, format="online")
WELSH = meeting("Cymraeg", weekday=4, kinds=("language-cy",), latitude=52.2, longitude=-2.0)
FAR = meeting("Far away", weekday=4, latitude=50.1, longitude=-4.2)


@pytest.fixture
async def here(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path) as opened:
        await opened.lists(HALL, MONTHLY, ONLINE, WELSH, FAR)
        yield opened


async def sends(here: Referrals, at: str, **typed: str | list[str]) -> httpx.Response:
    return await here.http.post(at, data=typed, headers=here.person(), follow_redirects=True)


async def chooses(here: Referrals) -> str:
    return f"/clients/{(await here.open())['referralId']}/meetings"


def words(answer: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def listed(answer: httpx.Response) -> set[str]:
    return {name for name in ("Hall", "Drum Circle", "From home", "Cymraeg", "Far away") if f">{name}<" in answer.text}


async def test_near_a_town_means_there_or_from_home_unless_it_has_to_be_in_person(here: Referrals) -> None:
    at = await chooses(here)
    assert listed(await sends(here, at, near="Ambridge", ahead="8")) == {"Hall", "Drum Circle", "From home", "Cymraeg"}
    there = await sends(here, at, near="Ambridge", format="in-person", ahead="8")
    assert listed(there) == {"Hall", "Drum Circle", "Cymraeg"}
    assert 'value="Ambridge"' in there.text


async def test_meetings_are_found_by_organisation_language_and_part_of_the_name(here: Referrals) -> None:
    at = await chooses(here)
    assert listed(await sends(here, at, language="cy")) == {"Cymraeg"}
    assert listed(await sends(here, at, name="far")) == {"Far away"}
    assert listed(await sends(here, at, name="100%_")) == set()
    assert listed(await sends(here, at, organisation="aa", name="hall")) == {"Hall"}
    assert "Welsh" in (await here.http.get(at, headers=here.person())).text


async def test_a_place_that_is_not_known_is_refused_and_nothing_is_said_of_meetings(here: Referrals) -> None:
    answer = await sends(here, await chooses(here), near="Atlantis")
    assert answer.status_code == 422
    assert "No meeting here has this town in its address" in words(answer)
    assert "No meeting fits" not in words(answer)


async def test_what_to_leave_open_is_said_in_words_also_if_one_is_not_enough(here: Referrals) -> None:
    at = await chooses(here)
    one = words(await sends(here, at, language="cy", near="52.2,-2.0", format="online"))
    assert "where it is held: 1 meeting" in one
    several = words(await sends(here, at, language="cy", name="Hall", near="10,10", format="online"))
    assert "To leave open one of what you asked for is not enough." in several


async def test_other_days_than_the_coming_week_can_be_planned_with_a_warning(here: Referrals) -> None:
    at = await chooses(here)
    page = await here.http.get(at, headers=here.person())
    days = re.findall(rf'value="({MONTHLY.meeting_id}\|[^"]+)"', page.text)
    late = max(days)
    assert late.partition("|")[2] > str((datetime.now(UTC) + timedelta(days=8)).date())
    planned = await sends(here, f"{at}/plan", plan=late)
    assert "The meeting is planned." in words(planned)
    assert "Worth a thought:" in words(planned)


async def test_a_notice_that_stands_is_on_the_page_and_its_answer_keeps_the_list(here: Referrals) -> None:
    at = await chooses(here)
    session = {"stage": 2, "heldAt": datetime.now(UTC).isoformat(), "risks": ["crisis", "withdrawal-risk"]}
    referral = at.split("/")[2]
    assert (await here.post(f"/referrals/{referral}/sessions", session)).is_success
    page = await sends(here, at, name="hall")
    for notice in ("Stopping suddenly can be dangerous", "Mutual aid is no crisis service", "How was this seen to?"):
        assert notice in words(page)
    [plan, *_] = re.findall(r'name="plan" value="([^"]+)"', page.text)
    refused = await sends(here, f"{at}/plan", plan=plan, name="hall")
    assert refused.status_code == 422
    assert listed(refused) == {"Hall"}
    done = await sends(here, f"{at}/plan", plan=plan, name="hall", overrideReason="Seen by the crisis team")
    assert "The meeting is planned." in words(done)


async def test_meetings_side_by_side_can_be_planned_there_and_the_list_comes_back_as_it_was(here: Referrals) -> None:
    at = await chooses(here)
    two = [str(HALL.meeting_id), str(WELSH.meeting_id)]
    page = await sends(here, f"{at}/compare", meeting=two, near="Ambridge")
    assert "Meetings side by side" in words(page)
    assert f"{HALL.meeting_id}|" in page.text
    assert 'name="near" value="Ambridge"' in page.text
    assert "How far About 1 km About 1 km" in words(page)
