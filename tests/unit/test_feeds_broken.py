import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.feeds import FORMATS, BrokenFeed, parse
from services.referrals.feeds.feed import LARGEST_FEED
from services.referrals.feeds.text import plain
from tests.unit.feed_samples import REAL, TODAY, read

HTML = b"\n<!doctype html><html><title>404 Not Found</title></html>"


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (HTML, "web-page"),
        (b'<?xml version="1.0"?><a/>', "web-page"),
        ("Café".encode("latin-1"), "not-utf-8"),
        ("[]".encode("utf-16"), "not-utf-8"),
        (b"\x00\xff\x00\xfe", "not-utf-8"),
        (b"\x1f\x8b\x08\x00\x00", "packed"),
        (b"PK\x03\x04\x14\x00", "packed"),
        (b" " * (LARGEST_FEED + 1), "too-large"),
    ],
)
def test_what_is_no_feed_of_any_format_is_broken(format_: str, body: bytes, code: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read(format_, body)
    assert [(p.field, p.code) for p in broken.value.problems] == [("feed", code)]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"id,name\n1,Caf\xe9\n", "Line 2 is not UTF-8, but Windows' own way of writing"),
        (b"id,name\n1,One\n2,\x81\n", "Line 3 is not UTF-8, nor text of another kind"),
        ("id,name".encode("utf-16"), "It is UTF-16"),
    ],
)
def test_what_is_not_utf_8_is_told_where_and_what_to_do(body: bytes, words: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("csv", body)
    assert words in broken.value.problems[0].reason


@pytest.mark.parametrize("format_", ["bmlt", "meeting-guide", "open-referral"])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"id,name\n1,One", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[" + b"9" * 5000 + b"]", "not-json"),
        (b"{}", "wrong-shape"),
        (b'{"error": "no such service body"}', "wrong-shape"),
        (b"null", "wrong-shape"),
        (b'"a feed"', "wrong-shape"),
    ],
)
def test_what_is_no_list_is_broken(format_: str, body: bytes, code: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read(format_, body)
    assert broken.value.problems[0].code == code


@pytest.mark.parametrize(
    ("format_", "name"),
    [("bmlt", "bmlt_new_york.json"), ("meeting-guide", "meeting_guide_online_aa.json"), ("csv", "uk_directory.csv")],
)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.999])
def test_a_feed_that_was_cut_off_is_broken(format_: str, name: str, kept: float) -> None:
    body = (REAL / name).read_bytes()
    end = int(len(body) * kept)
    cut = body[: body.rindex(b"https:", 0, end) + 6] if format_ == "csv" else body[:end]
    with pytest.raises(BrokenFeed) as broken:
        read(format_, cut)
    assert broken.value.problems[0].code in {"not-json", "cut-off", "not-csv"}


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"format": "tsml"}, "format"),
        ({"feed": "New York"}, "feed"),
        ({"time_zone": "New York"}, "timeZone"),
        ({"formats": HTML}, "formats"),
        ({"formats": b"{}"}, "formats"),
        ({"formats": b"\xff"}, "formats"),
    ],
)
def test_an_import_asked_for_wrongly_names_what_is_wrong(asked: dict[str, object], field: str) -> None:
    usual: dict[str, object] = {"format": "bmlt", "feed": "test", "time_zone": "Europe/London", "on": TODAY}
    usual.update(asked)
    with pytest.raises(BrokenFeed) as broken:
        parse(body=b"[]", **usual)  # type: ignore[arg-type]
    assert broken.value.problems[0].field == field


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
BMLT_FIELDS = [
    *("id_bigint", "weekday_tinyint", "venue_type", "start_time", "duration_time", "time_zone", "formats"),
    *("format_shared_id_list", "longitude", "latitude", "meeting_name", "location_text", "location_info"),
    *("location_street", "virtual_meeting_link"),
]
GUIDE_FIELDS = [
    *("slug", "name", "day", "time", "end_time", "timezone", "types", "notes", "location", "formatted_address"),
    *("address", "conference_url", "latitude", "longitude", "approximate"),
]
NEARLY = st.sampled_from(["1", "19:00", "Monday", "aa", "online", "Europe/London", "https://a.example", "", "<b>x</b>"])


@pytest.mark.parametrize(("format_", "fields"), [("bmlt", BMLT_FIELDS), ("meeting-guide", GUIDE_FIELDS)])
@given(data=st.data())
def test_whatever_a_line_holds_it_is_a_meeting_or_a_refusal(
    format_: str, fields: list[str], data: st.DataObject
) -> None:
    line = st.fixed_dictionaries({}, optional=dict.fromkeys(fields, NEARLY | JSON))
    lines = data.draw(st.lists(line | JSON, max_size=5))
    parsed = read(format_, json.dumps(lines).encode())
    by_line = {refused.line for refused in parsed.refused}
    assert len(by_line) == len(parsed.refused)
    assert len(parsed.meetings) + len(parsed.refused) >= len(lines)
    assert all(refused.reason for refused in parsed.refused)
    for meeting in parsed.meetings:
        repr(meeting).encode()


@given(st.text() | st.text("<>/ab &;#!-"))
def test_plain_words_hold_no_markup_and_nothing_unprintable(value: str) -> None:
    words = plain(value)
    assert not any(f"<{letter}" in words for letter in "ab/!")
    assert words == " ".join(words.split())
    words.encode()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Tea &amp; talk", "Tea & talk"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("<<b>script>alert(1)</script>", "< script>alert(1)"),
        ("broken <a href=x", "broken a href=x"),
        ("<\u0000b>x", "x"),
        ("&lt;script&gt;x&lt;/script&gt;", "x"),
        ("2 < 3 > 1, I <3 you", "2 < 3 > 1, I <3 you"),
        ("a\u0000b\ud800c\u202ed", "a bcd"),
        ("Mon\u0000\u0007meeting\u0000", "Mon meeting"),
        ("one\u00a0\n two", "one two"),
    ],
)
def test_text_is_made_plain(written: str, words: str) -> None:
    assert plain(written) == words
