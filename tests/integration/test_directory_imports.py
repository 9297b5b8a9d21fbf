"""Importing feeds: what is new, changed or gone is said, what looks wrong changes nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from shared.events.directory import MeetingListed
from shared.meetings import meeting_id
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.directory_builder import (
    REAL,
    Directory,
    as_csv,
    listed,
    opened_directory,
    person,
    system,
    ten,
)


@pytest.fixture
async def directory(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(database, master, tmp_path) as opened:
        yield opened


async def test_new_york_is_imported_once_and_said_once(directory: Directory) -> None:
    body = (REAL / "bmlt_new_york.json").read_bytes()
    formats = (REAL / "bmlt_new_york_formats.json").read_bytes()
    asked = {"feed": "na-new-york", "format": "bmlt", "timeZone": "America/New_York"}

    first = await directory.imports(body, formats=formats, **asked)
    assert (first.status_code, first.json()) == (200, _report(new=1513))
    said = await directory.said()
    assert len({key for _, key, _ in said}) == len(said) == 1513
    assert {topic for topic, _, _ in said} == {"fama.directory"}
    assert all(key == str(MeetingListed.model_validate(data).meeting_id) for _, key, data in said)

    again = await directory.imports(body, formats=formats, **asked)
    assert again.json() == _report(unchanged=1513)
    assert await directory.said() == []


async def test_what_a_feed_said_comes_back_from_the_database_as_it_was(directory: Directory) -> None:
    for name, format_ in (("meeting_guide_online_aa.json", "meeting-guide"), ("uk_directory.csv", "csv")):
        body = (REAL / name).read_bytes()
        imported = (await directory.imports(body, feed=format_, format=format_)).json()
        assert (imported["refused"], imported["unchanged"]) == ([], 0)
        assert imported["new"] == {"meeting-guide": 160, "csv": 366}[format_]
        again = (await directory.imports(body, feed=format_, format=format_)).json()
        assert again == _report(unchanged=imported["new"]) | _LEFT_OUT[format_]
    said = [MeetingListed.model_validate(data) for _, _, data in await directory.said()]
    assert len(said) == 526
    assert any(meeting.weekday is None for meeting in said)


async def test_a_start_that_moved_is_said_again(directory: Directory) -> None:
    await directory.imports(as_csv(listed("Still Here"), listed("Moves")))
    await directory.said()

    answer = await directory.imports(as_csv(listed("Still Here"), listed("Moves", start="20:00")))

    assert answer.json() == _report(changed=1, unchanged=1)
    [(_, key, data)] = await directory.said()
    assert (key, data["start"], data["status"]) == (str(meeting_id("uk", "moves")), "20:00:00", "active")


async def test_a_meeting_that_is_gone_is_withdrawn_and_can_come_back(directory: Directory) -> None:
    await directory.imports(as_csv(*ten()))
    await directory.said()

    assert (await directory.imports(as_csv(*ten()[1:]))).json() == _report(unchanged=9, gone=1)
    [(_, key, data)] = await directory.said()
    assert (key, data["status"]) == (str(meeting_id("uk", "group-0")), "withdrawn")
    assert (await directory.imports(as_csv(*ten()[1:]))).json() == _report(unchanged=9)

    assert (await directory.imports(as_csv(*ten()))).json() == _report(changed=1, unchanged=9)
    assert [data["status"] for _, _, data in await directory.said()] == ["active"]


async def test_lines_that_cannot_be_read_are_named_and_the_others_taken(directory: Directory) -> None:
    answer = await directory.imports(as_csv(listed("Good"), listed("Bad", start="half past")))
    assert answer.status_code == 200
    [refused] = answer.json().pop("refused")
    assert (refused["line"], refused["field"]) == (3, "start")
    assert [row[3] for row in await directory.rows()] == ["Good"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"<!DOCTYPE html><html><body>Bad gateway</body></html>", 422, "web-page"),
        (b"", 422, "empty"),
        (as_csv(), 409, "empty"),
        (as_csv(*ten())[:-20], 422, "cut-off"),
        (as_csv(*ten()[:7]), 409, "smaller"),
        (as_csv(*(listed(f"Other {number}") for number in range(10))), 409, "another"),
        (b"\xff\xfe\x00", 422, "not-utf-8"),
    ],
)
async def test_a_feed_that_looks_wrong_changes_nothing_and_waits_for_a_person(
    directory: Directory, body: bytes, status: int, code: str
) -> None:
    await directory.imports(as_csv(*ten()))
    await directory.said()
    before = await directory.rows()

    answer = await directory.imports(body)

    assert answer.status_code == status
    [error] = answer.json()["errors"]
    assert (error["field"], error["code"]) == ("feed", code)
    assert "Nothing was changed." in error["reason"]
    assert (await directory.rows(), await directory.said()) == (before, [])
    [alert] = await directory.alerts()
    assert (alert["feed"], alert["problem"]["code"], alert["by"]) == ("uk", code, "person:otto")


async def test_what_a_person_agrees_to_is_done_and_the_alert_is_gone(directory: Directory) -> None:
    await directory.imports(as_csv(*ten()))
    held = await directory.imports(as_csv(*ten()[:7]))
    assert {name: held.json()[name] for name in ("new", "changed", "unchanged", "gone")} == {
        "new": 0,
        "changed": 0,
        "unchanged": 7,
        "gone": 3,
    }
    assert "agree=yes" in held.json()["errors"][0]["reason"]
    assert (await directory.alerts())[0]["report"]["gone"] == 3

    agreed = await directory.imports(as_csv(*ten()[:7]), agree="yes")

    assert agreed.json() == _report(unchanged=7, gone=3)
    assert await directory.alerts() == []


async def test_a_feed_that_is_well_again_settles_its_alert(directory: Directory) -> None:
    await directory.imports(as_csv(*ten()))
    await directory.imports(b"<html>")
    await directory.imports(as_csv(*ten()))
    assert await directory.alerts() == []


async def test_two_imports_of_one_feed_at_once_say_it_once(directory: Directory) -> None:
    answers = await asyncio.gather(*(directory.imports(as_csv(*ten())) for _ in range(2)))
    assert sorted(answer.json()["new"] for answer in answers) == [0, 10]
    assert len(await directory.said()) == 10


async def test_one_feed_does_not_touch_another(directory: Directory) -> None:
    await directory.imports(as_csv(*ten()), feed="north")
    await directory.imports(as_csv(*ten()[:3]), feed="south")
    answer = await directory.imports(as_csv(*ten()), feed="north")
    assert answer.json() == _report(unchanged=10)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"format": "xml"}, "format"),
        ({"feed": "UK / North"}, "feed"),
        ({"timeZone": "Mars/Olympus"}, "timeZone"),
        ({"agree": "perhaps"}, "agree"),
        ({"dryRun": "yes"}, "dryRun"),
    ],
)
async def test_what_is_asked_wrongly_is_named_and_no_alert(
    directory: Directory, asked: dict[str, str], field: str
) -> None:
    await directory.imports(as_csv(*ten()))
    usual = {"feed": "uk", "format": "csv", "timeZone": "Europe/London"}
    answer = await directory.http.post(
        "/api/directory/imports", params=usual | asked, headers=person("operations"), content=as_csv(*ten())
    )
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await directory.alerts() == []


async def test_what_was_never_listed_raises_no_alert(directory: Directory) -> None:
    assert (await directory.imports(b"<html>", feed="mistyped")).status_code == 422
    assert await directory.alerts() == []


async def test_formats_that_cannot_be_read_are_said_to_be_so(directory: Directory) -> None:
    answer = await directory.imports(b"[]", formats=b"<html>", format="bmlt")
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [("formats", "web-page")]


async def test_multipart_without_a_file_is_refused(directory: Directory) -> None:
    asked = {"feed": "uk", "format": "csv", "timeZone": "Europe/London"}
    answer = await directory.http.post(
        "/api/directory/imports", params=asked, headers=person("operations"), files={"other": b"x"}
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


async def test_a_feed_of_some_megabytes_is_taken_and_one_of_too_many_is_not(directory: Directory) -> None:
    row = {"slug": "x", "name": "Group", "day": 1, "time": "19:00", "notes": "n" * 2_000_000}
    taken = await directory.imports(json.dumps([row]).encode(), format="meeting-guide")
    assert taken.status_code == 200
    asked = {"feed": "uk", "format": "csv", "timeZone": "Europe/London"}
    header = person("operations") | {"Content-Length": str(70 << 20)}
    refused = await directory.http.post("/api/directory/imports", params=asked, headers=header, content=b"x")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (413, "too-large")


@pytest.mark.parametrize("path", ["/api/directory/imports", "/api/directory/alerts"])
@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (dict[str, str], 401),
        (lambda: person("keyworker"), 403),
        (lambda: person("team-lead"), 403),
        (lambda: person("recovery-champion"), 403),
        (lambda: system("attendance.write", "system/*.rs"), 403),
    ],
)
async def test_only_operations_import(
    directory: Directory, caller: Callable[[], dict[str, str]], status: int, path: str
) -> None:
    method = "POST" if path.endswith("imports") else "GET"
    answer = await directory.http.request(method, path, headers=caller(), content=as_csv(*ten()))
    assert answer.status_code == status
    assert await directory.rows() == []


async def test_the_directory_is_the_deployments_whatever_the_provider(directory: Directory) -> None:
    await directory.imports(as_csv(*ten()))
    for provider in ("X98", "X99"):
        answer = await directory.http.get("/api/meetings", headers=person("keyworker", provider=provider))
        assert len(answer.json()["meetings"]) == 10


async def test_some_online_meeting_has_always_begun_within_the_last_hour_and_a_quarter(directory: Directory) -> None:
    """What the demo data promises: one organisation meets at every hour of every day."""
    await directory.imports((REAL / "uk_directory.csv").read_bytes(), feed="uk-demo")
    found = await directory.meetings(format="online", from_="2026-11-16", to="2026-11-22")
    clock = [meeting for meeting in found if "Round the Clock" in meeting["name"]]
    assert len({occurrence["start"] for meeting in clock for occurrence in meeting["occurrences"]}) == 168


_LEFT_OUT: dict[str, dict[str, object]] = {
    "meeting-guide": {
        "notes": ["Types that are no kind of meeting here were left out, so many times each: “XT” (1), “LO-I” (1)."]
    },
    "csv": {},
}


def _report(*, new: int = 0, changed: int = 0, unchanged: int = 0, gone: int = 0) -> dict[str, object]:
    return {"new": new, "changed": changed, "unchanged": unchanged, "gone": gone, "refused": []}


async def test_a_meeting_of_some_weeks_is_listed_so_and_moves_when_they_do(directory: Directory) -> None:
    await directory.imports(as_csv(listed("Supper", weeks_of_month="1;3"), listed("Fortnight", weeks_of_month="")))
    await directory.said()
    fortnightly = {"every_weeks": "2", "counted_from": "2026-11-24"}
    again = as_csv(listed("Supper", weeks_of_month="1;last"), listed("Fortnight", **fortnightly))
    assert (await directory.imports(again)).json()["changed"] == 2
    said = {data["name"]: data for _, _, data in await directory.said()}
    assert said["Supper"]["weeksOfMonth"] == [1, -1]
    assert (said["Fortnight"]["everyWeeks"], said["Fortnight"]["countedFrom"]) == (2, "2026-11-24")
    found = await directory.meetings(from_="2027-01-04", to="2027-01-31")
    dates = {meeting["name"]: [each["date"] for each in meeting["occurrences"]] for meeting in found}
    assert dates == {"Supper": ["2027-01-05", "2027-01-26"], "Fortnight": ["2027-01-05", "2027-01-19"]}
    assert (await directory.imports(again)).json()["unchanged"] == 2
