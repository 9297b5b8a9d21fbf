"""Feeds that are fetched from an address: when, how far, and what becomes of one that is not there."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.referrals.directory.handlers.running import Running
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.eventually import eventually
from tests.integration.directory_builder import Directory, as_csv, listed, nobody_plans, opened_directory, person, ten
from tests.publisher import Publisher, published

SOURCE = {"feed": "uk", "format": "csv", "timeZone": "Europe/London", "owner": "Otto Example", "area": "North"}


@pytest.fixture
async def directory(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(database, master, tmp_path) as opened:
        yield opened


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    async with published() as opened:
        yield opened


class Sources:
    """The doors of sources, and the turns that the background would take."""

    def __init__(self, directory: Directory, publisher: Publisher) -> None:
        self.directory, self.publisher = directory, publisher
        self.running = Running(directory.database, nobody_plans, "loopback")

    async def adds(self, path: str = "/feed.csv", **said: Any) -> str:  # noqa: ANN401 - JSON
        body = SOURCE | {"everyHours": 6, "url": self.publisher.at(path)} | said
        answer = await self.directory.http.post("/api/directory/sources", json=body, headers=person("operations"))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["sourceId"])

    async def all(self) -> list[dict[str, Any]]:
        answer = await self.directory.http.get("/api/directory/sources", headers=person("operations"))
        sources: list[dict[str, Any]] = answer.json()["sources"]
        return sources

    async def one(self) -> dict[str, Any]:
        [source] = await self.all()
        return source

    async def asks(self, source: str, **said: bool) -> str:
        answer = await self.directory.http.post(
            f"/api/directory/sources/{source}/imports", json=said, headers=person("operations")
        )
        assert answer.status_code == 202, answer.text
        return str(answer.json()["importId"])

    async def run(self, import_id: str) -> dict[str, Any]:
        answer = await self.directory.http.get(f"/api/directory/imports/{import_id}", headers=person("operations"))
        run: dict[str, Any] = answer.json()
        return run

    async def lease(self, after: datetime | None = None) -> datetime | None:
        """Until when the one that is running is taken; None while it is not, or no longer than `after`."""
        query = "SELECT lease_until FROM directory_run WHERE state = 'running' AND lease_until > %s"
        async with self.directory.database.reading() as connection:
            row = await (await connection.execute(query, (after or datetime.now(UTC),))).fetchone()
        return row[0] if row else None

    async def becomes_due(self) -> None:
        async with self.directory.database.work() as uow:
            await uow.connection.execute("UPDATE directory_source SET due_at = now() - interval '1 minute'")


@pytest.fixture
def sources(directory: Directory, publisher: Publisher) -> Sources:
    return Sources(directory, publisher)


async def test_a_source_is_read_at_once_and_then_by_its_schedule(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    await sources.adds()
    await sources.running.turn()
    source = await sources.one()
    run = source["lastImport"]
    assert (run["state"], run["phase"], run["outcome"], run["report"]["new"]) == ("ended", "ended", "applied", 10)
    assert run["by"] == "schedule"
    assert run["progress"]["fetched"] == len(as_csv(*ten()))
    due = datetime.fromisoformat(source["dueAt"]) - datetime.now(UTC)
    assert timedelta(hours=5, minutes=59) < due <= timedelta(hours=6)
    assert len(await sources.directory.meetings()) == 10
    await sources.running.turn()
    assert len(sources.publisher.asked) == 1


async def test_what_is_the_same_is_seen_and_not_sent_again(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()), etag='"one"')
    await sources.adds()
    await sources.running.turn()
    async with sources.directory.database.work() as uow:
        await uow.connection.execute("UPDATE meeting SET in_feed_on = '2026-01-01'")
    await sources.becomes_due()
    await sources.running.turn()
    source = await sources.one()
    assert sources.publisher.asked[-1]["if-none-match"] == '"one"'
    assert (source["lastImport"]["outcome"], source["lastImport"]["report"]["unchanged"]) == ("applied", 10)
    seen = {meeting["inFeedOn"] for meeting in await sources.directory.meetings()}
    assert "2026-01-01" not in seen


async def test_after_an_import_from_elsewhere_all_of_it_is_fetched_again(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()), etag='"one"')
    await sources.adds()
    await sources.running.turn()
    await sources.directory.imports(as_csv(*ten()[1:]))
    await sources.becomes_due()
    await sources.running.turn()
    assert "if-none-match" not in sources.publisher.asked[-1]
    assert len(await sources.directory.meetings()) == 10


async def test_one_that_is_not_there_backs_off_and_is_an_alert_until_it_is_back(sources: Sources) -> None:
    source = await sources.adds()
    pauses = []
    for _ in range(3):
        await sources.becomes_due()
        await sources.running.turn()
        pauses.append(datetime.fromisoformat((await sources.one())["dueAt"]) - datetime.now(UTC))
    minutes = [round(pause.total_seconds() / 60) for pause in pauses]
    assert minutes == [15, 30, 60]
    [alert] = await sources.directory.alerts()
    assert (alert["feed"], alert["outcome"], alert["problem"]["code"]) == ("uk", "unreachable", "not-ok")
    assert (await sources.one())["failures"] == 3
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    await sources.asks(source)
    await sources.running.turn()
    assert await sources.directory.alerts() == []
    assert (await sources.one())["failures"] == 0


async def test_a_feed_that_looks_wrong_waits_and_a_person_may_import_it_all_the_same(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    source = await sources.adds()
    await sources.running.turn()
    sources.publisher.answers("/feed.csv", as_csv(*ten()[:4]))
    await sources.becomes_due()
    await sources.running.turn()
    assert [(alert["outcome"], alert["problem"]["code"]) for alert in await sources.directory.alerts()] == [
        ("held", "smaller")
    ]
    assert len(await sources.directory.meetings()) == 10
    import_id = await sources.asks(source, agree=True)
    assert (await sources.run(import_id))["state"] == "waiting"
    assert await sources.asks(source) == import_id, "it is waiting already"
    await sources.running.turn()
    run = await sources.run(import_id)
    assert (run["outcome"], run["report"]["gone"], run["by"]) == ("applied", 6, "person:otto")
    assert await sources.directory.alerts() == []


async def test_what_a_person_agreed_to_is_what_they_looked_at_and_no_other_list(sources: Sources) -> None:
    """Between their look and their word the other side may have published something worse."""
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    source = await sources.adds()
    await sources.running.turn()
    sources.publisher.answers("/feed.csv", as_csv(*ten()[:4]))
    await sources.run(await sources.asks(source))
    await sources.running.turn()
    sources.publisher.answers("/feed.csv", as_csv(*ten()[:1]))
    import_id = await sources.asks(source, agree=True)
    await sources.running.turn()
    run = await sources.run(import_id)
    assert (run["outcome"], run["report"]["gone"]) == ("held", 9)
    assert run["problem"]["reason"].startswith("It is not what somebody looked at.")
    assert len(await sources.directory.meetings()) == 10
    import_id = await sources.asks(source, agree=True)
    await sources.running.turn()
    assert (await sources.run(import_id))["outcome"] == "applied"


async def test_what_a_person_left_is_no_alert_until_something_else_comes(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    await sources.adds()
    await sources.running.turn()
    for bodies, alerts in ((ten()[:4], 0), (ten()[:4], 0), (ten()[:3], 1)):
        sources.publisher.answers("/feed.csv", as_csv(*bodies))
        await sources.becomes_due()
        await sources.running.turn()
        assert len(await sources.directory.alerts()) in (alerts, 1)
        if alerts == 0:
            await sources.directory.http.post("/api/directory/alerts/uk/leaving", headers=person("operations"))
            assert await sources.directory.alerts() == []
    assert len(await sources.directory.alerts()) == 1
    assert len(await sources.directory.meetings()) == 10


async def test_an_instance_that_died_does_not_keep_a_feed(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    source = await sources.adds()
    import_id = await sources.asks(source)
    async with sources.directory.database.work() as uow:
        await uow.connection.execute("UPDATE directory_run SET state = 'running', lease_until = now()")
    await sources.running.turn()
    assert (await sources.run(import_id))["outcome"] == "applied"


async def test_a_run_renews_its_short_lease_for_as_long_as_it_goes_on(sources: Sources) -> None:
    """Whoever reads may die at any time; within a minute the feed is somebody else's."""
    sources.publisher.answers("/feed.csv", as_csv(*ten()))
    sources.publisher.answering.clear()
    await sources.adds()
    turn = asyncio.create_task(sources.running.turn())
    try:
        first = await eventually(sources.lease)
        later = await eventually(partial(sources.lease, first))
    finally:
        sources.publisher.answering.set()
        await turn
    assert later
    assert timedelta() < later - datetime.now(UTC) <= timedelta(seconds=60)
    assert (await sources.one())["lastImport"]["outcome"] == "applied"


async def test_pages_are_fetched_one_after_the_other_and_named_services_whole(sources: Sources) -> None:
    whole = {
        "id": "aa-1",
        "name": "Alcoholics Anonymous, Leeds",
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "19:30"}],
        "service_at_locations": [{"location": {"id": "hall", "name": "Hall"}}],
    }
    named, other = {"id": "aa-2", "name": "Alcoholics Anonymous, York"}, {"id": "3", "name": "Chess club"}
    pages = [[whole], [named, other]]
    for number, services in enumerate(pages, 1):
        path = "/services" if number == 1 else f"/services?page={number}"
        body = {"total_pages": 2, "page_number": number, "contents": services}
        sources.publisher.answers(path, json.dumps(body).encode())
    sources.publisher.answers("/services/aa-2", json.dumps(whole | named).encode())
    await sources.adds("/services", format="open-referral")
    await sources.running.turn()
    assert {meeting["name"] for meeting in await sources.directory.meetings()} == {whole["name"], named["name"]}
    assert [request["path"] for request in sources.publisher.asked] == [
        "/services",
        "/services?page=2",
        "/services/aa-2",
    ]


async def test_a_bmlt_servers_formats_come_along(sources: Sources) -> None:
    line = {
        "id_bigint": "1",
        "meeting_name": "One",
        "weekday_tinyint": "2",
        "start_time": "19:00:00",
        "format_shared_id_list": "5",
    }
    formats = [{"id": "5", "key_string": "O", "world_id": "OPEN", "name_string": "Open"}]
    sources.publisher.answers("/list", json.dumps([line]).encode())
    sources.publisher.answers("/formats", json.dumps(formats).encode())
    await sources.adds("/list", format="bmlt", formatsUrl=sources.publisher.at("/formats"))
    await sources.running.turn()
    assert [meeting["kinds"] for meeting in await sources.directory.meetings()] == [["open"]]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "ftp://lists.example/a"}, "url"),
        ({"url": "https://kay:secret@lists.example/a"}, "url"),
        ({"url": "meetings.csv"}, "url"),
        ({"formatsUrl": "https://lists.example/a"}, "formatsUrl"),
        ({"everyHours": None}, "everyHours"),
        ({"dailyAt": "04:30"}, "everyHours"),
        ({"everyHours": 0}, "everyHours"),
        ({"everyHours": None, "dailyAt": "04:30:15"}, "dailyAt"),
        ({"format": "xml"}, "format"),
        ({"feed": "A B"}, "feed"),
        ({"timeZone": "Leeds"}, "timeZone"),
        ({"owner": " "}, "owner"),
        ({"colour": "blue"}, "colour"),
    ],
)
async def test_a_source_that_cannot_be_names_the_field(sources: Sources, said: dict[str, Any], field: str) -> None:
    body = SOURCE | {"everyHours": 6, "url": "https://lists.example/a"} | said
    answer = await sources.directory.http.post("/api/directory/sources", json=body, headers=person("operations"))
    assert answer.status_code in (400, 422)
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert await sources.all() == []


async def test_an_hour_that_no_clock_has_is_said_in_a_sentence(sources: Sources) -> None:
    body = SOURCE | {"dailyAt": "25:00", "url": "https://lists.example/a"}
    answer = await sources.directory.http.post("/api/directory/sources", json=body, headers=person("operations"))
    [error] = answer.json()["errors"]
    assert (error["field"], error["reason"]) == ("dailyAt", "A time is text such as 19:30, on a clock of 24 hours.")


async def test_a_feed_has_one_source_and_its_meetings_outlive_it(sources: Sources) -> None:
    sources.publisher.answers("/feed.csv", as_csv(listed("One")))
    source = await sources.adds()
    again = SOURCE | {"everyHours": 6, "url": sources.publisher.at("/other.csv")}
    answer = await sources.directory.http.post("/api/directory/sources", json=again, headers=person("operations"))
    assert answer.json()["errors"][0]["code"] == "has-a-source"
    await sources.running.turn()
    removed = await sources.directory.http.delete(f"/api/directory/sources/{source}", headers=person("operations"))
    assert removed.json() == {"removed": True}
    assert (await sources.all(), len(await sources.directory.meetings())) == ([], 1)
    gone = await sources.directory.http.post(f"/api/directory/sources/{source}/imports", headers=person("operations"))
    assert gone.status_code == 404


async def test_an_address_inside_is_not_asked_for(sources: Sources) -> None:
    """As it is set where it is not a local run."""
    sources.running = Running(sources.directory.database, nobody_plans, "never")
    await sources.adds("/feed.csv")
    await sources.running.turn()
    [alert] = await sources.directory.alerts()
    assert alert["problem"]["code"] == "private-network"
    assert sources.publisher.asked == []


@pytest.mark.parametrize(
    ("third", "reason"),
    [
        ([], "Page 3 of 3 is empty."),
        ([{"id": "aa-1", "name": "Again"}], "The list says that it has 3 services, and 2 came with its 3 pages."),
    ],
)
async def test_a_list_of_which_not_every_service_came_changes_nothing(
    sources: Sources, third: list[dict[str, str]], reason: str
) -> None:
    pages = [[{"id": "aa-1", "name": "Chess"}], [{"id": "aa-2", "name": "Bowls"}], third]
    for number, services in enumerate(pages, 1):
        path = "/services" if number == 1 else f"/services?page={number}"
        body = {"total_pages": 3, "total_items": 3, "page_number": number, "contents": services}
        sources.publisher.answers(path, json.dumps(body).encode())
    await sources.adds("/services", format="open-referral")
    await sources.running.turn()
    [alert] = await sources.directory.alerts()
    assert (alert["outcome"], alert["problem"]["code"]) == ("unreachable", "not-whole")
    assert alert["problem"]["reason"] == reason


async def test_a_bmlt_server_without_its_formats_does_not_wipe_what_kinds_there_are(sources: Sources) -> None:
    lines = [
        {"id_bigint": str(n), "meeting_name": "One", "weekday_tinyint": "2", "start_time": "19:00:00", "formats": "M"}
        for n in range(4)
    ]
    formats = [{"id": "5", "key_string": "M", "world_id": "M", "name_string": "Men"}]
    sources.publisher.answers("/list", json.dumps(lines).encode())
    sources.publisher.answers("/formats", json.dumps(formats).encode())
    await sources.adds("/list", format="bmlt", formatsUrl=sources.publisher.at("/formats"))
    await sources.running.turn()
    sources.publisher.answers("/formats", b"[]")
    await sources.becomes_due()
    await sources.running.turn()
    [alert] = await sources.directory.alerts()
    assert (alert["outcome"], alert["problem"]["field"]) == ("held", "formats")
    assert "explain none of the 1 codes" in alert["problem"]["reason"]
    assert {tuple(meeting["kinds"]) for meeting in await sources.directory.meetings()} == {("men",)}
    held = await sources.directory.imports(json.dumps(lines).encode(), format="bmlt")
    assert held.json()["errors"][0]["code"] == "kinds-gone"


async def test_one_that_drips_holds_up_nobody_elses_and_each_is_fetched_once(sources: Sources) -> None:
    over = asyncio.Event()

    async def drips(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await over.wait()
        writer.close()

    server = await asyncio.start_server(drips, "127.0.0.1", 0)
    slow = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/slow.csv"
    await sources.adds(feed="slow", url=slow)
    running = asyncio.create_task(sources.running.run())

    async def begun() -> bool:
        return any(source["lastImport"] for source in await sources.all())

    try:
        await eventually(begun)
        sources.publisher.answers("/feed.csv", as_csv(*ten()))
        await sources.adds(feed="fast")
        await eventually(sources.directory.meetings)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        over.set()
        server.close()
    states = {source["feed"]: source["lastImport"]["state"] for source in await sources.all()}
    assert states == {"slow": "running", "fast": "ended"}
    assert len(sources.publisher.asked) == 1
