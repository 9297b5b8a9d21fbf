import json
from collections import Counter
from datetime import time

import pytest

from shared.meetings import meeting_id
from tests.unit.feed_samples import REAL, SMALL, TODAY, new_york, read

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def a_line(**said: object) -> bytes:
    usual: dict[str, object] = {
        "id_bigint": "1",
        "weekday_tinyint": "2",
        "venue_type": "1",
        "start_time": "19:00:00",
        "duration_time": "01:00:00",
        "meeting_name": "A meeting",
    }
    return json.dumps([usual | said]).encode()


def test_every_line_of_the_real_feed_is_a_meeting() -> None:
    parsed = new_york()
    assert (len(parsed.meetings), parsed.refused) == (1513, ())
    assert Counter(m.weekday for m in parsed.meetings) == {1: 229, 2: 226, 3: 213, 4: 219, 5: 222, 6: 216, 7: 188}
    assert {m.time_zone for m in parsed.meetings} == {"America/New_York"}
    assert {(m.organisation, m.audience, m.for_what, m.format) for m in parsed.meetings} == {
        ("na", "self", ("drug",), "in-person")
    }


def test_a_meeting_named_after_its_weekday_is_on_it() -> None:
    """The weekday read by eye: of some ninety such names only evenings called Friday or Saturday Night Live differ."""
    named = [(m, [n for n, day in enumerate(DAYS, 1) if day in m.name.lower()]) for m in new_york().meetings]
    agree = Counter(m.weekday in days for m, days in named if days and "Night Live" not in m.name)
    assert agree[True] > 80
    assert agree[False] == 0


def test_one_real_meeting_is_read_whole() -> None:
    (meeting,) = (m for m in new_york().meetings if m.source_id == "167")
    assert meeting.meeting_id == meeting_id("test", "167")
    assert (meeting.name, meeting.weekday, meeting.start, meeting.length) == ("Quinta Tradicion", 5, time(19), 90)
    assert meeting.place_name == "Iglesia Metodista Unida"
    assert meeting.address == "484 Knickerbocker Ave, Brooklyn, New York, NY, 11237-5132"
    assert meeting.finding_the_door == (
        "Entre Bleeker St & Menahan St · Tren M a Knickerbocker · Bus B54 hasta Myrtle Ave"
    )
    assert (meeting.latitude, meeting.longitude) == (40.698404, -73.91765)
    assert meeting.kinds == ("language-es", "open")
    assert (meeting.status, meeting.in_feed_on, meeting.confirmed_on) == ("active", TODAY, None)


def test_the_label_that_some_servers_send_along_is_left_out() -> None:
    (meeting,) = (m for m in new_york().meetings if m.source_id == "37")
    assert meeting.finding_the_door is not None
    assert "Tren D o 4 hasta Fordham Rd" in meeting.finding_the_door
    assert "Lines#" not in meeting.finding_the_door


def test_without_the_servers_formats_no_kind_is_guessed() -> None:
    parsed = read("bmlt", (REAL / "bmlt_new_york.json").read_bytes())
    assert len(parsed.meetings) == 1513
    assert {m.kinds for m in parsed.meetings} == {()}


def test_formats_come_within_the_feed_too_and_a_shared_key_is_told_apart_by_id() -> None:
    hybrid, online, shut, gone_online = read("bmlt", (SMALL / "bmlt_with_formats.json").read_bytes()).meetings
    assert (hybrid.name, hybrid.format, hybrid.weekday, hybrid.length) == ("Sunday & Co", "hybrid", 7, 75)
    assert hybrid.kinds == ("closed", "speaker")
    assert hybrid.finding_the_door == "Blue door · Harrowmere"
    assert (online.format, online.weekday, online.length, online.latitude) == ("online", 1, 60, None)
    assert online.kinds == ("question-and-answer", "speaker"), "by key alone it may be either"
    assert (shut.status, shut.format, shut.length) == ("closed-for-now", "in-person", 60)
    assert (gone_online.status, gone_online.format, gone_online.length) == ("active", "online", 1440)


@pytest.mark.parametrize(("theirs", "iso"), [("1", 7), ("2", 1), ("3", 2), ("4", 3), ("5", 4), ("6", 5), ("7", 6)])
def test_their_week_begins_on_sunday(theirs: str, iso: int) -> None:
    (meeting,) = read("bmlt", a_line(weekday_tinyint=theirs)).meetings
    assert meeting.weekday == iso


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"id_bigint": ""}, "id_bigint"),
        ({"id_bigint": "x" * 129}, "id_bigint"),
        ({"id_bigint": "a\u0000b"}, "id_bigint"),
        ({"meeting_name": None}, "meeting_name"),
        ({"meeting_name": "  <p></p> "}, "meeting_name"),
        ({"meeting_name": "x" * 256}, "meeting_name"),
        ({"meeting_name": ["x"]}, "meeting_name"),
        ({"weekday_tinyint": "0"}, "weekday_tinyint"),
        ({"weekday_tinyint": "8"}, "weekday_tinyint"),
        ({"weekday_tinyint": ""}, "weekday_tinyint"),
        ({"weekday_tinyint": "²"}, "weekday_tinyint"),
        ({"start_time": ""}, "start_time"),
        ({"start_time": "25:00:00"}, "start_time"),
        ({"start_time": "7 pm"}, "start_time"),
        ({"start_time": True}, "start_time"),
        ({"duration_time": "24:30:00"}, "duration_time"),
        ({"duration_time": "an hour"}, "duration_time"),
        ({"time_zone": "EST5PDT"}, "time_zone"),
        ({"latitude": "north", "longitude": "1"}, "latitude"),
        ({"latitude": "91", "longitude": "1"}, "latitude"),
        ({"latitude": "1", "longitude": "-180.1"}, "longitude"),
        ({"latitude": "nan", "longitude": "1"}, "latitude"),
        ({"virtual_meeting_link": "javascript:alert(1)"}, "virtual_meeting_link"),
        ({"virtual_meeting_link": "zoom.example.org/j/1"}, "virtual_meeting_link"),
        ({"virtual_meeting_link": "https://"}, "virtual_meeting_link"),
        ({"virtual_meeting_link": "https://[::1"}, "virtual_meeting_link"),
        ({"virtual_meeting_link": 'https://a.example/"onclick="x'}, "virtual_meeting_link"),
        ({"virtual_meeting_link": "https://a.example/" + "x" * 1000}, "virtual_meeting_link"),
        ({"location_text": "x" * 256}, "location_text"),
        ({"location_street": "x" * 501}, "location_street"),
        ({"format_shared_id_list": {}}, "format_shared_id_list"),
    ],
)
def test_a_line_that_cannot_be_a_meeting_is_refused_by_field_with_a_reason(said: dict[str, object], field: str) -> None:
    parsed = read("bmlt", a_line(**said))
    assert not parsed.meetings
    (refused,) = parsed.refused
    assert (refused.line, refused.field) == (1, field)
    assert len(refused.reason) > 8


def test_one_bad_line_does_not_harm_the_others() -> None:
    good, bad = json.loads(a_line())[0], json.loads(a_line(id_bigint="2", start_time="soon"))[0]
    parsed = read("bmlt", json.dumps([good, bad, "not a meeting", good | {"id_bigint": "3"}, good]).encode())
    assert [m.source_id for m in parsed.meetings] == ["1", "3"]
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [
        (2, "start_time", "2"),
        (3, "line", None),
        (5, "id_bigint", "1"),
    ]


def formats_of(*ids: int) -> bytes:
    return json.dumps([{"id": str(n), "key_string": f"K{n}", "world_id": "OPEN"} for n in ids]).encode()


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        ((), "explain none of the 4 codes"),
        ((9,), "explain none of the 4 codes"),
        ((1, 2), "explain only 2 of the 4 codes"),
        ((1, 2, 3), None),
    ],
)
def test_formats_that_explain_not_most_of_the_codes_are_doubted(ids: tuple[int, ...], reason: str | None) -> None:
    lines = [json.loads(a_line(id_bigint=str(n), format_shared_id_list=f"{n},{n % 4 + 1}"))[0] for n in range(1, 5)]
    parsed = read("bmlt", json.dumps(lines).encode(), formats=formats_of(*ids))
    assert len(parsed.meetings) == 4
    if reason is None:
        assert parsed.doubt is None
    else:
        assert parsed.doubt is not None
        assert (parsed.doubt.field, reason in parsed.doubt.reason) == ("formats", True)


def test_the_real_formats_explain_the_real_feed_and_without_any_there_is_no_doubt_but_a_note() -> None:
    assert new_york().doubt is None
    parsed = read("bmlt", a_line(format_shared_id_list="1"))
    assert (parsed.doubt, len(parsed.notes)) == (None, 1)


def test_what_the_server_does_not_publish_is_not_listed() -> None:
    parsed = read("bmlt", a_line(published="0"))
    assert (parsed.meetings, parsed.refused) == ((), ())
    assert len(read("bmlt", a_line(published="1")).meetings) == 1
