"""What comes instead of a feed, through the door that operations use: a report each time, and nothing is changed by it.

"Each ends in a report, none in a trace, none changes what was there."
"""

import gzip
import io
import json
import random
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from deploy.local.postgres import EmbeddedPostgres
from shared.privacy.master import MasterKeys
from tests.conftest import opened_database
from tests.integration.directory_builder import Directory, as_csv, listed, opened_directory, ten

MB = 1_000_000
KEPT = {"csv": as_csv(*ten())}
ASKED = {"bmlt": "bmlt", "meeting-guide": "guide", "open-referral": "open", "tsml-csv": "tsml", "csv": "uk"}
"""The feed of each format: each lists ten meetings before anything bad comes."""


def guide(**said: object) -> dict[str, object]:
    return {"slug": "one", "name": "One", "day": 2, "time": "19:30"} | said


def bmlt(**said: str) -> dict[str, str]:
    usual = {"id_bigint": "1", "meeting_name": "One", "weekday_tinyint": "2", "start_time": "19:00:00"}
    return usual | said


def service(number: int) -> dict[str, object]:
    return {
        "id": f"aa-{number}",
        "name": f"Alcoholics Anonymous {number}",
        "schedules": [{"freq": "WEEKLY", "byday": "TU", "opens_at": "19:30"}],
        "service_at_locations": [{"location": {"id": "hall", "name": "Hall"}}],
    }


def as_json(*rows: object) -> bytes:
    return json.dumps(rows).encode()


TEN = {
    "bmlt": as_json(*(bmlt(id_bigint=str(n)) for n in range(10))),
    "meeting-guide": as_json(*(guide(slug=f"group-{n}") for n in range(10))),
    "open-referral": as_json(*(service(n) for n in range(10))),
    "tsml-csv": b"Time,Day,Name,Slug\n" + b"".join(b"19:30,Tuesday,One,group-%d\n" % n for n in range(10)),
    "csv": as_csv(*ten()),
}


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("feed.csv", content)
    return file.getvalue()


def columns(number: int) -> bytes:
    return ",".join(f"column {n}" for n in range(number)).encode() + b"\n" + b"," * (number - 1) + b"\n"


NOISE = random.Random(20261124).randbytes(20 * MB)  # noqa: S311 - nonsense, not a secret
WORDS = b"lorem ipsum dolor sit amet, " * (20 * MB // 28)
JSON_LINES = b"\n".join(json.dumps(guide(slug=f"group-{n}")).encode() for n in range(2637))


@pytest.fixture(scope="module")
async def directory(
    postgres: EmbeddedPostgres, master: MasterKeys, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Directory]:
    async with (
        opened_database(postgres, master, "referrals") as database,
        opened_directory(database, master, tmp_path_factory.mktemp("directory")) as opened,
    ):
        for format_, body in TEN.items():
            assert (await opened.imports(body, feed=ASKED[format_], format=format_)).json()["new"] == 10
        yield opened


@dataclass(frozen=True)
class Bad:
    """`code` of the problem that the answer names; `words` of its sentence."""

    name: str
    format: str
    body: bytes
    code: str
    words: str = ""
    status: int = 422


OF_ANY_FORMAT = [
    bad
    for format_ in ASKED
    for bad in (
        Bad("20 MB of nonsense", format_, NOISE, "not-utf-8", "Line 1 is not UTF-8, nor text of another kind"),
        Bad("a ZIP bomb", format_, zipped(b"0" * 100 * MB), "packed", "unpack it first"),
        Bad("a gzip bomb", format_, gzip.compress(b"0" * 100 * MB), "packed", "unpack it first"),
        Bad("invalid UTF-8", format_, b"\xc3\x28\x81" + TEN[format_], "not-utf-8", "Line 1"),
        Bad("Windows-1252", format_, TEN[format_] + b" Caf\xe9 \x93here\x94", "not-utf-8", "save it as “CSV UTF-8”"),
        Bad("UTF-16", format_, TEN[format_].decode().encode("utf-16"), "not-utf-8", "It is UTF-16"),
        Bad("an error page", format_, b"<html>502 Bad Gateway</html>", "web-page", "the address may be wrong"),
        Bad("nothing", format_, b"", "empty"),
        Bad("a byte order mark alone", format_, b"\xef\xbb\xbf", "empty"),
    )
]
OF_JSON = [
    bad
    for format_ in ("bmlt", "meeting-guide", "open-referral")
    for bad in (
        Bad("20 MB of words", format_, WORDS, "not-json", "line 1"),
        Bad("JSON lines", format_, JSON_LINES, "not-json", "on line 2: it looks like JSON line by line"),
        Bad("a feed cut off", format_, TEN[format_][:-20], "not-json", "was cut off"),
        Bad("an error in JSON", format_, b'{"error": "no such service body"}', "wrong-shape"),
        Bad("20 MB of brackets", format_, b"[" * 20 * MB, "too-many-parts"),
        Bad("20 MB of lists", format_, b"[" + b"[]," * (20 * MB // 3) + b"[]]", "too-many-parts"),
        Bad("20 MB of numbers", format_, b"[" + b"0.5," * (20 * MB // 4) + b"1]", "not-meetings"),
        Bad("depth", format_, b"[" * 100_000 + b"]" * 100_000, "not-json", "nested too deeply"),
        Bad("a number too long", format_, b"[" + b"9" * 5000 + b"]", "not-json"),
        Bad("an empty list", format_, b"[]", "empty", "No meeting can be read in it", 409),
        Bad("others' lines", format_, as_json(*[{"id": 1}, "x", None, 4]), "empty", "", 409),
    )
]
OF_CSV = [
    Bad("20 MB of words", "csv", WORDS, "wrong-shape", "columns: it is no list of meetings"),
    Bad("20 MB in one cell", "csv", b"x" * 20 * MB, "not-csv"),
    Bad("20 MB of lines", "csv", b"id,name,organisation,format,weekday,start\n" + b"x\n" * 10 * MB, "too-many-lines"),
    Bad("20 MB of lines", "tsml-csv", b"Time,Day,Name,Slug\n" + b"x\n" * 10 * MB, "too-many-lines"),
    Bad("a semicolon", "csv", as_csv(*ten()).replace(b",", b";"), "wrong-shape", "semicolons or tabs"),
    Bad("a semicolon", "tsml-csv", TEN["tsml-csv"].replace(b",", b";"), "wrong-shape", "semicolons or tabs"),
    Bad("300 columns", "csv", columns(300), "wrong-shape", "missing: id, name"),
    Bad("300 columns", "tsml-csv", columns(300), "wrong-shape", "missing: time, day"),
    Bad("5,000 columns", "tsml-csv", columns(5000), "wrong-shape", "5,000 columns"),
    Bad("a column twice", "csv", as_csv(*ten()).replace(b"start", b"name"), "wrong-shape", "unknown or twice: “name”"),
    Bad("a feed cut off", "csv", as_csv(*ten())[:-12], "cut-off"),
    Bad("a quote that never ends", "csv", as_csv(*ten()) + b'x,"' + b"y" * 1000, "not-csv", "or was cut off"),
]


@pytest.mark.parametrize("bad", [*OF_ANY_FORMAT, *OF_JSON, *OF_CSV], ids=lambda bad: f"{bad.name} as {bad.format}")
async def test_what_is_no_feed_ends_in_a_reason_and_changes_nothing(directory: Directory, bad: Bad) -> None:
    before = await directory.rows()
    answer = await directory.imports(bad.body, feed=ASKED[bad.format], format=bad.format)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (bad.status, bad.code), error
    assert bad.words in error["reason"]
    assert "Nothing was changed." in error["reason"]
    assert len(error["reason"]) < 400
    assert await directory.rows() == before


@dataclass(frozen=True)
class Odd:
    """Of ten lines and this one: what becomes of it. `refused`: its field, and words of why."""

    name: str
    format: str
    line: dict[str, Any]
    refused: tuple[str, str] | None = None
    listed: dict[str, Any] | None = None


ODD = [
    Odd("swapped", "csv", {"latitude": "-4.2", "longitude": "53.9"}, ("latitude", "look swapped")),
    Odd("swapped", "meeting-guide", {"latitude": -4.2, "longitude": 53.9}, ("latitude", "look swapped")),
    Odd("swapped", "bmlt", {"latitude": "-4.2", "longitude": "53.9"}, ("latitude", "look swapped")),
    Odd("a weekday that is a number", "csv", {"weekday": "2"}, ("weekday", "is not Monday to Sunday")),
    Odd("a format that is a file's", "csv", {"format": "pdf"}, ("format", "is none of in-person, online, hybrid")),
    Odd("a start that is a date", "csv", {"start": "2026-11-24"}, ("start", "is not a time such as 19:30")),
    Odd("minutes that are a time", "csv", {"minutes": "01:30"}, ("minutes", "is not a whole number")),
    Odd("a length that is a count", "bmlt", {"duration_time": "90"}, ("duration_time", "is not a length")),
    Odd("an id twice", "meeting-guide", {"slug": "group-1"}, ("slug", "is the id of a line before it")),
    Odd("an id twice", "csv", {"id": "group-1"}, ("id", "is the id of a line before it")),
    Odd("a zone that is none", "csv", {"time_zone": "GMT+1"}, ("time_zone", "is not the name of a time zone")),
    Odd("run together", "csv", {"confirmed_on": "2020-04-0416:50:58"}, ("confirmed_on", "is not a date")),
    Odd("run together", "meeting-guide", {"updated": "2020-04-0416:50:58"}, None, {"start": "19:30:00"}),
    Odd("unknown types", "meeting-guide", {"types": ["ZZ", "W", "🙂", ""]}, None, {"kinds": ["women"]}),
    Odd("types that are no list", "meeting-guide", {"types": {"W": 1}}, ("types", "is not a list")),
    Odd("unknown formats", "bmlt", {"format_shared_id_list": "1,2,99999"}, None, {"kinds": []}),
    Odd("over midnight", "meeting-guide", {"time": "23:30", "end_time": "00:45"}, None, {"length": 75}),
    Odd("an end before the start", "meeting-guide", {"end_time": "18:30"}, None, {"length": 23 * 60}),
    Odd("no zone", "meeting-guide", {"timezone": None}, None, {"timeZone": "Europe/London"}),
    Odd("online only", "meeting-guide", {"conference_url": "https://meet.example.org/1"}, None, {"format": "online"}),
    Odd(
        "a link that is none", "meeting-guide", {"conference_url": "javascript:x"}, ("conference_url", "is not a link")
    ),
    Odd("a name that is a list", "meeting-guide", {"name": ["x"]}, ("name", "is neither text nor a number")),
    Odd("a null character", "meeting-guide", {"name": "Mon\u0000day", "notes": "\ud800"}, None, {"name": "Mon day"}),
    Odd("a null character in its id", "meeting-guide", {"slug": "\u0000"}, ("slug", "printable characters")),
    Odd("markup", "csv", {"name": "<script>alert(1)</script>One"}, None, {"name": "alert(1) One"}),
    Odd("not a number", "meeting-guide", {"latitude": float("nan"), "longitude": 1}, ("latitude", "is not degrees")),
    Odd("a fifth Tuesday", "csv", {"weeks_of_month": "5"}, ("weeks_of_month", "is none of 1, 2, 3, 4, last")),
]


def beside_ten(odd: Odd) -> bytes:
    if odd.format == "csv":
        return as_csv(*ten(), listed("Odd", id=odd.name) | odd.line)
    if odd.format == "bmlt":
        return as_json(*json.loads(TEN["bmlt"]), bmlt(id_bigint=odd.name) | odd.line)
    return as_json(*json.loads(TEN["meeting-guide"]), guide(slug=odd.name) | odd.line)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{odd.name} in {odd.format}")
async def test_an_odd_line_is_refused_by_field_or_read_and_the_others_stay(directory: Directory, odd: Odd) -> None:
    feed = ASKED[odd.format]
    answer = await directory.imports(beside_ten(odd), feed=feed, format=odd.format)
    report = answer.json()
    assert (answer.status_code, report["gone"], report["changed"], report["unchanged"]) == (200, 0, 0, 10), report
    if odd.refused:
        field, why = odd.refused
        assert [(line["line"], line["field"]) for line in report["refused"]] == [(12 if feed == "uk" else 11, field)]
        assert why in report["refused"][0]["reason"]
        return
    assert (report["new"], report["refused"]) == (1, [])
    [new] = [data for _, _, data in await directory.said() if data["sourceId"] == odd.name]
    assert {name: new[name] for name in odd.listed or {}} == odd.listed
    removed = await directory.imports(TEN[odd.format], feed=feed, format=odd.format)
    assert removed.json()["gone"] == 1


async def test_a_place_that_is_closed_for_now_stays_listed_as_such(directory: Directory) -> None:
    shut = guide(slug="shut", types=["TC"], address="1 High Street")
    body = as_json(*json.loads(TEN["meeting-guide"]), shut)
    assert (await directory.imports(body, feed="guide", format="meeting-guide")).json()["new"] == 1
    [said] = [data for _, _, data in await directory.said() if data["sourceId"] == "shut"]
    assert said["status"] == "closed-for-now"
    await directory.imports(TEN["meeting-guide"], feed="guide", format="meeting-guide")


@pytest.mark.parametrize(("kept", "code"), [(0, "empty"), (7, "smaller")])
async def test_a_feed_that_shrinks_by_a_third_waits_for_a_person(directory: Directory, kept: int, code: str) -> None:
    before = await directory.rows()
    answer = await directory.imports(as_csv(*ten()[:kept]))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, code)
    assert await directory.rows() == before
    assert [alert["problem"]["code"] for alert in await directory.alerts() if alert["feed"] == "uk"] == [code]


async def test_a_byte_order_mark_and_empty_columns_are_no_matter(directory: Directory) -> None:
    body = b"\xef\xbb\xbf" + as_csv(*ten()).replace(b"\r\n", b",,,\r\n")
    assert (await directory.imports(body)).json()["unchanged"] == 10


async def test_of_300_columns_those_that_are_known_are_read_and_contacts_dropped(directory: Directory) -> None:
    more = ",".join(["Contact 1 Phone", *(f"Column {n}" for n in range(295))])
    heading, *lines = TEN["tsml-csv"].decode().splitlines()
    body = "\n".join([f"{heading},{more}", *(f"{line},07700 900123{',x' * 295}" for line in lines), ""])
    answer = await directory.imports(body.encode(), feed="tsml", format="tsml-csv")
    assert answer.json()["unchanged"] == 10
    assert "07700" not in str(await directory.rows())


async def test_without_a_bmlt_servers_formats_it_says_that_kinds_are_not_known(directory: Directory) -> None:
    report = (await directory.imports(TEN["bmlt"], feed="bmlt", format="bmlt")).json()
    assert (report["unchanged"], len(report["notes"])) == (10, 1)
    assert report["notes"][0].startswith("Of no meeting is known which kind it is")


async def test_of_many_refused_lines_the_first_are_shown(directory: Directory) -> None:
    refused = [listed(f"Odd {n}", weekday="Someday") for n in range(1500)]
    report = (await directory.imports(as_csv(*ten(), *refused))).json()
    assert (report["unchanged"], len(report["refused"]), report["refusals"]) == (10, 1000, 1500)
    assert report["notes"] == ["1,500 lines were refused; the first 1,000 are shown."]


async def test_a_confirmation_still_to_come_is_refused(directory: Directory) -> None:
    tomorrow = date.today().replace(year=date.today().year + 1)  # noqa: DTZ011 - a year, not a day, is what counts
    report = (await directory.imports(as_csv(*ten(), listed("Odd", confirmed_on=f"{tomorrow}")))).json()
    assert [line["field"] for line in report["refused"]] == ["confirmed_on"]
