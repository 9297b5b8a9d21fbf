"""`/ops/directory` as operations read it: what waits for a person, what is fetched, a file that is brought."""

import re
from collections.abc import AsyncIterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.referrals.directory.handlers.running import Running
from services.referrals.directory.pages import feeds_part
from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from tests.integration.directory_builder import Directory, as_csv, listed, nobody_plans, opened_directory, person, ten
from tests.publisher import Publisher, published


@pytest.fixture
async def directory(database: Database, master: MasterKeys, tmp_path: Path) -> AsyncIterator[Directory]:
    async with opened_directory(database, master, tmp_path) as opened:
        opened.http.headers.update(person("operations") | {"Accept": "text/html"})
        yield opened


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    async with published() as opened:
        yield opened


def words(answer: httpx.Response) -> str:
    assert "text/html" in answer.headers["content-type"]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def brings(directory: Directory, file: bytes | None, **said: str) -> httpx.Response:
    form = {"feed": "uk", "format": "csv", "timeZone": "Europe/London"} | said
    files: Mapping[str, Any] = {"file": ("list.csv", file)} if file is not None else {"file": ("", b"")}
    return await directory.http.post("/ops/directory/imports", data=form, files=files, follow_redirects=True)


async def fetched(directory: Directory, publisher: Publisher) -> Running:
    body = {"feed": "town", "format": "csv", "timeZone": "Europe/London", "owner": "Otto Example", "area": "North"}
    body |= {"url": publisher.at("/feed.csv"), "dailyAt": "04:30"}
    assert (await directory.http.post("/api/directory/sources", json=body)).status_code == 201
    running = Running(directory.database, nobody_plans, "loopback")
    await running.turn()
    return running


async def test_an_empty_page_says_so(directory: Directory) -> None:
    page = words(await directory.http.get("/ops/directory"))
    assert "No feed waits for anybody." in page
    assert "No feed is fetched from an address yet." in page
    async with directory.database.reading() as connection:
        assert (await feeds_part(connection)).state == "Good"


async def test_of_very_many_refused_lines_the_whole_number_is_told(directory: Directory) -> None:
    odd = [listed(f"Odd {number}", weekday="Someday") for number in range(1500)]
    page = words(await brings(directory, as_csv(*ten(), *odd)))
    assert "10 new, 0 changed, 0 unchanged, 0 gone, 1,500 refused." in page
    assert "And 1,450 more." in page


async def test_the_columns_of_a_list_of_ones_own_are_told_and_an_example_is_there_to_download(
    directory: Directory,
) -> None:
    page = await directory.http.get("/ops/directory")
    assert 'href="/ops/directory/template.csv"' in page.text
    assert "weeks_of_month 1, 2, 3, 4 or last" in words(page)
    example = await directory.http.get("/ops/directory/template.csv")
    assert example.headers["content-disposition"] == 'attachment; filename="meetings.csv"'
    page_after = words(await brings(directory, example.content))
    assert "3 new, 0 changed, 0 unchanged, 0 gone." in page_after


async def test_a_file_is_imported_and_what_came_of_it_is_told(directory: Directory) -> None:
    page = words(await brings(directory, as_csv(*ten(), listed("Odd", weekday="Someday"))))
    assert "uk Imported 10 new, 0 changed, 0 unchanged, 0 gone, 1 refused." in page
    assert "is not Monday to Sunday" in page
    smaller = words(await brings(directory, as_csv(*ten()[:3])))
    assert "uk Looks wrong It has 3 meetings, 10 are listed" in smaller
    assert "bring it again below" in smaller
    agreed = words(await brings(directory, as_csv(*ten()[:3]), agree="yes"))
    assert "Imported 0 new, 0 changed, 3 unchanged, 7 gone." in agreed
    assert "No feed waits for anybody." in agreed


@pytest.mark.parametrize(
    ("file", "said", "reason"),
    [
        (None, {}, "Choose the file with the list."),
        (b"x", {"feed": "Our Town"}, "lower-case letters, digits and dashes"),
        (b"x", {"timeZone": "Leeds"}, "is not a zone such as Europe/London"),
        (b"x", {"format": "xml"}, "is none of bmlt"),
        (b"x", {"feed": "Our Town", "timeZone": "Mars"}, "is not a zone such as Europe/London"),
        (None, {"feed": "Our Town"}, "lower-case letters, digits and dashes"),
    ],
)
async def test_what_was_typed_stays_in_the_form_with_what_is_wrong(
    directory: Directory, file: bytes | None, said: dict[str, str], reason: str
) -> None:
    answer = await brings(directory, file, **{"feed": "my-town"} | said)
    assert answer.status_code == 422
    assert reason in words(answer)
    assert f'value="{said.get("feed", "my-town")}"' in answer.text
    assert "There is a problem" in answer.text


async def test_a_file_that_cannot_be_read_is_told_and_changes_nothing(directory: Directory) -> None:
    await brings(directory, as_csv(*ten()))
    page = words(await brings(directory, b"\x00\xff" * 1000))
    assert "uk Cannot be read" in page
    assert len(await directory.meetings()) == 10


@pytest.mark.parametrize(("file", "status"), [(as_csv(*ten()[:3]), 409), (b"\xff" * 9, 422)])
async def test_after_a_file_that_was_not_taken_what_was_typed_stays(
    directory: Directory, file: bytes, status: int
) -> None:
    typed = {"feed": "my-town", "timeZone": "Europe/Dublin", "format": "tsml-csv"}
    await brings(directory, as_csv(*ten()), feed="my-town")
    answer = await brings(directory, file, **typed | ({"format": "csv"} if status == 409 else {}))
    assert answer.status_code == status
    assert 'value="my-town"' in answer.text
    assert 'value="Europe/Dublin"' in answer.text
    assert ('value="tsml-csv" selected' in answer.text) == (status == 422)


async def test_of_what_is_held_the_page_names_what_would_be_gone(directory: Directory) -> None:
    await brings(directory, as_csv(*ten()))
    page = words(await brings(directory, as_csv(*ten()[:7])))
    assert "Meetings that would be gone : uk Group 7, Tuesday 19:30 Group 8, Tuesday 19:30" in page


async def test_a_file_that_cannot_be_read_is_put_away_and_the_same_is_no_alert_again(directory: Directory) -> None:
    await brings(directory, as_csv(*ten()))
    assert "Leave the list as it is" in words(await brings(directory, b"<html>wrong file"))
    left = await directory.http.post("/ops/directory/alerts/uk/leaving", follow_redirects=True)
    assert "The list stays as it is." in words(left)
    assert "No feed waits for anybody." in words(left)
    again = await brings(directory, b"<html>wrong file")
    assert (again.status_code, "No feed waits for anybody." in words(again)) == (422, True)
    assert "uk Cannot be read" in words(await brings(directory, b"<html>another"))


async def test_what_is_fetched_is_listed_and_can_be_imported_all_the_same_or_left(
    directory: Directory, publisher: Publisher
) -> None:
    publisher.answers("/feed.csv", as_csv(*ten()))
    running = await fetched(directory, publisher)
    page = words(await directory.http.get("/ops/directory"))
    assert "Otto Example" in page
    assert "Daily at 04:30, Europe/London" in page
    assert "Imported 10 new" in page
    publisher.answers("/feed.csv", as_csv(*ten()[:3]))
    now = re.search(r'action="(/ops/directory/sources/[^"]+)"', (await directory.http.get("/ops/directory")).text)
    assert now
    asked = await directory.http.post(now[1], follow_redirects=True)
    assert "It is being fetched." in words(asked)
    await running.turn()
    held = words(await directory.http.get("/ops/directory"))
    assert "town Looks wrong" in held
    assert "It would be 0 new, 0 changed, 3 unchanged, 7 gone." in held
    async with directory.database.reading() as connection:
        assert "1 wait for a person: town." in (await feeds_part(connection)).told
    left = await directory.http.post("/ops/directory/alerts/town/leaving", follow_redirects=True)
    assert "The list stays as it is." in words(left)
    again = await directory.http.post("/ops/directory/alerts/town/leaving", follow_redirects=True)
    assert "It was settled already." in words(again)
    await directory.http.post(now[1], data={"agree": "yes"})
    await running.turn()
    assert len(await directory.meetings()) == 3


async def test_one_that_is_not_there_is_told_with_a_button_to_try_again(
    directory: Directory, publisher: Publisher
) -> None:
    await fetched(directory, publisher)
    page = words(await directory.http.get("/ops/directory"))
    assert "town Not there The feed's address answers HTTP 404. Nothing was changed." in page
    assert "Try again" in page
    assert "Not there, 1 time in a row" in page


@pytest.mark.parametrize(("hours", "said"), [("1", "Every hour"), ("6", "Every 6 hours")])
async def test_every_how_many_hours_is_said_as_people_do(directory: Directory, hours: str, said: str) -> None:
    await adds(directory, feed="town", url="https://lists.example/a.csv", dailyAt="", everyHours=hours)
    assert f"{said} Next" in words(await directory.http.get("/ops/directory"))


async def test_it_is_for_operations(directory: Directory) -> None:
    answer = await directory.http.get("/ops/directory", headers=person("keyworker"))
    assert answer.status_code == 403


_SOURCE = {"format": "csv", "timeZone": "Europe/London", "dailyAt": "04:30", "owner": "Otto Example", "area": "North"}


async def adds(directory: Directory, **said: str) -> httpx.Response:
    return await directory.http.post("/ops/directory/sources", data=_SOURCE | said, follow_redirects=True)


async def test_a_source_is_added_and_removed_on_the_page(directory: Directory, publisher: Publisher) -> None:
    publisher.answers("/feed.csv", as_csv(*ten()))
    page = await adds(directory, feed="town", url=publisher.at("/feed.csv"), formatsUrl="", everyHours="")
    assert "It is fetched from now on" in words(page)
    await Running(directory.database, nobody_plans, "loopback").turn()
    shown = (await directory.http.get("/ops/directory")).text
    assert "Daily at 04:30, Europe/London" in shown
    removal = re.search(r'action="(/ops/directory/sources/[^"]+/removal)"', shown)
    assert removal
    gone = words(await directory.http.post(removal[1], follow_redirects=True))
    assert "It is fetched no more. Its meetings stay listed." in gone
    assert "No feed is fetched from an address yet." in gone
    assert len(await directory.meetings()) == 10
    twice = words(await directory.http.post(removal[1], follow_redirects=True))
    assert "It was settled already." in twice


@pytest.mark.parametrize(
    ("said", "field", "reason"),
    [
        ({"url": "meetings.csv"}, "url", "This is not an address such as"),
        ({"url": ""}, "url", "Enter the address."),
        ({"dailyAt": ""}, "everyHours", "Say at what time each day"),
        ({"dailyAt": "half past four"}, "dailyAt", "Enter a time such as 19:30."),
        ({"dailyAt": "", "everyHours": "six"}, "everyHours", "Enter a number, in digits."),
        ({"feed": "Our Town"}, "feed", "lower-case letters, digits and dashes"),
    ],
)
async def test_a_source_that_cannot_be_is_refused_at_its_field_and_stays_typed(
    directory: Directory, said: dict[str, str], field: str, reason: str
) -> None:
    answer = await adds(directory, **{"feed": "town", "url": "https://lists.example/a.csv"} | said)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert reason in words(answer)
    assert 'value="Otto Example"' in answer.text
