"""Kafka's binding: what we write is what others read, and what others break is named."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import orjson
import pytest

from shared.events.cloudevent import from_binary, from_object
from shared.events.envelope import from_cloudevent
from shared.events.kafka import from_record, own_headers, to_record, whole_headers
from shared.events.referrals import ReferralEnded
from shared.events.saying import about_client
from shared.problems import Refused

CLIENT = UUID("5b6f1c3e-6c0d-4d7e-9d39-0a3f4f7f2a01")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EVENT = about_client(
    "referrals",
    ReferralEnded(referral_id=CLIENT, kind="engaged", at=NOW),
    client=CLIENT,
    provider="X99",
    team=None,
    time=NOW.astimezone(timezone(timedelta(hours=1))).replace(microsecond=1234),
    recorded=NOW,
    sequence=7,
)
SOUND = [("ce_specversion", b"1.0"), ("ce_id", b"1"), ("ce_source", b"/x"), ("ce_type", b"t")]


def test_what_the_outbox_keeps_as_json_is_what_kafka_is_given() -> None:
    kept = orjson.loads(orjson.dumps(own_headers(EVENT)))

    assert whole_headers(kept) == to_record(EVENT).headers


def test_a_tombstone_has_no_headers() -> None:
    assert whole_headers({}) == []


def test_an_event_is_read_as_it_was_said() -> None:
    record = to_record(EVENT)

    cloud = from_record(record.topic, record.headers, record.value)

    assert cloud is not None
    assert from_cloudevent(cloud) == EVENT


@pytest.mark.parametrize("personal", ["ce_dataclassification", "ce_dataregulation", "ce_datacategory"])
def test_what_is_about_a_person_says_so(personal: str) -> None:
    assert personal in dict(to_record(EVENT).headers)


@pytest.mark.parametrize(
    ("name", "value", "field", "code"),
    [
        ("ce_id", b"\xff\xfe", "ce_id", "not-utf-8"),
        ("ce_type", None, "ce_type", "null-header"),
        ("content-type", None, "content-type", "null-header"),
        ("ce_Jane Doe", b"\xff", "attributes", "not-utf-8"),
    ],
)
def test_a_broken_header_is_named_without_repeating_a_strangers_words(
    name: str, value: bytes | None, field: str, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        from_binary([*SOUND, (name, value)], b"{}")

    assert [(problem.field, problem.code) for problem in refusal.value.problems] == [(field, code)]


def test_every_missing_attribute_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        from_binary([("ce_specversion", b"1.0"), ("ce_id", b"")], b"{}")

    assert [problem.field for problem in refusal.value.problems] == ["ce_id", "ce_source", "ce_type"]


def test_an_attribute_of_a_strangers_making_is_not_repeated() -> None:
    with pytest.raises(Refused) as refusal:
        from_object({"specversion": "1.0", "id": "1", "source": "/x", "type": "t", "Jane\0Doe": [1]})

    assert refusal.value.problems[0].field == "attributes"
