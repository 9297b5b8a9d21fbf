"""What goes out, judged by others: `fhir.resources` for its shape and HL7's validator for its meaning."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from fhir.resources.R4B import get_fhir_model_class

from services.referrals.fhir import DEFINITIONS, render
from services.referrals.fhir.canonicals import GOAL_KIND
from services.referrals.fhir.wording import PUBLISHED
from shared.fhir.documents import Rendered, versioned
from shared.fhir.rest.bundles import searchset
from shared.fhir.rest.capability import capability_statement
from shared.fhir.rest.outcomes import body_of, issue, outcome
from shared.fhir.store.pages import Entry
from shared.problems import Problem
from shared.web.problems import ApiProblem
from tests.fhir_validator import Validator, validator
from tests.unit.fhir_samples import NUMBER, a_goal, a_pathway, every_pathway

__all__ = ["validator"]
pytestmark = pytest.mark.timeout(900)
"""The first test that asks for the validator builds it, from the network if need be."""

AT = datetime(2026, 11, 22, 9, 14, 2, 123_000, tzinfo=UTC)
BASE = "https://referrals.example/fhir"


def stored(item: Rendered) -> bytes:
    return versioned(item.type, item.content(), 1, AT)


def everything() -> Iterator[Rendered]:
    for pathway in every_pathway():
        yield from render(pathway, NUMBER)


def bundle() -> bytes:
    pathway = every_pathway()[1]
    entries = [Entry(item.type, str(item.id), stored(item), item.type == "Goal") for item in render(pathway, NUMBER)]
    told = outcome([issue("warning", "not-supported", Problem("colour", "unknown-parameter", "It is not used."))])
    links = {"self": f"{BASE}/CarePlan?_include=CarePlan%3Agoal", "next": f"{BASE}/CarePlan?_cursor=abc"}
    return searchset(BASE, entries, links=links, total=1, outcome=told)


def empty_bundle() -> bytes:
    return searchset(BASE, (), links={"self": f"{BASE}/CarePlan"}, total=0)


def statement() -> bytes:
    return orjson.dumps(capability_statement(DEFINITIONS, BASE))


def outcomes() -> list[bytes]:
    problem = Problem("_count", "invalid-count", "A count is a whole number from 0.")
    statuses = (400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 429, 500, 503)
    return [body_of(ApiProblem(status, "Something", errors)) for status in statuses for errors in ((problem,), ())]


def published() -> list[bytes]:
    return [path.read_bytes() for path in sorted(PUBLISHED.glob("*.json"))]


def test_fhir_resources_reads_everything_that_goes_out() -> None:
    documents = [*(stored(item) for item in everything()), bundle(), empty_bundle(), *outcomes()]
    for document in documents:
        model = get_fhir_model_class(orjson.loads(document)["resourceType"])
        model.model_validate_json(document)


def test_hl7_finds_nothing_wrong_with_any_resource(validator: Validator) -> None:
    for item in everything():
        assert validator.complaints(stored(item)) == [], item.document


def test_hl7_finds_nothing_wrong_with_a_page_of_a_search(validator: Validator) -> None:
    assert validator.errors(bundle()) == []
    assert validator.errors(empty_bundle()) == []


def test_hl7_finds_nothing_wrong_with_an_operation_outcome(validator: Validator) -> None:
    for document in outcomes():
        assert validator.errors(document) == []


def test_hl7_finds_nothing_wrong_with_the_capability_statement(validator: Validator) -> None:
    assert validator.errors(statement()) == []


def test_hl7_finds_nothing_wrong_with_what_we_publish(validator: Validator) -> None:
    assert len(published()) == 3
    for document in published():
        assert validator.errors(document) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"description": {"coding": [{"system": GOAL_KIND, "code": "win-the-lottery"}], "text": "x"}}, "goal-kind"),
        ({"description": {"text": "x"}}, "description.coding"),
        ({"statusDate": None}, "statusDate"),
        ({"lifecycleStatus": "completed"}, "fama-2"),
        ({"achievementStatus": None}, "fama-1"),
        ({"subject": {"display": "somebody"}}, "subject.identifier"),
        ({"note": [{"text": "a story"}]}, "note"),
    ],
)
def test_our_goal_profile_refuses_what_it_should(validator: Validator, change: dict[str, Any], message: str) -> None:
    goal = orjson.loads(stored(render(a_pathway(a_goal()), NUMBER)[1]))
    broken = {name: value for name, value in (goal | change).items() if value is not None}
    assert any(message in found.message for found in validator.errors(orjson.dumps(broken)))
