from collections import Counter
from datetime import date, time

import pytest

from services.referrals.feeds import BrokenFeed
from services.referrals.feeds.csv_template import NEEDED, OPTIONAL
from shared.meetings import ORGANISATIONS
from shared.meetings.plain_list import COLUMNS, EXAMPLE
from tests.unit.feed_samples import read, uk_directory

HEADING = ",".join(NEEDED + OPTIONAL)
REST = "," * len(OPTIONAL)


def a_list(*, heading: str = HEADING, **said: str) -> bytes:
    usual = {"id": "1", "name": "One", "organisation": "aa", "format": "online", "weekday": "Monday", "start": "19:30"}
    cells = [(usual | said).get(name, "") for name in NEEDED + OPTIONAL]
    return (heading + "\n" + ",".join(f'"{cell}"' for cell in cells) + "\n").encode()


def test_every_line_of_the_fictional_directory_is_a_meeting() -> None:
    parsed = uk_directory()
    assert parsed.refused == ()
    assert {m.time_zone for m in parsed.meetings} == {"Europe/London"}
    assert {m.organisation for m in parsed.meetings} <= ORGANISATIONS.keys()
    assert {m.audience for m in parsed.meetings} == {"self", "family", "both"}
    assert {m.format for m in parsed.meetings} == {"in-person", "online", "hybrid"}
    assert {m.status for m in parsed.meetings} == {"active", "closed-for-now"}


def test_round_the_clock_there_is_an_online_meeting_at_every_hour_of_every_day() -> None:
    hourly = [m for m in uk_directory().meetings if m.source_id.startswith("round-the-clock-")]
    assert {(m.weekday, m.start) for m in hourly} == {(day, time(hour)) for day in range(1, 8) for hour in range(24)}
    assert len(hourly) == 168
    assert {(m.format, m.length, m.audience, m.organisation, m.status) for m in hourly} == {
        ("online", 60, "self", "smart-recovery", "active")
    }
    assert all(m.source_id == f"round-the-clock-{m.weekday}-{m.start.hour:02}" for m in hourly if m.start)


def test_what_is_left_out_is_the_organisations_or_usual() -> None:
    (meeting,) = read("csv", a_list(organisation="Al-Anon Family Groups")).meetings
    assert (meeting.organisation, meeting.audience, meeting.for_what) == ("al-anon", "family", ("alcohol",))
    assert (meeting.length, meeting.time_zone, meeting.status, meeting.kinds) == (60, "Europe/London", "active", ())


def test_only_the_needed_columns_are_enough_and_their_order_is_free() -> None:
    body = b"\xef\xbb\xbfStart,Weekday,Format,Organisation,Name,ID,,\r\n9:30,tuesday,Online,AA,One,1,,\r\n,,,,,,,\r\n"
    (meeting,) = read("csv", body).meetings
    assert (meeting.start, meeting.weekday, meeting.source_id) == (time(9, 30), 2, "1")


def test_all_that_the_template_holds_is_read() -> None:
    said = {
        "minutes": "90",
        "time_zone": "Europe/Dublin",
        "place": "Hall",
        "address": "1, Church Walk",
        "directions": "Blue door",
        "latitude": "53.9",
        "longitude": "-4.2",
        "online_link": "https://meet.example.org/1",
        "kinds": "Open; language-cy;open",
        "audience": "both",
        "for_what": "drug; alcohol",
        "status": "closed-for-now",
        "confirmed_on": "2026-11-01",
    }
    (meeting,) = read("csv", a_list(**said)).meetings
    assert (meeting.length, meeting.time_zone, meeting.place_name) == (90, "Europe/Dublin", "Hall")
    assert (meeting.address, meeting.finding_the_door) == ("1, Church Walk", "Blue door")
    assert (meeting.latitude, meeting.longitude, meeting.online_link) == (53.9, -4.2, "https://meet.example.org/1")
    assert (meeting.kinds, meeting.for_what, meeting.audience) == (("language-cy", "open"), ("alcohol", "drug"), "both")
    assert (meeting.status, meeting.confirmed_on) == ("closed-for-now", date(2026, 11, 1))


def test_neither_weekday_nor_start_is_by_appointment() -> None:
    (meeting,) = read("csv", a_list(weekday="", start="")).meetings
    assert meeting.by_appointment


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("name", ""),
        ("organisation", ""),
        ("organisation", "Anonymous Anonymous"),
        ("format", ""),
        ("format", "phone"),
        ("weekday", "Mon day"),
        ("weekday", ""),
        ("start", ""),
        ("start", "half past seven"),
        ("minutes", "-5"),
        ("minutes", "1441"),
        ("time_zone", "GMT+25"),
        ("latitude", "53°"),
        ("online_link", "file:///etc/passwd"),
        ("kinds", "open; secret"),
        ("audience", "everybody"),
        ("for_what", "sugar"),
        ("status", "withdrawn"),
        ("confirmed_on", "1/11/2026"),
        ("confirmed_on", "2026-11-23"),
        ("directions", "x" * 1001),
    ],
)
def test_a_cell_that_cannot_be_is_refused_by_field_with_a_reason(field: str, value: str) -> None:
    other = {"longitude": "1"} if field == "latitude" else {}
    parsed = read("csv", a_list(**{field: value}, **other))
    assert not parsed.meetings
    assert [(r.line, r.field) for r in parsed.refused] == [(2, field)]


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ({"weeks_of_month": "1"}, (None, None, (1,))),
        ({"weeks_of_month": "last; 1"}, (None, None, (1, -1))),
        ({"every_weeks": "2", "counted_from": "2026-11-23"}, (2, date(2026, 11, 23), None)),
        ({}, (None, None, None)),
    ],
)
def test_a_list_may_say_in_which_weeks(said: dict[str, str], weeks: tuple[object, ...]) -> None:
    (meeting,) = read("csv", a_list(**said)).meetings
    assert (meeting.every_weeks, meeting.counted_from, meeting.weeks_of_month) == weeks


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"weeks_of_month": "5"}, "weeks_of_month"),
        ({"weeks_of_month": "first"}, "weeks_of_month"),
        ({"every_weeks": "1"}, "every_weeks"),
        ({"every_weeks": "fortnightly"}, "every_weeks"),
        ({"every_weeks": "2"}, "counted_from"),
        ({"every_weeks": "2", "counted_from": "2026-11-24"}, "counted_from"),
        ({"every_weeks": "2", "counted_from": "23/11/2026"}, "counted_from"),
        ({"counted_from": "2026-11-23"}, "counted_from"),
    ],
)
def test_weeks_that_cannot_be_are_refused(said: dict[str, str], field: str) -> None:
    parsed = read("csv", a_list(**said))
    assert [(r.line, r.field) for r in parsed.refused] == [(2, field)]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    body = HEADING + '\n1,"One\nGroup",aa,online,Monday,19:00' + REST + "\n2,Two,aa,online,Someday,19:00" + REST
    parsed = read("csv", body.encode())
    assert [m.name for m in parsed.meetings] == ["One Group"]
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [(4, "weekday", "2")]


def test_a_line_with_a_cell_too_few_or_too_many_is_refused() -> None:
    body = HEADING + "\n1,One,aa,online,Monday,19:00\n2,Two,aa,online,Monday,19:00" + REST + ",more\n"
    parsed = read("csv", body.encode())
    assert Counter((r.line, r.field, r.source_id) for r in parsed.refused) == {(2, "line", "1"): 1, (3, "line", "2"): 1}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"id,name\n1,One\n", "wrong-shape"),
        (a_list(heading=HEADING + ",phone"), "wrong-shape"),
        (a_list(heading=HEADING.replace("minutes", "name")), "wrong-shape"),
        (HEADING.replace(",", ";").encode(), "wrong-shape"),
        (a_list().replace(b'"', b"")[:-8], "cut-off"),
        (a_list()[:-12] + b'"One', "not-csv"),
        (a_list() + b'"' + b"x" * 200_000 + b'"\n', "not-csv"),
    ],
)
def test_a_list_with_another_heading_or_without_its_end_is_broken(body: bytes, code: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("csv", body)
    assert broken.value.problems[0].code == code
    assert broken.value.problems[0].field == "feed"


def test_what_people_are_told_of_the_columns_is_the_heading_of_the_example() -> None:
    assert EXAMPLE.partition("\n")[0].split(",") == [column.name for column in COLUMNS]
