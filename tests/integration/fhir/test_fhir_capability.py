"""The CapabilityStatement is true: every line of it is tried."""

from typing import Any

import pytest

from tests.integration.fhir.builder import BASE, Records, entries
from tests.unit.fhir_samples import NUMBER, a_goal, a_pathway


async def resources(fhir: Records) -> list[dict[str, Any]]:
    statement = (await fhir.http.get("/metadata")).json()
    found: list[dict[str, Any]] = statement["rest"][0]["resource"]
    return found


async def test_it_is_open_to_all_and_says_where_it_is(fhir: Records) -> None:
    answer = await fhir.http.get("/metadata")
    assert answer.status_code == 200
    statement = answer.json()
    assert (statement["resourceType"], statement["fhirVersion"]) == ("CapabilityStatement", "4.0.1")
    assert statement["implementation"]["url"] == BASE
    assert [kind["type"] for kind in await resources(fhir)] == ["CarePlan", "Goal"]


async def test_every_format_it_lists_is_answered(fhir: Records) -> None:
    for format_ in (await fhir.http.get("/metadata")).json()["format"]:
        assert (await fhir.get("/CarePlan", accept=format_)).status_code == 200
        assert (await fhir.http.get("/metadata", params={"_format": format_})).status_code == 200


async def test_every_interaction_it_lists_works_and_no_other(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    ids = {"CarePlan": pathway.referral_id, "Goal": pathway.goals[0].goal_id}
    for kind in await resources(fhir):
        path = f"/{kind['type']}/{ids[kind['type']]}"
        tried = {
            "read": await fhir.get(path),
            "vread": await fhir.get(f"{path}/_history/1"),
            "search-type": await fhir.get(f"/{kind['type']}"),
            "history-instance": await fhir.get(f"{path}/_history"),
            "history-type": await fhir.get(f"/{kind['type']}/_history"),
            "create": await fhir.post(f"/{kind['type']}", {}),
            "update": await fhir.http.put(path, headers=fhir.bearer()),
            "patch": await fhir.http.patch(path, headers=fhir.bearer()),
            "delete": await fhir.http.delete(path, headers=fhir.bearer()),
        }
        offered = {interaction["code"] for interaction in kind["interaction"]}
        assert {code for code, answer in tried.items() if answer.status_code == 200} == offered


async def test_conditional_reads_and_versions_are_as_it_says(fhir: Records) -> None:
    pathway = a_pathway()
    await fhir.save(pathway)
    for kind in await resources(fhir):
        assert (kind["conditionalRead"], kind["versioning"]) == ("full-support", "versioned")
    read = await fhir.get(f"/CarePlan/{pathway.referral_id}")
    for condition in ({"if_none_match": read.headers["etag"]}, {"if_modified_since": read.headers["last-modified"]}):
        assert (await fhir.get(f"/CarePlan/{pathway.referral_id}", **condition)).status_code == 304


async def test_every_search_parameter_it_lists_finds_and_excludes(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    values = {
        "_id": (f"{pathway.referral_id},{pathway.goals[0].goal_id}", "00000000-0000-4000-8000-000000000000"),
        "_lastUpdated": ("ge2020", "lt2020"),
        "patient": (str(pathway.client_id), "00000000-0000-4000-8000-000000000000"),
        "status": ("active", "completed"),
        "lifecycle-status": ("active", "completed"),
    }
    for kind in await resources(fhir):
        for parameter in kind["searchParam"]:
            name = parameter["name"]
            found, missed = values[name]
            strict = {"prefer": "handling=strict"}
            assert len(entries(await fhir.get(f"/{kind['type']}?{name}={found}", **strict))) == 1, name
            assert entries(await fhir.get(f"/{kind['type']}?{name}={missed}", **strict)) == [], name


async def test_the_person_is_found_by_number_as_its_documentation_says(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    for kind in await resources(fhir):
        form = {"patient:identifier": f"https://fhir.nhs.uk/Id/nhs-number|{NUMBER}"}
        assert len(entries(await fhir.post(f"/{kind['type']}/_search", form, prefer="handling=strict"))) == 1


@pytest.mark.parametrize("more", ["", ":Goal"])
async def test_every_include_it_lists_is_followed(fhir: Records, more: str) -> None:
    pathway = a_pathway(a_goal(), a_goal("keep-journal"))
    await fhir.save(pathway)
    for kind in await resources(fhir):
        for include in kind.get("searchInclude", ()):
            bundle = await fhir.get(f"/{kind['type']}?_include={include}{more}", prefer="handling=strict")
            assert len(entries(bundle, "include")) == 2


async def test_every_resource_claims_the_profile_it_names(fhir: Records) -> None:
    await fhir.save(a_pathway(a_goal()))
    for kind in await resources(fhir):
        for found in entries(await fhir.get(f"/{kind['type']}")):
            assert found["meta"]["profile"] == [kind["profile"]]
