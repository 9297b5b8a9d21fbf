"""Meetings for whoever helps a client to choose one: filtered, the soonest first, with their dates."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from deploy.local.postgres import EmbeddedPostgres
from shared.meetings import meeting_id
from shared.privacy.master import MasterKeys
from tests.conftest import opened_database
from tests.integration.directory_builder import (
    Directory,
    as_csv,
    listed,
    opened_directory,
    person,
    system,
)

LIST = as_csv(
    listed("Tuesday AA", latitude="53.95", longitude="-4.20", kinds="open; newcomer"),
    listed("Friday AA", weekday="Friday", latitude="53.70", longitude="-4.20", kinds="open"),
    listed("Online SMART", organisation="smart-recovery", format="online", weekday="Sunday", start="10:00"),
    listed("Al-Anon", organisation="al-anon", weekday="Sunday", start="09:00"),
    listed("For All", organisation="local", weekday="Sunday", start="11:00", for_what="gambling"),
    listed("By Appointment", organisation="na", weekday="", start=""),
    listed("Shut", status="closed-for-now"),
)
ALL = {"Tuesday AA", "Friday AA", "Online SMART", "Al-Anon", "For All", "By Appointment"}


@pytest.fixture(scope="module")
async def directory(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Directory]:
    """One for all of them: they only look."""
    state = tmp_path_factory.mktemp("directory")
    async with (
        opened_database(postgres, master, "referrals") as database,
        opened_directory(database, master, state) as opened,
    ):
        assert (await opened.imports(LIST)).json()["new"] == 7
        yield opened


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ALL),
        ({"organisation": ["aa", "al-anon"]}, {"Tuesday AA", "Friday AA", "Al-Anon"}),
        ({"format": "online"}, {"Online SMART"}),
        ({"audience": "family"}, {"Al-Anon", "For All"}),
        ({"audience": "self"}, ALL - {"Al-Anon"}),
        ({"forWhat": "gambling"}, {"Online SMART", "For All"}),
        ({"kind": ["open", "newcomer"]}, {"Tuesday AA"}),
        ({"day": ["tuesday", "friday"]}, {"Tuesday AA", "Friday AA"}),
        ({"from_": "2026-11-24", "to": "2026-11-24"}, {"Tuesday AA"}),
        ({"near": "53.95,-4.21", "within": "5"}, {"Tuesday AA"}),
        ({"organisation": "ga"}, set()),
        ({"leaveOut": ["aa", "al-anon"]}, {"Online SMART", "For All", "By Appointment"}),
        ({"free": ["sunday 08:00-10:00", "sunday 11:00-12:00"]}, {"Al-Anon", "For All"}),
        ({"free": "sunday 11:00-12:00", "timeZone": "Europe/Paris"}, {"Online SMART"}),
        ({"prefer": ["women", "newcomer"]}, ALL),
    ],
)
async def test_meetings_are_filtered(directory: Directory, asked: dict[str, str | list[str]], names: set[str]) -> None:
    assert {meeting["name"] for meeting in await directory.meetings(**asked)} == names


async def test_the_soonest_comes_first_and_those_by_appointment_last(directory: Directory) -> None:
    found = await directory.meetings()
    *dated, last = found
    assert (last["name"], last["start"], last["occurrences"]) == ("By Appointment", None, [])
    starts = [datetime.fromisoformat(meeting["occurrences"][0]["start"]) for meeting in dated]
    assert starts == sorted(starts)
    now = datetime.now(UTC)
    assert all(now - timedelta(minutes=1) <= start < now + timedelta(days=7) for start in starts)
    assert (await directory.meetings(limit="2")) == found[:2]


async def test_what_is_preferred_comes_first_and_nothing_is_left_out(directory: Directory) -> None:
    found = await directory.found(prefer=["newcomer", "open"])
    assert [meeting["name"] for meeting in found["meetings"]][:2] == ["Tuesday AA", "Friday AA"]
    assert found["fits"] == len(ALL)


async def test_if_nothing_fits_it_is_said_what_to_leave_out_and_counted(directory: Directory) -> None:
    before = _unmet("women")
    found = await directory.found(organisation="aa", kind=["newcomer", "women"])
    assert (found["meetings"], found["fits"]) == ([], 0)
    assert found["relax"] == [{"field": "kind", "value": "women", "finds": 1}]
    assert _unmet("women") == before + 1


async def test_if_enough_fits_there_is_nothing_to_leave_out(directory: Directory) -> None:
    before = _unmet("audience")
    assert (await directory.found(audience="self"))["relax"] == []
    assert _unmet("audience") == before


async def test_a_body_asks_the_same_as_a_query_and_its_place_is_written_down_nowhere(
    directory: Directory, capsys: pytest.CaptureFixture[str]
) -> None:
    body = {"near": "53.951,-4.211", "within": 5, "prefer": ["newcomer"], "limit": 500}
    answer = await directory.http.post("/api/meetings/_search", json=body, headers=person("keyworker"))
    told = capsys.readouterr().out
    by_query = await directory.found(near="53.951,-4.211", within="5", prefer="newcomer")
    assert answer.json() == by_query
    assert {"code": "distance", "text": "Less than 1 km away"} in by_query["meetings"][0]["facts"]
    told += capsys.readouterr().out
    assert told.count("http.answered") == 2
    assert "4.211" not in told


async def test_dates_are_the_meetings_own_across_the_clock_change(directory: Directory) -> None:
    [meeting] = await directory.meetings(organisation="al-anon", from_="2026-10-18", to="2026-10-25")
    assert [occurrence["start"] for occurrence in meeting["occurrences"]] == [
        "2026-10-18T09:00:00+01:00",
        "2026-10-25T09:00:00Z",
    ]


async def test_a_meeting_is_shown_with_all_that_is_known_of_it(directory: Directory) -> None:
    known = meeting_id("uk", "tuesday-aa")
    answer = await directory.http.get(f"/api/meetings/{known}", headers=person("keyworker"))
    said = answer.json()
    assert len(said.pop("occurrences")) == 4
    assert said.pop("inFeedOn")
    assert [fact["code"] for fact in said.pop("facts") if fact["code"] != "soon"] == ["newcomer", "open", "stale"]
    assert said == {
        "meetingId": str(known),
        "name": "Tuesday AA",
        "organisation": "aa",
        "organisationName": "Alcoholics Anonymous",
        "format": "in-person",
        "placeName": None,
        "address": None,
        "findingTheDoor": None,
        "latitude": 53.95,
        "longitude": -4.2,
        "onlineLink": None,
        "weekday": 2,
        "start": "19:30",
        "length": 60,
        "timeZone": "Europe/London",
        "everyWeeks": None,
        "countedFrom": None,
        "weeksOfMonth": None,
        "kinds": ["newcomer", "open"],
        "audience": "self",
        "forWhat": ["alcohol"],
        "status": "active",
        "confirmedOn": None,
        "km": None,
    }


async def test_a_meeting_that_is_not_there_is_not_found(directory: Directory) -> None:
    answer = await directory.http.get(f"/api/meetings/{meeting_id('uk', 'no-such')}", headers=person("keyworker"))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (404, "meetingId")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"organisation": "alcoholics"}, "organisation"),
        ({"format": "hologram"}, "format"),
        ({"audience": "both"}, "audience"),
        ({"kind": "nice"}, "kind"),
        ({"day": "Someday"}, "day"),
        ({"from": "24/11/2026"}, "from"),
        ({"from": "2026-11-24", "to": "2026-11-23"}, "to"),
        ({"from": "2026-11-24", "to": "2027-11-23"}, "to"),
        ({"near": "somewhere"}, "near"),
        ({"near": "91,0"}, "near"),
        ({"within": "-1"}, "within"),
        ({"limit": "0"}, "limit"),
        ({"leaveOut": "alcoholics"}, "leaveOut"),
        ({"prefer": "nice"}, "prefer"),
        ({"prefer": ["open", "women", "men", "step", "secular", "speaker"]}, "prefer"),
        ({"free": "Tuesday evening"}, "free"),
        ({"free": "someday 18:00-20:00"}, "free"),
        ({"free": "tuesday 20:00-18:00"}, "free"),
        ({"timeZone": "Harrowmere"}, "timeZone"),
        ({"colour": "blue"}, "colour"),
    ],
)
async def test_what_is_asked_wrongly_is_named(directory: Directory, asked: dict[str, str], field: str) -> None:
    answer = await directory.http.get("/api/meetings", params=asked, headers=person("keyworker"))
    assert answer.status_code == 422
    assert [error["field"].partition("[")[0].partition(".")[0] for error in answer.json()["errors"]] == [field]


async def test_at_the_end_of_the_calendar_no_meeting_takes_place(directory: Directory) -> None:
    assert await directory.meetings(from_="9999-12-31") == []


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (dict[str, str], 401),
        (lambda: system("system/*.rs"), 403),
        (lambda: person("keyworker"), 200),
        (lambda: person("team-lead"), 200),
        (lambda: person("recovery-champion"), 200),
        (lambda: person("operations"), 200),
    ],
)
@pytest.mark.parametrize("path", ["", f"/{meeting_id('uk', 'tuesday-aa')}"])
async def test_staff_of_every_role_may_look(
    directory: Directory, caller: Callable[[], dict[str, str]], status: int, path: str
) -> None:
    assert (await directory.http.get(f"/api/meetings{path}", headers=caller())).status_code == status


async def test_what_an_import_changed_is_found_at_once(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path: Path
) -> None:
    async with (
        opened_database(postgres, master, "referrals") as database,
        opened_directory(database, master, tmp_path) as directory,
    ):
        assert await directory.meetings() == []
        await directory.imports(as_csv(listed("Tuesday AA"), listed("Friday AA", weekday="Friday")))
        assert len(await directory.meetings()) == 2
        await directory.imports(as_csv(listed("Tuesday AA", kinds="women")), agree="yes")
        assert [meeting["name"] for meeting in await directory.meetings(kind="women")] == ["Tuesday AA"]
        assert (await directory.found())["fits"] == 1


def _unmet(code: str) -> float:
    return REGISTRY.get_sample_value("famalink_unmet_needs_total", {"filter": code}) or 0
