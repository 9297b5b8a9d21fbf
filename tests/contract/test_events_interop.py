"""The `cloudevents` library as an independent reader of our bytes, and writer of bytes that we read."""

from datetime import UTC, datetime
from uuid import uuid4

import orjson
import pytest
from cloudevents.core.bindings.kafka import (
    KafkaMessage,
    from_binary_event,
    from_structured_event,
    to_binary_event,
    to_structured_event,
)
from cloudevents.core.v1.event import CloudEvent as Theirs

from shared.events.catalogue import CATALOGUE
from shared.events.cloudevent import CloudEvent, from_object
from shared.events.envelope import from_cloudevent
from shared.events.kafka import from_record, to_record
from shared.events.published import sample_of
from shared.problems import Refused

KINDS = pytest.mark.parametrize("name", sorted(CATALOGUE))
CLIENT = str(uuid4())
DATA = {
    "client": CLIENT,
    "meetingId": str(uuid4()),
    "outcome": "attended",
    "observedAt": "2026-11-22T19:05:00Z",
    "reportedBy": "emitter",
}


@KINDS
def test_the_library_reads_what_we_write(name: str) -> None:
    sample = sample_of(CATALOGUE[name])
    record = to_record(from_cloudevent(from_object(sample)))
    headers = {header: value for header, value in record.headers if value is not None}
    read = from_binary_event(KafkaMessage(headers, record.key.encode(), record.value or b""))
    assert (read.get_id(), read.get_type(), read.get_source()) == (sample["id"], name, sample["source"])
    assert read.get_time() == datetime.fromisoformat(sample["time"])
    assert read.get_dataschema() == f"https://famalink.example/events/{name}.json"
    assert read.get_extension("partitionkey") == sample["partitionkey"]
    assert read.get_data() == sample["data"]


def theirs() -> Theirs:
    attributes = {
        "id": "visit-17",
        "type": "uk.famalink.journal.attendance.reported.v1",
        "source": "https://emitter.example/check-in",
        "specversion": "1.0",
        "time": datetime(2026, 11, 22, 19, 5, tzinfo=UTC),
        "datacontenttype": "application/json",
        "partitionkey": CLIENT,
    }
    return Theirs(attributes=attributes, data=DATA)


def read_by_us(message: KafkaMessage) -> CloudEvent:
    read = from_record("fama.attendance.intake", list(message.headers.items()), message.value)
    assert read is not None
    return read


def test_we_read_the_librarys_binary_mode() -> None:
    read = read_by_us(to_binary_event(theirs()))
    assert read.attributes["id"] == "visit-17"
    assert read.attributes["partitionkey"] == CLIENT
    assert orjson.loads(read.data) == DATA


def test_we_read_the_librarys_structured_mode() -> None:
    message = to_structured_event(theirs())
    read = read_by_us(message)
    assert read.attributes["id"] == "visit-17"
    assert orjson.loads(read.data) == DATA
    assert from_structured_event(message).get_data() == DATA


def test_both_modes_of_one_event_say_the_same() -> None:
    binary, structured = read_by_us(to_binary_event(theirs())), read_by_us(to_structured_event(theirs()))
    assert orjson.loads(binary.data) == orjson.loads(structured.data)
    assert dict(binary.attributes) == dict(structured.attributes)


@pytest.mark.parametrize("version", ["0.3", "2.0"])
def test_another_version_of_cloudevents_is_refused_by_field(version: str) -> None:
    message = to_binary_event(theirs())
    message.headers["ce_specversion"] = version.encode()
    with pytest.raises(Refused) as refusal:
        read_by_us(message)
    assert [(p.field, p.code) for p in refusal.value.problems] == [("ce_specversion", "wrong-version")]
