"""Scene: a clinical record system registers, pulls a client's plan, polls its goals, and respects who takes back."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.cli.machines import make_private_key, public_key
from tests.journeys.example import NHS, state_of
from tests.journeys.local_run import LocalRun
from tests.journeys.newcomers import Newcomer, newcomer

_SCOPES = ("system/CarePlan.rs", "system/Goal.rs")


@pytest.fixture
async def client(run: LocalRun) -> Newcomer:
    opened = await newcomer(run)
    await opened.agrees(records=True)
    return opened


@pytest.fixture(scope="module")
async def records(run: LocalRun, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A system that brought its own keys: the bearer that it got with them."""
    keys = tmp_path_factory.mktemp("keys")
    mine, published = keys / "mine.json", keys / "published.json"
    _publish(mine, published)
    scopes = [word for scope in _SCOPES for word in ("--scope", scope)]
    added = await run.famalink("systems", "add", "our-records", "--provider", "X99", "--jwks", str(published), *scopes)
    assert added.code == 0, added.err
    return await run.token("--system", "our-records", "--key", str(mine), "--scope", " ".join(_SCOPES))


def _publish(mine: Path, published: Path) -> None:
    published.write_text(json.dumps({"keys": [public_key(make_private_key(mine))]}))


class Reader:
    def __init__(self, run: LocalRun, bearer: dict[str, str]) -> None:
        self._http, self._fhir, self._bearer = run.doors.http, f"{run.url('referrals')}/fhir", bearer

    async def read(self, path: str, **headers: str) -> httpx.Response:
        url = path if path.startswith("http") else f"{self._fhir}/{path}"
        return await self._http.get(url, headers=self._bearer | headers)

    async def plan_of(self, client: Newcomer) -> list[dict[str, Any]]:
        """CarePlan and Goals."""
        form = {"patient:identifier": f"{NHS}|{client.nhs_number}", "_include": "CarePlan:goal"}
        answer = await self._http.post(f"{self._fhir}/CarePlan/_search", data=form, headers=self._bearer)
        assert answer.status_code == 200, answer.text
        return [entry["resource"] for entry in answer.json().get("entry", [])]


@pytest.fixture
def reader(run: LocalRun, records: dict[str, str]) -> Reader:
    return Reader(run, records)


async def test_a_plan_is_found_by_nhs_number_with_its_goals(reader: Reader, client: Newcomer) -> None:
    goal = await client.has_goal("keep-journal")
    plan, *goals = await reader.plan_of(client)
    assert (plan["resourceType"], plan["id"], plan["status"]) == ("CarePlan", client.referral_id, "active")
    assert [(one["id"], state_of(one)) for one in goals] == [(goal, ("active", "in-progress"))]
    assert plan["subject"]["identifier"]["value"] == client.nhs_number


async def test_polling_gets_a_304_until_something_changes(reader: Reader, client: Newcomer) -> None:
    path = f"Goal/{await client.has_goal('choose-meeting')}"
    first = await reader.read(path)
    unchanged = await reader.read(path, **{"If-None-Match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    await client.post(f"/goals/{path.removeprefix('Goal/')}/outcome", {"outcome": "achieved"})
    changed = await reader.read(path, **{"If-None-Match": first.headers["etag"]})
    assert (changed.status_code, changed.headers["etag"]) == (200, 'W/"2"')
    assert state_of(changed.json()) == ("completed", "achieved")
    former = await reader.read(f"{path}/_history/1")
    assert former.json() == first.json()


async def test_pages_neither_repeat_nor_skip_while_goals_change(reader: Reader, client: Newcomer) -> None:
    since = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    goals = [await client.has_goal(kind) for kind in ("read-handouts", "choose-meeting", "keep-journal")]
    page = (await reader.read(f"Goal?_lastUpdated=gt{since}&_count=1")).json()
    seen = _goals(page)
    await client.has_goal("bring-journal")
    for goal in goals:
        await client.post(f"/goals/{goal}/outcome", {"outcome": "dropped"})
    while following := [link["url"] for link in page["link"] if link["relation"] == "next"]:
        page = (await reader.read(following[0])).json()
        assert _goals(page), "no page is empty"
        seen += _goals(page)
    theirs = [one for one in seen if client.nhs_number in str(one["subject"])]  # another test's may move meanwhile
    assert sorted(one["id"] for one in theirs) == sorted(goals)
    assert {state_of(one) for one in theirs} == {("active", "in-progress")}


async def test_who_takes_back_is_gone_at_once_and_who_agrees_again_is_back(reader: Reader, client: Newcomer) -> None:
    paths = [f"Goal/{await client.has_goal('keep-journal')}", f"CarePlan/{client.referral_id}"]
    paths += [f"{path}/_history/1" for path in paths]
    await client.agrees(records=False)
    answers = [await reader.read(path) for path in paths]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert {answer.json()["resourceType"] for answer in answers} == {"OperationOutcome"}
    assert await reader.plan_of(client) == []
    await client.agrees(records=True)
    assert len(await reader.plan_of(client)) == 2


async def test_a_system_that_was_disabled_reads_no_more(run: LocalRun, reader: Reader, client: Newcomer) -> None:
    mine = run.state / "keys" / "systems" / "passing-records.json"
    scopes = ["--scope", _SCOPES[0], "--scope", _SCOPES[1]]
    added = await run.famalink("systems", "add", "passing-records", "--provider", "X99", "--make-key", *scopes)
    assert (added.code, mine.exists()) == (0, True)
    assert (await run.famalink("systems", "disable", "passing-records")).code == 0
    refused = await run.famalink("token", "--system", "passing-records", "--scope", _SCOPES[0])
    assert (refused.code, refused.out) == (1, "")
    assert "has been disabled" in refused.err


async def test_nobody_reads_without_a_token_and_is_told_what_to_do(run: LocalRun, client: Newcomer) -> None:
    anybody = await Reader(run, {}).read(f"CarePlan/{client.referral_id}")
    assert anybody.status_code == 401
    assert anybody.headers["www-authenticate"].startswith("Bearer")
    assert anybody.json()["resourceType"] == "OperationOutcome"


def _goals(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in page.get("entry", []) if entry["resource"]["resourceType"] == "Goal"]
