"""Every error is an OperationOutcome, with a field and a reason, and tells nothing that it should not."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from services.referrals.fhir import DEFINITIONS
from shared.fhir.rest.service import FhirApi
from shared.web.identity import Person
from tests.eventually import eventually
from tests.integration.fhir.builder import Records, entries
from tests.unit.fhir_samples import NUMBER, a_goal, a_pathway


def outcome(answer: httpx.Response, status: int) -> str:
    """The issue's code and what it is about."""
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/fhir+json")
    assert answer.json()["resourceType"] == "OperationOutcome"
    issue = answer.json()["issue"][0]
    assert issue["severity"] == "error"
    assert issue["details"]["text"]
    return f"{issue['code']} {issue['diagnostics']}"


async def test_without_a_token_nobody_gets_further(fhir: Records) -> None:
    for path in ("/CarePlan", "/CarePlan/1", "/Nonsense", ""):
        answer = await fhir.http.get(path)
        assert outcome(answer, 401) == "login Authorization: token-missing"
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"exp": 1_000_000_000}, "token-expired"),
        ({"aud": "another"}, "token-audience"),
        ({"iss": "https://elsewhere.example"}, "token-issuer"),
        ({"provider": None}, "token-incomplete"),
    ],
)
async def test_a_token_that_does_not_count_is_401(fhir: Records, claims: dict[str, Any], code: str) -> None:
    answer = await fhir.http.get("/CarePlan", headers=fhir.bearer(**claims))
    assert outcome(answer, 401) == f"login Authorization: {code}"


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("system/Goal.rs", "/CarePlan"),
        ("system/CarePlan.r", "/CarePlan"),
        ("system/CarePlan.s", "/CarePlan/00000000-0000-4000-8000-000000000000"),
        ("attendance.write", "/Goal"),
        ("user/CarePlan.rs", "/CarePlan"),
        ("system/CarePlan.rs?status=active", "/CarePlan"),
    ],
)
async def test_a_scope_that_does_not_cover_it_is_403(fhir: Records, scope: str, path: str) -> None:
    answer = await fhir.get(path, scope=scope)
    assert outcome(answer, 403) == "forbidden Authorization: scope"
    assert "insufficient_scope" in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    "scope", ["system/CarePlan.rs", "system/*.rs", "system/CarePlan.read", "system/*.cruds", "x system/CarePlan.rs"]
)
async def test_a_scope_that_covers_it_is_let_in(fhir: Records, scope: str) -> None:
    assert (await fhir.get("/CarePlan", scope=scope)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/Patient",
        "/Patient/1",
        "/careplan",
        "/CarePlan/1/_history",
        "/CarePlan/1/_history/1/2",
        "/CarePlan/1/$everything",
    ],
)
async def test_where_there_is_nothing_it_is_404(fhir: Records, path: str) -> None:
    assert outcome(await fhir.get(path), 404).startswith("not-found ")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/CarePlan", "GET, HEAD"),
        ("PUT", "/CarePlan/1", "GET, HEAD"),
        ("DELETE", "/Goal/1", "GET, HEAD"),
        ("PATCH", "/Goal/1", "GET, HEAD"),
        ("GET", "/CarePlan/_search", "POST"),
        ("POST", "/metadata", "GET, HEAD"),
    ],
)
async def test_what_is_not_offered_is_405_and_says_what_is(fhir: Records, method: str, path: str, allow: str) -> None:
    answer = await fhir.http.request(method, path, headers=fhir.bearer())
    assert outcome(answer, 405) == "not-supported method: not-allowed"
    assert answer.headers["allow"] == allow


@pytest.mark.parametrize(
    "accept", ["application/fhir+xml", "text/html", "application/json;q=0", "application/fhir+json; fhirVersion=3.0"]
)
async def test_a_format_that_is_not_offered_is_406(fhir: Records, accept: str) -> None:
    assert outcome(await fhir.get("/CarePlan", accept=accept), 406) == "not-supported Accept: not-acceptable"


@pytest.mark.parametrize("format_", ["xml", "application/fhir%2Bxml", "ttl"])
async def test_a_format_in_the_address_goes_before_the_header(fhir: Records, format_: str) -> None:
    answer = await fhir.get(f"/CarePlan?_format={format_}", accept="application/fhir+json")
    assert outcome(answer, 406) == "not-supported _format: not-acceptable"
    posted = await fhir.post("/CarePlan/_search", {"_format": "xml"})
    assert outcome(posted, 406) == "not-supported _format: not-acceptable"


@pytest.mark.parametrize(
    "accept",
    [
        "application/fhir+json",
        "application/json",
        "*/*",
        "application/*;q=0.1",
        "text/html, application/fhir+json; fhirVersion=4.0",
    ],
)
async def test_json_is_had_in_every_way_of_asking_for_it(fhir: Records, accept: str) -> None:
    assert (await fhir.get("/CarePlan", accept=accept)).status_code == 200
    assert (await fhir.get("/CarePlan?_format=application/fhir+json", accept="text/html")).status_code == 200


async def test_a_search_by_post_is_a_form(fhir: Records) -> None:
    answer = await fhir.http.post("/CarePlan/_search", json={"status": "active"}, headers=fhir.bearer())
    assert outcome(answer, 415) == "not-supported Content-Type: unsupported"


async def test_a_search_that_is_far_too_long_is_413(fhir: Records) -> None:
    answer = await fhir.post("/CarePlan/_search", {"_id": "x" * 70_000})
    assert outcome(answer, 413).startswith("too-long ")


async def test_a_form_that_is_not_encoded_is_400(fhir: Records) -> None:
    headers = fhir.bearer() | {"content-type": "application/x-www-form-urlencoded"}
    answer = await fhir.http.post("/CarePlan/_search", content="_id=é".encode(), headers=headers)
    assert outcome(answer, 400) == "invalid body: not-encoded"


async def test_a_host_that_is_none_gets_no_links(fhir: Records) -> None:
    answer = await fhir.get("/CarePlan", host='evil"><script>')
    assert outcome(answer, 400) == "invalid Host: malformed"


async def test_the_requests_id_is_mirrored_on_errors_too(fhir: Records) -> None:
    for path in ("/CarePlan", "/Nonsense", "/CarePlan?_count=-1"):
        answer = await fhir.get(path, x_request_id="abc-1", x_correlation_id="def-2")
        assert (answer.headers["x-request-id"], answer.headers["x-correlation-id"]) == ("abc-1", "def-2")


async def test_head_answers_as_get_would(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    for path in (f"/CarePlan/{pathway.referral_id}", "/metadata"):
        got = await fhir.http.get(path, headers=fhir.bearer())
        head = await fhir.http.head(path, headers=fhir.bearer())
        assert head.status_code == 200
        assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))


async def test_people_are_sent_to_their_pages(fhir: Records) -> None:

    async def kay(_: Request) -> Person:
        return Person("kay", frozenset({"keyworker"}), "X99", "north", None)

    app = Starlette(routes=[Mount("/fhir", FhirApi(DEFINITIONS, fhir.database, kay))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test/fhir") as http:
        assert outcome(await http.get("/CarePlan"), 403) == "forbidden Authorization: not-a-system"


async def test_a_search_by_number_leaves_no_trace_of_it_in_the_log(
    fhir: Records, capfd: pytest.CaptureFixture[str]
) -> None:
    await fhir.save(a_pathway(a_goal()))
    identifier = f"https://fhir.nhs.uk/Id/nhs-number|{NUMBER}"
    found = await fhir.get(f"/CarePlan?patient:identifier={identifier}")
    assert len(entries(found)) == 1
    await fhir.get(f"/CarePlan?patient:identifier={identifier[:-1]}1")
    assert NUMBER[:9] not in "".join(capfd.readouterr())


async def test_a_database_that_goes_away_is_503_until_it_is_back(fhir: Records) -> None:
    pathway = a_pathway(a_goal())
    await fhir.save(pathway)
    path = f"/CarePlan/{pathway.referral_id}"
    assert (await fhir.get(path)).status_code == 200
    async with fhir.database.reading() as connection:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query LIKE '%json_to_recordset%' AND pid <> pg_backend_pid()"
        )
    away = await fhir.get(path)
    assert outcome(away, 503).startswith("transient ")
    assert away.headers["retry-after"]

    async def back() -> bool:
        return (await fhir.get(path)).status_code == 200

    assert await eventually(back)
