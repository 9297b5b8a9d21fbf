"""Reading a CloudEvent that reports attendance: what is wrong is named, what is the same is recognised."""

from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

import pytest

from services.journal.domain.reports import Report
from services.journal.handlers.reports import TYPE, report_of
from shared.events.cloudevent import from_object
from shared.problems import Refused

CLIENT, MEETING = str(uuid4()), str(uuid4())
DATA: dict[str, Any] = {
    "client": CLIENT,
    "meetingId": MEETING,
    "outcome": "attended",
    "observedAt": "2026-11-18T20:30:00Z",
    "reportedBy": "emitter",
}


def read(said: dict[str, Any] | None = None, **attributes: Any) -> Report:  # noqa: ANN401 - any JSON
    """The usual event with some of its data or attributes replaced; None takes something away."""
    data = {name: value for name, value in (DATA | (said or {})).items() if value is not None}
    usual = {"specversion": "1.0", "id": "1", "source": "https://x.example", "type": TYPE, "data": data}
    return report_of(from_object(usual | attributes))


def refusals(said: dict[str, Any] | None = None, **attributes: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    with pytest.raises(Refused) as refusal:
        read(said, **attributes)
    return [(problem.field, problem.code) for problem in refusal.value.problems]


def test_the_facts_id_follows_from_source_and_id() -> None:
    expected = uuid5(NAMESPACE_URL, "https://famalink.example/attendance/https://x.example 1")

    assert read().fact_id == expected


def test_a_card_code_is_kept_as_its_hash_only() -> None:
    report = read({"client": None, "cardCode": "K7QM-2XWE"})

    assert (report.client, report.card) == (None, sha256(b"K7QM-2XWE").digest())
    assert "K7QM" not in repr(report)


def test_the_same_bytes_are_the_same_content() -> None:
    assert read().content == read(id="2", time="2026-11-18T20:30:00Z").content
    assert read().content != read({"outcome": "not-attended"}).content


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"outcome": "yes"}, ("data.outcome", "literal-error")),
        ({"outcome": None}, ("data.outcome", "missing")),
        ({"reportedBy": "sponsor"}, ("data.reportedBy", "literal-error")),
        ({"observedAt": "2026-11-18T20:30:00"}, ("data.observedAt", "time-without-zone")),
        ({"observedAt": "yesterday"}, ("data.observedAt", "not-a-time")),
        ({"observedAt": 1763497800}, ("data.observedAt", "not-a-time")),
        ({"observedAt": "0001-01-01T00:00:00+10:00"}, ("data.observedAt", "not-a-time")),
        ({"observedAt": None}, ("data.observedAt", "missing")),
        ({"client": "9990548609"}, ("data.client", "uuid-parsing")),
        ({"meetingId": 7}, ("data.meetingId", "uuid-type")),
        ({"client": None}, ("data", "value-error")),
        ({"cardCode": "K7QM"}, ("data", "value-error")),
        ({"meetingId": None}, ("data", "value-error")),
        ({"meetingId": None, "organisation": "aa", "place": "St Mary's"}, ("data", "value-error")),
        ({"meetingId": None, "organisation": "aa", "start": "2026-11-18T19:00:00Z"}, ("data", "value-error")),
        ({"corrects": "x" * 129}, ("data.corrects", "string-too-long")),
        ({"place": "x" * 201}, ("data.place", "string-too-long")),
    ],
)
def test_data_that_is_wrong_is_named_with_field_and_code(data: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in refusals(data)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    found = refusals({"outcome": "yes", "observedAt": "2026-11-18T20:30:00", "reportedBy": None})

    assert {field for field, _ in found} == {"data.outcome", "data.observedAt", "data.reportedBy"}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"specversion": "0.3"}, ("specversion", "wrong-version")),
        ({"specversion": None}, ("specversion", "missing")),
        ({"id": None}, ("id", "missing")),
        ({"id": ""}, ("id", "missing")),
        ({"id": "x" * 129}, ("id", "too-long")),
        ({"id": "a\x00b"}, ("id", "control-character")),
        ({"source": None}, ("source", "missing")),
        ({"source": "not a uri"}, ("source", "not-a-uri")),
        ({"source": "x" * 600}, ("source", "not-a-uri")),
        ({"type": None}, ("type", "missing")),
        ({"type": "uk.famalink.journal.attendance.reported.v9"}, ("type", "unknown-version")),
        ({"type": "com.example.check-in"}, ("type", "unknown-type")),
        ({"type": "uk.famalink.referrals.client.known.v1"}, ("type", "unknown-type")),
        ({"data": "x" * 70_000}, ("event", "too-large")),
        ({"id": 5}, ("id", "wrong-type")),
        ({"datacontenttype": "application/xml"}, ("datacontenttype", "not-json")),
        ({"data": [1]}, ("data", "model-type")),
        ({"data": None}, ("data", "model-type")),
    ],
)
def test_attributes_that_are_wrong_are_named_with_field_and_code(
    attributes: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in refusals(**attributes)


@pytest.mark.parametrize("event_id", ["1", "ü-ø", "x" * 128, "a b", "{}", "a/b?c#d"])
def test_any_string_up_to_128_characters_is_an_id(event_id: str) -> None:
    assert read(id=event_id).fact_id != read(id="another").fact_id


@pytest.mark.parametrize(
    ("traceparent", "kept"),
    [("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", True), ("Jane Doe", False), ("00-x", False)],
)
def test_only_a_real_trace_is_passed_on(traceparent: str, kept: bool) -> None:
    assert (read(traceparent=traceparent).traceparent == traceparent) is kept
