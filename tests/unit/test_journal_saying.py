"""What journal says of a fact is the contract's, though it is spelt by hand."""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import orjson
import pytest

from services.journal.domain.attendance import Fact
from services.journal.domain.standing import Standing
from services.journal.handlers.saying import attendance_event
from shared.events.contract import Contract, name_based_id
from shared.events.envelope import data_of
from shared.events.journal import AttendanceCorrected, AttendanceRecorded

NOW = datetime(2026, 7, 1, 9, 30, 0, 1, tzinfo=UTC)
STANDS = Standing("attended", "client", True)


def a_fact(corrects: UUID | None = None) -> Fact:
    start = (NOW - timedelta(hours=1)).astimezone(ZoneInfo("Europe/London"))
    who = (uuid4(), uuid4(), "X99", "north", uuid4())
    return Fact(*who, start.date(), 1, start, "not-attended", "peer", "https://x.example", NOW, corrects, b"digest")


@pytest.mark.parametrize(("corrects", "model"), [(None, AttendanceRecorded), (uuid4(), AttendanceCorrected)])
def test_the_data_is_what_its_model_would_write(corrects: UUID | None, model: type[Contract]) -> None:
    event = attendance_event(a_fact(corrects), STANDS, NOW, None)

    read = model.model_validate_json(data_of(event), extra="forbid")

    assert event.type.data is model
    assert model.model_validate_json(read.model_dump_json(exclude_none=True)) == read
    assert orjson.loads(data_of(event)).keys() == orjson.loads(read.model_dump_json(exclude_none=True)).keys()


def test_the_event_is_the_facts_and_about_its_client() -> None:
    fact = a_fact()

    event = attendance_event(fact, STANDS, NOW, None)

    assert (event.id, event.key, event.client) == (fact.fact_id, str(fact.client), fact.client)
    assert (event.provider, event.team, event.time, event.recorded) == ("X99", "north", NOW, NOW)


@pytest.mark.parametrize("name", ["https://check-in.example/x99 1", "urn:x é", ""])
def test_derived_ids_are_version_5_of_their_url(name: str) -> None:
    assert name_based_id("attendance", name) == uuid5(NAMESPACE_URL, f"https://famalink.example/attendance/{name}")
