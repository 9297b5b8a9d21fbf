"""Meetings for one client, asked as the keyworker's page asks; side by side; and places said by a postcode."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from deploy.local.postgres import EmbeddedPostgres
from tests.integration.referrals_builder import Referrals, days_ahead, meeting, referrals, words

TUESDAY = meeting("Tuesday AA", latitude=53.79, longitude=-1.55)
THURSDAY = meeting("Thursday AA", weekday=4, latitude=53.80, longitude=-1.56, kinds=("closed",))
YOUNG = meeting("Young AA", weekday=5, latitude=53.80, longitude=-1.56, kinds=("young-people",))
SMART = meeting("SMART", weekday=3, organisation="smart-recovery", format="online", for_what=("alcohol", "drug"))
FAMILY = meeting("Al-Anon", weekday=3, organisation="al-anon", audience="family")
HELD_AT = (datetime.now(UTC) - timedelta(days=1)).isoformat()
IN_LEEDS = "LS1 4AP"


@pytest.fixture(scope="module")
async def here(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Referrals]:
    async with referrals(postgres, tmp_path_factory.mktemp("referrals")) as made:
        await made.lists(TUESDAY, THURSDAY, YOUNG, SMART, FAMILY)
        assert (await loads(made, "LS1 4AP,53.79,-1.55\nLS1 4AQ,53.80,-1.56\nLS11 0AA,53.0,-1.0\n")).status_code == 200
        yield made


async def loads(here: Referrals, table: str) -> httpx.Response:
    headers = here.person(roles=["operations"], team=None)
    return await here.http.post("/api/directory/postcodes", content=table, headers=headers)


async def opens(here: Referrals, **who: object) -> str:
    return f"/referrals/{(await here.open(nhsNumber=None, confirmNew=True, **who))['referralId']}"


async def finds(here: Referrals, at: str, **asked: object) -> dict[str, Any]:
    answer = await here.post(f"{at}/meetings/_search", asked)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def names(found: dict[str, Any]) -> list[str]:
    return [each["name"] for each in found["meetings"]]


def codes(found: dict[str, Any], name: str) -> list[str]:
    return [fact["code"] for each in found["meetings"] if each["name"] == name for fact in each["facts"]]


async def test_a_clients_list_is_for_whom_the_referral_is(here: Referrals) -> None:
    assert set(names(await finds(here, await opens(here)))) == {"Tuesday AA", "Thursday AA", "Young AA", "SMART"}
    assert names(await finds(here, await opens(here, **{"for": "family"}), audience="self")) == ["Al-Anon"]


async def test_what_did_not_fit_goes_to_the_end_and_the_keyworker_is_told_why(here: Referrals) -> None:
    at = await opens(here)
    not_fitting = {"organisation": "aa", "meetingId": str(TUESDAY.meeting_id), "reasons": ["too-strict"]}
    answer = await here.post(f"{at}/sessions", {"stage": 3, "heldAt": HELD_AT, "didNotFit": [not_fitting]})
    assert answer.status_code == 201, answer.text
    found = await finds(here, at)
    assert names(found)[-1] == "Tuesday AA"
    assert codes(found, "Tuesday AA")[0] == "did-not-fit"


async def test_a_meeting_where_privacy_was_broken_is_left_out_and_that_is_said(here: Referrals) -> None:
    at = await opens(here)
    not_fitting = {"organisation": "aa", "meetingId": str(TUESDAY.meeting_id), "reasons": ["privacy-broken"]}
    await here.post(f"{at}/sessions", {"stage": 3, "heldAt": HELD_AT, "didNotFit": [not_fitting]})
    found = await finds(here, at)
    assert "Tuesday AA" not in names(found)
    assert {"code": "left-out", "text": "Left out: Tuesday AA, privacy was not kept"} in found["notices"]


async def test_somebody_under_18_is_shown_young_peoples_meetings(here: Referrals) -> None:
    found = await finds(here, await opens(here, birthDate="2011-05-06"))
    assert names(found) == ["Young AA"]
    assert [notice["code"] for notice in found["notices"]] == ["under-18"]


async def test_where_somebody_plans_to_go_who_is_kept_apart_is_left_out_without_a_word(here: Referrals) -> None:
    ann, bob = [await here.open(nhsNumber=None, confirmNew=True, name=name) for name in ("Ann Apart", "Bob Apart")]
    body = {"meetingId": str(TUESDAY.meeting_id), "date": str(days_ahead(2, weeks=1))}
    assert (await here.post(f"/referrals/{bob['referralId']}/commitments", body)).status_code == 201
    mark = f"/clients/{ann['clientId']}/kept-apart/client/{bob['clientId']}"
    assert (await here.put(mark, None)).status_code == 204
    found = await finds(here, f"/referrals/{ann['referralId']}")
    assert set(names(found)) == {"Thursday AA", "Young AA", "SMART"}
    assert found["notices"] == []
    assert "Tuesday AA" in names(await finds(here, f"/referrals/{bob['referralId']}"))


async def test_before_a_release_the_list_begins_on_the_day_and_around_the_area(here: Referrals) -> None:
    at = await opens(here)
    day = datetime.now(UTC).date() + timedelta(days=30)
    body = {"releaseFrom": "prison", "releaseOn": str(day), "releaseArea": "LS1"}
    answer = await here.put(f"{at}/circumstances", body)
    assert answer.is_success, answer.text
    found = await finds(here, at)
    assert set(names(found)) == {"Tuesday AA", "Thursday AA", "Young AA"}
    assert min(o["date"] for each in found["meetings"] for o in each["occurrences"]) >= str(day)
    assert [notice["code"] for notice in found["notices"]] == ["release"]


@pytest.mark.parametrize(("near", "km"), [(IN_LEEDS, 0.0), ("ls14ap", 0.0), ("LS1", 0.6), ("53.79,-1.55", 0.0)])
async def test_a_place_is_said_by_a_postcode_or_its_first_part_or_coordinates(
    here: Referrals, near: str, km: float, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await here.post("/meetings/_search", {"near": near, "within": 5})
    [tuesday] = [each for each in answer.json()["meetings"] if each["name"] == "Tuesday AA"]
    assert tuesday["km"] == pytest.approx(km, abs=0.1)
    assert near not in capsys.readouterr().out


async def test_a_postcode_that_the_table_does_not_hold_is_said_at_its_field(here: Referrals) -> None:
    at = await opens(here)
    for path in (f"{at}/meetings/_search", "/meetings/_search", "/organisations/_search"):
        answer = await here.post(path, {"near": "ZZ1 1ZZ"})
        assert (answer.status_code, words(answer)) == (422, [("near", "unknown-postcode")])


async def test_a_postcode_is_not_taken_in_a_query_which_is_written_down_on_the_way(here: Referrals) -> None:
    for path in ("/meetings", "/organisations"):
        assert (await here.get(f"{path}?near=LS1%204AP")).status_code == 422


async def test_a_table_with_a_wrong_line_changes_nothing_and_says_which(here: Referrals) -> None:
    answer = await loads(here, "LS2 8AA,53.8,-1.5\nLeeds,53.8,-1.5\n")
    assert (answer.status_code, words(answer)) == (422, [("line 2", "not-a-postcode")])
    assert (await here.post("/meetings/_search", {"near": "LS2 8AA"})).status_code == 422


async def test_two_to_four_meetings_stand_side_by_side_with_room_for_the_clients_own_reasons(here: Referrals) -> None:
    asked = {"meetingIds": [str(TUESDAY.meeting_id), str(SMART.meeting_id)], "near": IN_LEEDS}
    answer = await here.post("/meetings/_compare", asked)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert [each["name"] for each in told["meetings"]] == ["Tuesday AA", "SMART"]
    assert all((each["ownFor"], each["ownAgainst"]) == ([], []) for each in told["meetings"])
    lines = {line["code"]: line["values"] for line in told["lines"]}
    assert lines["organisation"] == ["Alcoholics Anonymous", "SMART Recovery"]
    assert lines["when"] == ["Tuesdays, 19:00, 60 minutes", "Wednesdays, 19:00, 60 minutes"]
    assert lines["distance"][1] is None
    assert all(len(values) == 2 for values in lines.values())
    assert all(lines["sponsor"])


@pytest.mark.parametrize("count", [0, 1, 5])
async def test_fewer_than_two_or_more_than_four_are_not_compared(here: Referrals, count: int) -> None:
    answer = await here.post("/meetings/_compare", {"meetingIds": [str(TUESDAY.meeting_id)] * count})
    assert answer.status_code == 422


async def test_another_teams_client_is_not_asked_about(here: Referrals) -> None:
    at = await opens(here)
    other = here.person(team="south")
    assert (await here.post(f"{at}/meetings/_search", {}, who=other)).status_code == 403
    stranger = here.person(provider="X98")
    assert (await here.post(f"{at}/meetings/_search", {}, who=stranger)).status_code == 404


async def test_planning_a_paused_meeting_is_warned_about_and_not_refused(here: Referrals) -> None:
    at, lead = await opens(here), here.person(roles=["team-lead"])
    date = str(days_ahead(4, weeks=1))
    assert (await here.post(f"/meetings/{THURSDAY.meeting_id}/pause", who=lead)).is_success
    assert "Thursday AA" not in names(await finds(here, at))
    answer = await here.post(f"{at}/commitments", {"meetingId": str(THURSDAY.meeting_id), "date": date})
    assert answer.status_code == 201, answer.text
    assert "paused" in [warning["code"] for warning in answer.json()["warnings"]]
    assert (await here.post(f"/meetings/{THURSDAY.meeting_id}/resumption", who=lead)).is_success


async def test_the_page_for_choosing_shows_what_is_minded_and_lays_meetings_side_by_side(here: Referrals) -> None:
    at = (await opens(here, birthDate="2011-05-06")).removeprefix("/referrals")
    headers = here.person() | {"Accept": "text/html"}
    page = await here.http.get(f"/clients{at}/meetings", headers=headers)
    assert page.status_code == 200, page.text
    assert "Under 18: only young people" in page.text
    assert ("Young AA" in page.text, "Tuesday AA" in page.text) == (True, False)
    form = f"meeting={YOUNG.meeting_id}&meeting={SMART.meeting_id}"
    told = await here.http.post(
        f"/clients{at}/meetings/compare",
        content=form,
        headers=headers | {"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert told.status_code == 200, told.text
    assert "A trained facilitator" in told.text
    near = await here.http.post(
        f"/clients{at}/meetings",
        content="near=LS1+4AP&within=10",
        headers=headers | {"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert "About 1 km away" in near.text or "Less than 1 km away" in near.text
