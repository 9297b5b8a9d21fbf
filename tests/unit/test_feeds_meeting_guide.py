import json
from collections import Counter
from datetime import time

import pytest

from tests.unit.feed_samples import SMALL, online_aa, read


def a_line(**said: object) -> bytes:
    usual: dict[str, object] = {"slug": "one", "name": "One", "day": 1, "time": "19:00", "end_time": "20:00"}
    return json.dumps([usual | said]).encode()


def test_every_line_of_the_real_feed_is_a_meeting() -> None:
    parsed = online_aa()
    assert (len(parsed.meetings), parsed.refused) == (160, ())
    weekdays = Counter(m.weekday for m in parsed.meetings)
    assert weekdays == {7: 24, 1: 20, 2: 20, 3: 21, 4: 24, 5: 21, 6: 20, None: 10}
    assert {(m.organisation, m.audience, m.for_what, m.format) for m in parsed.meetings} == {
        ("aa", "self", ("alcohol",), "online")
    }


def test_ten_meetings_are_by_appointment_and_six_in_london() -> None:
    parsed = online_aa()
    assert sum(m.by_appointment for m in parsed.meetings) == 10
    assert sum(m.time_zone == "Europe/London" for m in parsed.meetings) == 6


def test_one_real_meeting_is_read_whole() -> None:
    (meeting,) = (m for m in online_aa().meetings if m.source_id == "insomniaa-5")
    assert (meeting.name, meeting.weekday, meeting.start) == ("InsomniAA", 6, time(23, 30))
    assert meeting.length == 60, "it ends at 00:30, which is on the next day"
    assert meeting.time_zone == "America/Los_Angeles"
    assert meeting.online_link == "https://meet.example.org/insomniaa-5"
    assert meeting.kinds == ("discussion", "open")


def test_without_a_time_zone_the_one_given_at_import_holds() -> None:
    (meeting,) = (m for m in online_aa().meetings if m.source_id == "international-big-book-study-group-6")
    assert (meeting.time_zone, meeting.weekday, meeting.start) == ("America/New_York", 7, time(0))


def test_where_a_meeting_is_held_follows_from_its_place_and_its_links() -> None:
    parsed = read("meeting-guide", (SMALL / "meeting_guide_in_person.json").read_bytes())
    held = {m.source_id: (m.format, m.status) for m in parsed.meetings}
    assert held == {
        "sunday-serenity": ("in-person", "active"),
        "17": ("hybrid", "active"),
        "every-weekday/1": ("online", "active"),
        "every-weekday/2": ("online", "active"),
        "every-weekday/7": ("online", "active"),
        "shut": ("in-person", "closed-for-now"),
        "moved-online": ("online", "active"),
        "from-somewhere": ("online", "active"),
    }


def test_a_place_and_how_to_find_it_are_plain_words_and_contacts_are_not_read() -> None:
    sunday = read("meeting-guide", (SMALL / "meeting_guide_in_person.json").read_bytes()).meetings[0]
    assert (sunday.place_name, sunday.address) == ("Tanyard Hall", "4 Tanyard Lane, Harrowmere")
    assert sunday.finding_the_door == "Ring the lower bell. · Second floor. No dogs."
    assert (sunday.latitude, sunday.longitude) == (53.9512, -4.2031)
    assert sunday.kinds == ("lgbtq", "open"), "one for two of their types, none for one we do not know"
    assert "Nobody" not in repr(sunday)
    assert "01632" not in repr(sunday)


def test_a_list_of_days_is_a_meeting_on_each_that_ends_when_the_line_says() -> None:
    parsed = read("meeting-guide", (SMALL / "meeting_guide_in_person.json").read_bytes())
    daily = [m for m in parsed.meetings if m.source_id.startswith("every-weekday/")]
    assert [(m.weekday, m.length) for m in daily] == [(1, 23 * 60), (2, 23 * 60), (7, 23 * 60)]


@pytest.mark.parametrize("end", [None, "", "19:00"])
def test_a_meeting_without_an_end_takes_an_hour(end: str | None) -> None:
    (meeting,) = read("meeting-guide", a_line(end_time=end)).meetings
    assert meeting.length == 60


def test_long_remarks_are_cut_short_rather_than_the_meeting_lost() -> None:
    (meeting,) = read("meeting-guide", a_line(notes="word " * 9000)).meetings
    assert meeting.finding_the_door is not None
    assert len(meeting.finding_the_door) <= 1000
    assert meeting.finding_the_door.endswith("word…")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"slug": None}, "slug"),
        ({"slug": True}, "slug"),
        ({"name": ""}, "name"),
        ({"day": 7}, "day"),
        ({"day": -1}, "day"),
        ({"day": None}, "day"),
        ({"day": []}, "day"),
        ({"day": [1, None]}, "day"),
        ({"day": [1, 9]}, "day"),
        ({"day": "Monday"}, "day"),
        ({"time": None}, "time"),
        ({"time": "19.00"}, "time"),
        ({"end_time": "24:00"}, "end_time"),
        ({"timezone": "London"}, "timezone"),
        ({"types": "O"}, "types"),
        ({"types": [["O"]]}, "types"),
        ({"conference_url": "data:text/html,x"}, "conference_url"),
        ({"formatted_address": "x" * 501}, "formatted_address"),
        ({"address": "x" * 501}, "address"),
    ],
)
def test_a_line_that_cannot_be_a_meeting_is_refused_by_field_with_a_reason(said: dict[str, object], field: str) -> None:
    parsed = read("meeting-guide", a_line(**said))
    assert not parsed.meetings
    assert [(r.line, r.field) for r in parsed.refused] == [(1, field)]


def test_types_that_say_nothing_here_are_named_with_how_often_they_came() -> None:
    lines = [
        {"slug": f"{n}", "name": "One", "types": ["O", "ONL", "TC", "QQ", *(["ZZ"] if n else [])]} for n in range(3)
    ]
    parsed = read("meeting-guide", json.dumps(lines).encode())
    assert parsed.notes == (
        "Types that are no kind of meeting here were left out, so many times each: “QQ” (3), “ZZ” (2).",
    )
    assert read("meeting-guide", a_line(types=["O"])).notes == ()


def test_of_many_such_types_the_twenty_most_frequent_are_named() -> None:
    (note,) = read("meeting-guide", a_line(types=[f"Q{number}" for number in range(25)])).notes
    assert note.count("“") == 20
    assert note.endswith(" and 5 others.")


@pytest.mark.parametrize(
    ("said", "format_"),
    [
        ({}, "in-person"),
        ({"approximate": "yes", "city": "Leeds"}, "in-person"),
        ({"latitude": None}, "online"),
        ({"location": ""}, "online"),
        ({"conference_url": "https://meet.example.org/1"}, "online"),
        ({"types": ["ONL"]}, "online"),
    ],
)
def test_a_named_place_on_the_map_is_one_to_go_to_also_without_an_address(
    said: dict[str, object], format_: str
) -> None:
    line = {"slug": "x", "name": "Group", "day": 1, "time": "19:00", "location": "Hall"}
    row = line | {"latitude": 53.79, "longitude": -1.54} | said
    (meeting,) = read("meeting-guide", json.dumps([row]).encode()).meetings
    assert (meeting.format, meeting.status) == (format_, "active")


def test_an_inactive_meeting_is_closed_for_now() -> None:
    line = {"slug": "x", "name": "Group", "day": 1, "time": "19:00", "formatted_address": "1 High Street"}
    (meeting,) = read("meeting-guide", json.dumps([line | {"attendance_option": "inactive"}]).encode()).meetings
    assert meeting.status == "closed-for-now"
