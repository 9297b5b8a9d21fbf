"""What people keep about meetings: confirmed, known to a team, of concern, paused, due. Each provider's own."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.meetings import meeting_id
from shared.privacy.master import MasterKeys
from tests.conftest import opened_database
from tests.integration.directory_builder import Directory, as_csv, listed, opened_directory, person

HERE = {"latitude": "53.95", "longitude": "-4.20"}
LIST = as_csv(
    listed("Tuesday AA", **HERE, address="1 High Street"),
    listed("Friday AA", weekday="Friday", **HERE, confirmed_on="2026-11-20"),
    listed("Far", latitude="51.5", longitude="-0.1"),
    listed("Online", organisation="smart-recovery", format="online"),
)
TUESDAY, FRIDAY, FAR, ONLINE = (meeting_id("uk", name) for name in ("tuesday-aa", "friday-aa", "far", "online"))
TODAY = datetime.now(UTC).date()


@pytest.fixture
async def directory(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Directory]:
    state = tmp_path_factory.mktemp("directory")
    async with (
        opened_database(postgres, master, "referrals") as database,
        opened_directory(database, master, state) as opened,
    ):
        assert (await opened.imports(LIST)).json()["new"] == 4
        await opened.said()
        yield opened


async def calls(
    directory: Directory, method: str, path: str, who: dict[str, str] | None = None, **body: object
) -> dict[str, Any]:
    answer = await directory.http.request(method, f"/api{path}", json=body or {}, headers=who or person("keyworker"))
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json() if answer.content else {}
    return told


async def refused(directory: Directory, method: str, path: str, **body: object) -> list[tuple[str, str]]:
    answer = await directory.http.request(method, f"/api{path}", json=body, headers=person("keyworker"))
    assert answer.status_code in (404, 422), answer.text
    return [(problem["field"], problem["code"]) for problem in answer.json()["errors"]]


async def facts(directory: Directory, name: str, who: dict[str, str] | None = None) -> dict[str, str]:
    found = await calls(directory, "POST", "/meetings/_search", who, limit=500)
    [meeting] = [each for each in found["meetings"] if each["name"] == name]
    return {fact["code"]: fact["text"] for fact in meeting["facts"]}


async def test_a_meeting_that_a_person_confirms_is_said_whole_and_stale_no_more(directory: Directory) -> None:
    assert "stale" in await facts(directory, "Tuesday AA")
    said = await calls(directory, "POST", f"/meetings/{TUESDAY}/confirmation")
    assert said == {"meetingId": str(TUESDAY), "confirmedOn": str(TODAY)}
    assert "stale" not in await facts(directory, "Tuesday AA")
    [(topic, key, data)] = await directory.said()
    assert (topic, key, data["confirmedOn"]) == ("fama.directory", str(TUESDAY), str(TODAY))


async def test_a_confirmation_is_never_set_back_and_never_to_come(directory: Directory) -> None:
    await calls(directory, "POST", f"/meetings/{TUESDAY}/confirmation")
    earlier = str(TODAY - timedelta(days=9))
    said = await calls(directory, "POST", f"/meetings/{TUESDAY}/confirmation", on=earlier)
    assert said["confirmedOn"] == str(TODAY)
    later = str(TODAY + timedelta(days=2))
    assert await refused(directory, "POST", f"/meetings/{TUESDAY}/confirmation", on=later) == [("on", "in-the-future")]
    nobodys = meeting_id("uk", "nobodys")
    assert await refused(directory, "POST", f"/meetings/{nobodys}/confirmation") == [("meetingId", "not-found")]


async def test_a_confirmation_outlives_an_import_as_long_as_where_and_when_stay(directory: Directory) -> None:
    await calls(directory, "POST", f"/meetings/{TUESDAY}/confirmation")
    assert (await directory.imports(LIST)).json()["changed"] == 0
    assert "stale" not in await facts(directory, "Tuesday AA")


async def test_what_a_team_knows_is_among_the_facts_for_its_provider_alone(directory: Directory) -> None:
    known: dict[str, Any] = {
        "ourPremises": True,
        "door": "The blue one, round the back",
        "greetedBy": "secretary",
        "stepFree": "no",
        "parking": "Behind the church",
        "lastBus": "21:50, number 4",
        "lastWentOn": str(TODAY - timedelta(days=3)),
        "knownBy": ["kay", "tess"],
    }
    await calls(directory, "PUT", f"/meetings/{TUESDAY}/local-knowledge", **known)
    assert await calls(directory, "GET", f"/meetings/{TUESDAY}/local-knowledge") == known
    told = await facts(directory, "Tuesday AA")
    assert told["our-premises"] == "Held on our premises"
    assert told["door"] == "The door: The blue one, round the back"
    assert told["known-in-team"].startswith("Knows it: kay, tess; last there on ")
    assert "stale" not in told
    assert "door" not in await facts(directory, "Tuesday AA", person("keyworker", provider="X98"))
    theirs = await calls(directory, "GET", f"/meetings/{TUESDAY}/local-knowledge", person("keyworker", provider="X98"))
    assert (theirs["door"], theirs["knownBy"]) == (None, [])


async def test_local_knowledge_is_replaced_as_a_whole_and_names_nobody_by_a_free_word(directory: Directory) -> None:
    await calls(directory, "PUT", f"/meetings/{TUESDAY}/local-knowledge", door="The blue one")
    await calls(directory, "PUT", f"/meetings/{TUESDAY}/local-knowledge", parking="None")
    assert (await calls(directory, "GET", f"/meetings/{TUESDAY}/local-knowledge"))["door"] is None
    wrong = await refused(directory, "PUT", f"/meetings/{TUESDAY}/local-knowledge", greetedBy="Bill Bloggs")
    assert [field for field, _ in wrong] == ["greetedBy"]


async def test_a_paused_meeting_is_not_suggested_by_that_provider_and_is_said_under_a_key_of_its_own(
    directory: Directory,
) -> None:
    await calls(directory, "POST", f"/meetings/{TUESDAY}/pause", person("team-lead"))
    await calls(directory, "POST", f"/meetings/{TUESDAY}/pause", person("team-lead"))
    ours = await calls(directory, "POST", "/meetings/_search", limit=500)
    theirs = await calls(directory, "POST", "/meetings/_search", person("keyworker", provider="X98"), limit=500)
    assert (ours["fits"], theirs["fits"]) == (3, 4)
    shown = await calls(directory, "GET", f"/meetings/{TUESDAY}")
    assert shown["facts"][0]["code"] == "paused"
    [paused] = (await calls(directory, "GET", "/directory/paused"))["paused"]
    assert (paused["name"], paused["pausedBy"]) == ("Tuesday AA", "person:otto")
    assert (await calls(directory, "GET", "/directory/paused", person("keyworker", provider="X98")))["paused"] == []
    await calls(directory, "POST", f"/meetings/{TUESDAY}/resumption", person("team-lead"))
    assert (await calls(directory, "POST", "/meetings/_search", limit=500))["fits"] == 4
    said = [(key, data["provider"]) for _, key, data in await directory.said()]
    assert said == [(f"{TUESDAY}/X99", "X99")] * 2


async def test_a_concern_says_to_whom_it_was_passed_and_when_and_no_story(directory: Directory) -> None:
    await calls(directory, "POST", f"/meetings/{TUESDAY}/concerns", passedTo="safeguarding-lead", passedOn="2026-11-02")
    [concern] = (await calls(directory, "GET", f"/meetings/{TUESDAY}/concerns"))["concerns"]
    assert (concern["passedTo"], concern["passedOn"]) == ("safeguarding-lead", "2026-11-02")
    assert (await calls(directory, "GET", f"/meetings/{TUESDAY}/concerns", person("keyworker", provider="X98")))[
        "concerns"
    ] == []
    told = {"passedTo": "team-lead", "story": "Somebody said something"}
    wrong = await refused(directory, "POST", f"/meetings/{TUESDAY}/concerns", **told)
    assert [field for field, _ in wrong] == ["story"]


async def test_each_area_has_an_owner_and_a_list_that_is_due_this_month(directory: Directory) -> None:
    await calls(
        directory, "PUT", "/directory/areas/town", person("team-lead"), owner="kay", near="53.95,-4.2", within=10
    )
    await calls(directory, "PUT", "/directory/areas/online", person("team-lead"), owner="kim")
    lists = (await calls(directory, "GET", "/directory/due"))["areas"]
    due = {each["area"]: (each["owner"], each["count"], [one["name"] for one in each["meetings"]]) for each in lists}
    assert due == {"town": ("kay", 1, ["Tuesday AA"]), "online": ("kim", 1, ["Online"])}
    await calls(directory, "POST", f"/meetings/{TUESDAY}/confirmation")
    [town] = (await calls(directory, "GET", "/directory/due?owner=kay"))["areas"]
    assert (town["area"], town["count"]) == ("town", 0)
    assert (await calls(directory, "GET", "/directory/due", person("keyworker", provider="X98")))["areas"] == []
    await calls(directory, "DELETE", "/directory/areas/town", person("team-lead"))
    assert [area["area"] for area in (await calls(directory, "GET", "/directory/areas"))["areas"]] == ["online"]


async def test_a_place_of_an_area_has_a_distance(directory: Directory) -> None:
    answer = await directory.http.put(
        "/api/directory/areas/town", json={"owner": "kay", "near": "53.95,-4.2"}, headers=person("team-lead")
    )
    assert answer.status_code == 422


async def test_what_nobody_finds_is_counted_by_month_for_operations(directory: Directory) -> None:
    for _ in range(2):
        await calls(directory, "POST", "/meetings/_search", organisation=["aa"], kind=["women"])
    await calls(directory, "POST", "/meetings/_search", organisation=["ga"], kind=["women"])
    unmet = (await calls(directory, "GET", "/directory/unmet", person("operations")))["unmet"]
    month = str(TODAY.replace(day=1))
    assert {"month": month, "filter": "women", "times": 2} in unmet
    assert sum(each["times"] for each in unmet) == 3


async def test_a_hand_out_of_the_groups_near_leaves_out_what_is_paused(directory: Directory) -> None:
    for each in (TUESDAY, FRIDAY):
        await calls(directory, "POST", f"/meetings/{each}/pause", person("team-lead"))
    asked = {"for": "self", "near": "53.95,-4.2"}
    answer = await directory.http.get("/api/handouts/6.pdf", params=asked, headers=person("keyworker"))
    elsewhere = await directory.http.get(
        "/api/handouts/6.pdf", params=asked, headers=person("keyworker", provider="X98")
    )
    assert answer.status_code == elsewhere.status_code == 200
    assert len(elsewhere.content) != len(answer.content)
