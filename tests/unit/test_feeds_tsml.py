import csv
import io
from datetime import time

import pytest

from services.referrals.feeds import BrokenFeed
from services.referrals.feeds.meeting_guide_types import LOCATION_TEMPORARILY_CLOSED, ONLINE, TYPES
from services.referrals.feeds.tsml_types import CODES
from tests.unit.feed_samples import SMALL, read

USUAL = {"Slug": "one", "Name": "One", "Day": "Monday", "Time": "7:30 pm", "Address": "1 Quay, Harrowmere"}
EXPORTED = (SMALL / "tsml_export.csv").read_bytes()


def an_export(*others: dict[str, str], **said: str) -> bytes:
    """A line of the usual, and of what is said; underscores are spaces of the column's name."""
    lines = [USUAL | {name.replace("_", " "): value for name, value in each.items()} for each in (said, *others)]
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(dict.fromkeys(name for line in lines for name in line)))
    writer.writeheader()
    writer.writerows(lines)
    return written.getvalue().encode()


def test_an_export_is_read_whole() -> None:
    parsed = read("tsml-csv", EXPORTED)
    assert parsed.refused == ()
    sunday, owls, appointment = parsed.meetings
    assert (sunday.source_id, sunday.name, sunday.organisation) == ("sunday-serenity", "Sunday Serenity", "aa")
    assert (sunday.weekday, sunday.start, sunday.length, sunday.time_zone) == (7, time(19, 30), 90, "Europe/London")
    assert (sunday.place_name, sunday.address) == ("Tanyard Hall", "4 Tanyard Lane, Harrowmere HM1 1AA, UK")
    assert sunday.finding_the_door == 'Ring the "lower" bell. · Second floor. No dogs.'
    assert sunday.kinds == ("literature", "open", "wheelchair"), "none for a type that we do not know"
    assert (owls.weekday, owls.start, owls.length) == (5, time(23, 30), 45), "it ends on the next day"
    assert (owls.format, owls.status, owls.kinds) == ("online", "active", ("step",))
    assert appointment.by_appointment
    assert appointment.kinds == ("closed", "men"), "codes are taken too, as the plugin does"


@pytest.mark.parametrize("secret", ["Nobody", "nobody@example.org", "group@example.org", "01632"])
def test_who_answers_for_a_group_is_not_kept(secret: str) -> None:
    assert secret in EXPORTED.decode()
    assert secret not in repr(read("tsml-csv", EXPORTED))


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("7:30 pm", time(19, 30)),
        ("7:30 P.M.", time(19, 30)),
        ("07:30pm", time(19, 30)),
        ("7 pm", time(19)),
        ("12:00 am", time(0)),
        ("12:15 PM", time(12, 15)),
        ("19:30", time(19, 30)),
        ("19:30:00", time(19, 30)),
    ],
)
def test_a_time_is_read_as_any_site_writes_it(written: str, start: time) -> None:
    (meeting,) = read("tsml-csv", an_export(Time=written)).meetings
    assert meeting.start == start


@pytest.mark.parametrize(
    ("day", "weekday"),
    [("Sunday", 7), ("monday", 1), ("TUESDAY", 2), ("Wednesday", 3), ("Thursday", 4), ("Friday", 5), ("Saturday", 6)],
)
def test_a_day_is_read_by_its_name(day: str, weekday: int) -> None:
    (meeting,) = read("tsml-csv", an_export(Day=day)).meetings
    assert meeting.weekday == weekday


def test_a_list_of_another_organisation_says_so_in_a_column_of_its_own() -> None:
    (meeting,) = read("tsml-csv", an_export(Organisation="Al-Anon Family Groups")).meetings
    assert (meeting.organisation, meeting.audience) == ("al-anon", "family")


def test_the_parts_of_an_address_in_columns_are_one() -> None:
    (meeting,) = read("tsml-csv", an_export(Address="1 Quay", City="Harrowmere", Postal_Code="HM1 2BB")).meetings
    assert meeting.address == "1 Quay, Harrowmere, HM1 2BB"


def test_a_byte_order_mark_and_three_hundred_columns_are_no_hindrance() -> None:
    many = {f"Custom {n}": "x" for n in range(300)} | {"Status": "withdrawn", "Format": "?", "": "unnamed"}
    (meeting,) = read("tsml-csv", b"\xef\xbb\xbf" + an_export(**many)).meetings
    assert (meeting.name, meeting.status) == ("One", "active"), "columns of our own template mean nothing here"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"Slug": ""}, "slug"),
        ({"Name": ""}, "name"),
        ({"Day": ""}, "day"),
        ({"Day": "1"}, "day"),
        ({"Day": "Dimanche"}, "day"),
        ({"Day": "Monday, Friday"}, "day"),
        ({"Time": ""}, "time"),
        ({"Time": "13:00 pm"}, "time"),
        ({"Time": "7:75 pm"}, "time"),
        ({"Time": "Europe/London"}, "time"),
        ({"End_Time": "late"}, "end_time"),
        ({"Timezone": "GMT+25"}, "timezone"),
        ({"Conference_URL": "zoom, ask Bob"}, "conference_url"),
        ({"Latitude": "153.9", "Longitude": "-4.2"}, "latitude"),
        ({"Latitude": "-4.2031", "Longitude": "53.9512"}, "latitude"),
        ({"Organisation": "Harrowmere Intergroup"}, "organisation"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_by_field_with_a_reason(said: dict[str, str], field: str) -> None:
    parsed = read("tsml-csv", an_export(**said))
    assert not parsed.meetings
    assert [(r.line, r.field) for r in parsed.refused] == [(2, field)]
    assert parsed.refused[0].reason


def test_a_slug_that_came_before_is_refused_and_the_first_stays() -> None:
    parsed = read("tsml-csv", an_export({"Name": "Two"}))
    assert [m.name for m in parsed.meetings] == ["One"]
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [(3, "slug", "one")]


def test_a_line_with_a_cell_too_few_is_refused() -> None:
    parsed = read("tsml-csv", b"Time,Day,Name,Slug,Notes\n7:30 pm,Monday,One,one\n")
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [(2, "line", "one")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"id,name,organisation,format,weekday,start\n1,One,aa,online,Monday,19:00\n", "wrong-shape"),
        (EXPORTED.replace(b",", b";"), "wrong-shape"),
        (EXPORTED.replace(b",", b"\t"), "wrong-shape"),
        (EXPORTED.replace(b"District", b"Day", 1), "wrong-shape"),
        (EXPORTED.replace(b"Slug", b"Link", 1), "wrong-shape"),
        (EXPORTED.replace(b"Quay House", "Café".encode("cp1252")), "not-utf-8"),
        (EXPORTED[: EXPORTED.rindex(b',"2026')], "cut-off"),
        (EXPORTED[: EXPORTED.index(b"Night Owls") + 4], "not-csv"),
    ],
)
def test_what_is_no_export_is_broken(body: bytes, code: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("tsml-csv", body)
    assert [(p.field, p.code) for p in broken.value.problems] == [("feed", code)]


def test_semicolons_are_named_as_what_is_wrong() -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("tsml-csv", EXPORTED.replace(b",", b";"))
    assert "semicolons" in broken.value.problems[0].reason


def test_every_name_of_a_type_stands_for_a_code_that_means_something() -> None:
    assert {*CODES.values()} <= TYPES.keys() | {LOCATION_TEMPORARILY_CLOSED, ONLINE}
    assert all(name == name.lower() for name in CODES)


def test_names_of_types_that_say_nothing_here_are_named_with_how_often_they_came() -> None:
    assert read("tsml-csv", an_export(Types="Open, Fragrance Free")).notes == (
        "Types that are no kind of meeting here were left out, so many times each: “FRAGRANCE FREE” (1).",
    )
