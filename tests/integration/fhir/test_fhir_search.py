"""Search: by whom and what, with which other resources, and what is said when not all of it can be used."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from tests.integration.fhir.builder import BASE, Records, entries, link
from tests.unit.fhir_samples import NUMBER, a_goal, a_pathway

NHS = "https://fhir.nhs.uk/Id/nhs-number"
OTHER = NhsNumber("9990548617")


def ids(resources: list[dict[str, str]]) -> set[str]:
    return {resource["id"] for resource in resources}


async def two_people(fhir: Records) -> tuple[Pathway, Pathway]:
    one = a_pathway(a_goal(), a_goal("keep-journal", "achieved"))
    other = a_pathway(
        a_goal(state="dropped"), for_="family", state="ended", ending="engaged", ended_at=a_pathway().opened_at
    )
    await fhir.save(one)
    await fhir.save(other, OTHER)
    return one, other


async def test_a_plan_is_found_by_nhs_number_with_its_goals(fhir: Records) -> None:
    one, _ = await two_people(fhir)
    form = {"patient:identifier": f"{NHS}|{NUMBER}", "_include": "CarePlan:goal"}
    bundle = await fhir.post("/CarePlan/_search", form)
    assert bundle.status_code == 200
    assert bundle.json()["total"] == 1
    assert ids(entries(bundle)) == {str(one.referral_id)}
    assert ids(entries(bundle, "include")) == {str(goal.goal_id) for goal in one.goals}
    addresses = [entry["fullUrl"] for entry in bundle.json()["entry"]]
    assert addresses[0] == f"{BASE}/CarePlan/{one.referral_id}"
    assert len(set(addresses)) == 3


@pytest.mark.parametrize("written", ["999 054 8609", "999-054-8609"])
async def test_an_nhs_number_is_found_however_it_is_grouped(fhir: Records, written: str) -> None:
    one, _ = await two_people(fhir)
    bundle = await fhir.post("/CarePlan/_search", {"patient:identifier": f"{NHS}|{written}"})
    assert ids(entries(bundle)) == {str(one.referral_id)}


async def test_by_get_the_same_is_found(fhir: Records) -> None:
    one, _ = await two_people(fhir)
    bundle = await fhir.get(f"/CarePlan?patient:identifier={NHS}%7C{NUMBER}")
    assert ids(entries(bundle)) == {str(one.referral_id)}


async def test_an_nhs_number_that_changed_is_found_by_the_new_one_only(fhir: Records) -> None:
    one, _ = await two_people(fhir)
    new = NhsNumber("9990548625")
    assert await fhir.save(one, new) == 3
    assert entries(await fhir.post("/CarePlan/_search", {"patient:identifier": f"{NHS}|{NUMBER}"})) == []
    found = entries(await fhir.post("/CarePlan/_search", {"patient:identifier": f"{NHS}|{new}"}))
    assert found[0]["subject"]["identifier"]["value"] == new


@pytest.mark.parametrize("form", ["{}", "Patient/{}", f"{BASE}/Patient/{{}}"])
async def test_a_plan_is_found_by_the_persons_id(fhir: Records, form: str) -> None:
    one, _ = await two_people(fhir)
    bundle = await fhir.get(f"/CarePlan?patient={form.format(one.client_id)}")
    assert ids(entries(bundle)) == {str(one.referral_id)}
    assert entries(await fhir.get(f"/CarePlan?patient={uuid4()}")) == []
    assert entries(await fhir.get("/CarePlan?patient=Group/1")) == []


@pytest.mark.parametrize("form", ["https://records.example/fhir/Patient/{}", "Group/Patient/{}", "/Patient/{}"])
async def test_an_id_at_another_address_is_another_patient(fhir: Records, form: str) -> None:
    one, _ = await two_people(fhir)
    assert entries(await fhir.get(f"/CarePlan?patient={form.format(one.client_id)}")) == []


async def test_commas_are_or_and_repetition_is_and(fhir: Records) -> None:
    one, other = await two_people(fhir)
    both = await fhir.get(f"/CarePlan?_id={one.referral_id},{other.referral_id},nonsense")
    assert ids(entries(both)) == {str(one.referral_id), str(other.referral_id)}
    assert entries(await fhir.get(f"/CarePlan?_id={one.referral_id}&_id={other.referral_id}")) == []
    assert ids(entries(await fhir.get(f"/CarePlan?_id={one.referral_id}&patient={one.client_id}"))) == {
        str(one.referral_id)
    }
    assert entries(await fhir.get(f"/CarePlan?patient={one.client_id}&patient={other.client_id}")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("CarePlan?status=active", 1),
        ("CarePlan?status=completed", 1),
        ("CarePlan?status=active,completed", 2),
        ("CarePlan?status=http://hl7.org/fhir/request-status%7Cactive", 1),
        ("CarePlan?status=http://hl7.org/fhir/request-status%7C", 2),
        ("CarePlan?status=http://hl7.org/fhir/other%7Cactive", 0),
        ("CarePlan?status=revoked", 0),
        ("Goal?lifecycle-status=active", 1),
        ("Goal?lifecycle-status=completed,cancelled", 2),
        ("Goal?lifecycle-status=completed&lifecycle-status=cancelled", 0),
    ],
)
async def test_by_status(fhir: Records, query: str, found: int) -> None:
    await two_people(fhir)
    bundle = await fhir.get(f"/{query}")
    assert bundle.json()["total"] == len(entries(bundle)) == found


async def test_a_status_of_the_past_finds_nothing(fhir: Records) -> None:
    goal = a_goal()
    pathway = a_pathway(goal)
    await fhir.save(pathway)
    await fhir.save(replace(pathway, goals=(replace(goal, state="achieved"),)))
    assert entries(await fhir.get("/Goal?lifecycle-status=active")) == []
    assert entries(await fhir.get("/Goal?lifecycle-status=completed"))[0]["meta"]["versionId"] == "2"


async def test_by_the_time_of_the_last_change(fhir: Records) -> None:
    one, _ = await two_people(fhir)
    shown = (await fhir.get(f"/CarePlan/{one.referral_id}")).json()["meta"]["lastUpdated"]
    day = shown[:10]
    for criterion, found in {
        f"_lastUpdated={shown}": True,
        f"_lastUpdated=eq{day}": True,
        f"_lastUpdated=ge{shown}": True,
        f"_lastUpdated=le{shown}": True,
        f"_lastUpdated=gt{shown}": False,
        f"_lastUpdated=lt{shown}": False,
        f"_lastUpdated=sa{day}": False,
        f"_lastUpdated=eb{day}": False,
        f"_lastUpdated=ne{day}": False,
        "_lastUpdated=ge2020&_lastUpdated=lt2100-01": True,
        f"_lastUpdated=lt2020,ge{day}": True,
    }.items():
        bundle = await fhir.get(f"/CarePlan?_id={one.referral_id}&{criterion}")
        assert bool(entries(bundle)) is found, criterion


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("_lastUpdated=yesterday", "_lastUpdated", "invalid-date"),
        ("_lastUpdated=2026-02-30", "_lastUpdated", "invalid-date"),
        ("_lastUpdated=ap2026", "_lastUpdated", "invalid-date"),
        ("_lastUpdated=0000", "_lastUpdated", "invalid-date"),
        ("_lastUpdated=9999-12-31", "_lastUpdated", "invalid-date"),
        ("_count=-1", "_count", "invalid-count"),
        ("_count=ten", "_count", "invalid-count"),
        ("status:not=active", "status:not", "unknown-modifier"),
        ("patient:Group=1", "patient:Group", "unknown-modifier"),
        ("_include:iterate=CarePlan:goal", "_include:iterate", "unknown-modifier"),
        ("patient:identifier=9990548609", "patient:identifier", "incomplete"),
        (f"patient:identifier={NHS}%7C9990548608", "patient:identifier", "invalid-identifier"),
        ("_id=%00", "query", "null-character"),
        ("_id=%ff", "query", "not-utf-8"),
        ("&".join(["_id=1"] * 101), "query", "too-many"),
    ],
)
async def test_what_cannot_be_understood_is_refused_with_field_and_reason(
    fhir: Records, query: str, field: str, code: str
) -> None:
    answer = await fhir.get(f"/CarePlan?{query}")
    assert answer.status_code == 400
    issue = answer.json()["issue"][0]
    assert (issue["code"], issue["diagnostics"]) == ("invalid", f"{field}: {code}")
    assert issue["details"]["text"]
    assert "9990548608" not in answer.text


@pytest.mark.parametrize(
    "unknown", ["colour=blue", "_include=CarePlan:subject", "status=", "_sort=status", "category=x"]
)
async def test_what_is_unknown_is_left_out_and_said_or_refused_if_asked_strictly(fhir: Records, unknown: str) -> None:
    one, _ = await two_people(fhir)
    query = f"/CarePlan?_id={one.referral_id}&{unknown}"
    lenient = await fhir.get(query)
    assert ids(entries(lenient)) == {str(one.referral_id)}
    assert entries(lenient, "outcome")[0]["issue"][0]["severity"] == "warning"
    assert link(lenient, "self") == f"{BASE}/CarePlan?_id={one.referral_id}"
    strict = await fhir.get(query, prefer="handling=strict")
    assert strict.status_code == 400
    assert strict.json()["issue"][0]["diagnostics"].startswith(unknown.partition("=")[0])


async def test_self_says_what_was_used_with_the_count_that_was_given(fhir: Records) -> None:
    bundle = await fhir.get("/CarePlan?_count=100000&status=active&_format=json")
    assert link(bundle, "self") == f"{BASE}/CarePlan?status=active&_count=200"


async def test_count_nought_gives_the_number_alone(fhir: Records) -> None:
    await two_people(fhir)
    bundle = await fhir.get("/Goal?_count=0")
    assert bundle.json()["total"] == 3
    assert "entry" not in bundle.json()


async def test_nothing_found_is_a_bundle_without_entries(fhir: Records) -> None:
    bundle = await fhir.post("/CarePlan/_search", {"patient:identifier": f"{NHS}|{NUMBER}"})
    assert (bundle.status_code, bundle.json()["total"], "entry" in bundle.json()) == (200, 0, False)


async def test_an_include_that_the_token_does_not_cover_is_left_out_and_said(fhir: Records) -> None:
    await two_people(fhir)
    form = {"patient:identifier": f"{NHS}|{NUMBER}", "_include": "CarePlan:goal"}
    bundle = await fhir.post("/CarePlan/_search", form, scope="system/CarePlan.rs")
    assert len(entries(bundle)) == 1
    assert entries(bundle, "include") == []
    assert entries(bundle, "outcome")[0]["issue"][0]["code"] == "suppressed"
    covered = await fhir.post("/CarePlan/_search", form, scope="system/CarePlan.s system/Goal.r")
    assert len(entries(covered, "include")) == 2


async def test_another_providers_people_are_not_found(fhir: Records) -> None:
    one, _ = await two_people(fhir)
    for query in (f"patient={one.client_id}", f"_id={one.referral_id}", f"patient:identifier={NHS}%7C{NUMBER}", ""):
        assert entries(await fhir.get(f"/CarePlan?{query}", provider="X98")) == []


async def test_those_who_withdrew_are_not_found_nor_included(fhir: Records) -> None:
    one, other = await two_people(fhir)
    await fhir.hide(one)
    assert ids(entries(await fhir.get("/CarePlan"))) == {str(other.referral_id)}
    assert entries(await fhir.post("/Goal/_search", {"patient:identifier": f"{NHS}|{NUMBER}"})) == []
    assert (await fhir.get("/Goal?_count=0")).json()["total"] == 1


async def test_a_search_is_noted_for_each_person_it_shows_and_without_its_values(fhir: Records) -> None:
    one, other = await two_people(fhir)
    await fhir.get("/CarePlan?status=active,completed", x_request_id="a")
    await fhir.post("/Goal/_search", {"patient:identifier": f"{NHS}|{NUMBER}"}, x_request_id="b")
    await fhir.post("/Goal/_search", {"patient:identifier": f"{NHS}|9990548625"}, x_request_id="c")
    await fhir.get("/Goal?_count=0", x_request_id="d")
    noted = {(request, subject, client) for _, _, subject, client, request in await fhir.audited()}
    assert noted == {
        ("a", "CarePlan?status", one.client_id),
        ("a", "CarePlan?status", other.client_id),
        ("b", "Goal?patient:identifier", one.client_id),
        ("c", "Goal?patient:identifier", None),
        ("d", "Goal?_count", None),
    }
