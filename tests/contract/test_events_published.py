"""The catalogue is the only list of types: what is published of it is what it says, and old samples still read."""

from pathlib import Path
from typing import get_args

import orjson
import pytest

from shared.events.catalogue import CATALOGUE, COMPACTED
from shared.events.cloudevent import from_object
from shared.events.contract import Contract
from shared.events.envelope import from_cloudevent
from shared.events.published import SAMPLES, SCHEMAS, sample_of, schema_of, structured
from shared.messaging.topics import PLAN

VAGUE = {"updated", "changed", "completed", "processed", "status", "started", "failed"}
KINDS = pytest.mark.parametrize("name", sorted(CATALOGUE))
KEPT = pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: str(path.stem))


@KINDS
def test_the_published_schema_is_the_catalogues(name: str) -> None:
    published = orjson.loads((SCHEMAS / f"{name}.json").read_bytes())
    assert published == orjson.loads(orjson.dumps(schema_of(CATALOGUE[name]))), "python -m shared.events.published"


def test_no_schema_is_published_of_a_type_that_is_not_there() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(CATALOGUE)


@KINDS
def test_what_may_be_none_may_be_left_out(name: str) -> None:
    """None is not written: a reader that insisted on the field would bury the event."""
    for field in CATALOGUE[name].data.model_fields.values():
        assert type(None) not in get_args(field.annotation) or not field.is_required()


@KINDS
def test_every_type_has_a_sample(name: str) -> None:
    assert (SAMPLES / f"{name}.json").exists(), "python -m shared.events.published"


@KEPT
def test_a_kept_sample_still_reads(path: Path) -> None:
    sample = orjson.loads(path.read_bytes())
    event = from_cloudevent(from_object(sample))
    assert event.type.name == path.stem
    assert structured(event) == sample


@KEPT
def test_a_reader_ignores_what_it_does_not_know(path: Path) -> None:
    sample = orjson.loads(path.read_bytes())
    sample["data"]["cameLater"] = "in a minor version"
    sample["strangeextension"] = "kept out of the way"
    assert from_cloudevent(from_object(sample)).type.name == path.stem


@KINDS
def test_a_writer_forbids_what_the_contract_does_not_know(name: str) -> None:
    model: type[Contract] = CATALOGUE[name].data
    with pytest.raises(ValueError, match="cameLater"):
        model.model_validate({**sample_of(CATALOGUE[name])["data"], "cameLater": 1})


@KINDS
def test_a_type_is_named_by_service_thing_and_past_tense_verb(name: str) -> None:
    start, _, rest = name.partition("uk.famalink.")
    service, thing, verb, version = rest.split(".")
    assert start == ""
    assert service in {"referrals", "journal", "reminders"}
    assert thing.isalpha()
    assert verb not in VAGUE
    assert version == "v1"


@KINDS
def test_no_data_of_a_type_has_room_for_a_name_a_number_or_free_text(name: str) -> None:
    fields = set(CATALOGUE[name].data.model_fields)
    assert not fields & {"nhs_number", "birth_date", "phone", "email", "words", "perceptions", "text", "note"}
    assert "name" not in fields or CATALOGUE[name].topic == "fama.directory"


def test_every_topic_of_the_catalogue_is_made_with_its_retention() -> None:
    planned = {plan.name: plan.settings for plan in PLAN}
    assert set(planned) == {kind.topic for kind in CATALOGUE.values()}
    assert {name for name, settings in planned.items() if settings["cleanup.policy"] == "compact"} == COMPACTED
    day = 24 * 3600 * 1000
    assert int(planned["fama.attendance"]["retention.ms"]) == 30 * day
    assert int(planned["fama.deadletters"]["retention.ms"]) == 14 * day
