"""Who gets in where: by bearer or cookie, by role and scope."""

from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shared.web.access import Anybody, Keyworker, Operator, Staff, TeamLead, caller_of, system
from shared.web.identity import System
from shared.web.sign_in.session import Sessions
from tests.unit.web_builder import KAY, MASTER, SYSTEMS, TestIssuer, bearer, client, codes, service

people = TestIssuer()
systems = TestIssuer(SYSTEMS, "two")
router = APIRouter(prefix="/api")
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@router.get("/anybody")
async def anybody(caller: Anybody) -> str:
    return caller.actor


@router.get("/staff")
async def staff(person: Staff) -> str:
    return person.actor


@router.get("/keyworker")
@router.post("/keyworker")
async def keyworker(person: Keyworker) -> str:
    return person.actor


@router.get("/team-lead")
async def team_lead(person: TeamLead) -> str:
    return person.actor


@router.get("/operator")
async def operator(person: Operator) -> str:
    return person.actor


@router.get("/emitter")
async def emitter(caller: Annotated[System, Depends(system("attendance.write"))]) -> str:
    return caller.actor


async def plain(request: Request) -> Response:
    return PlainTextResponse((await caller_of(request)).actor)


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    people.publish(tmp_path)
    return service(tmp_path, [router], [Route("/plain", plain)], systems)


def cookie() -> dict[str, str]:
    response = Response()
    Sessions("journal", MASTER).begin(response, KAY, secure=False)
    return {"Cookie": response.headers["set-cookie"].partition(";")[0]}


async def get(app: FastAPI, path: str, headers: dict[str, str]) -> httpx.Response:
    async with client(app, **headers) as http:
        return await http.get(path)


ALLOWED = {
    "keyworker": {"anybody", "staff", "keyworker"},
    "team-lead": {"anybody", "staff", "keyworker", "team-lead"},
    "operations": {"anybody", "staff", "operator"},
    "recovery-champion": {"anybody", "staff"},
}


async def test_the_description_of_the_api_says_that_a_bearer_is_wanted(app: FastAPI) -> None:
    described = (await get(app, "/openapi.json", {})).json()
    for place in ("anybody", "staff", "keyworker", "emitter"):
        assert described["paths"][f"/api/{place}"]["get"]["security"] == [{"HTTPBearer": []}]
    assert "security" not in described["paths"]["/health/live"]["get"]


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("place", ["anybody", "staff", "keyworker", "team-lead", "operator", "emitter"])
async def test_each_role_gets_where_it_may_and_no_further(app: FastAPI, role: str, place: str) -> None:
    answer = await get(app, f"/api/{place}", bearer(people.person(roles=[role])))
    assert answer.status_code == (200 if place in ALLOWED[role] else 403)


async def test_a_person_without_a_role_is_somebody_but_no_keyworker(app: FastAPI) -> None:
    token = people.person(roles=[])
    assert (await get(app, "/api/staff", bearer(token))).status_code == 200
    refused = await get(app, "/api/keyworker", bearer(token))
    assert refused.status_code == 403
    assert codes(refused) == ["role"]


async def test_a_system_is_let_in_by_its_scope(app: FastAPI) -> None:
    assert (await get(app, "/api/emitter", bearer(systems.system("attendance.write")))).status_code == 200
    refused = await get(app, "/api/emitter", bearer(systems.system("events.read")))
    assert refused.status_code == 403
    assert refused.headers["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
    assert codes(refused) == ["scope"]


async def test_a_system_is_no_person(app: FastAPI) -> None:
    refused = await get(app, "/api/staff", bearer(systems.system("attendance.write")))
    assert refused.status_code == 403
    assert codes(refused) == ["not-a-person"]


async def test_starlettes_routes_know_the_caller_too(app: FastAPI) -> None:
    assert (await get(app, "/plain", bearer(people.person()))).text == "person:kay"
    assert (await get(app, "/plain", {})).status_code == 401


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Bearer", "token-malformed"),
        ("Bearer ", "token-malformed"),
        ("Basic a2F5Og==", "token-malformed"),
        ("Bearer x.y.z", "token-malformed"),
        ("", "token-malformed"),
    ],
)
async def test_a_wrong_authorization_is_401_and_says_why(app: FastAPI, header: str, code: str) -> None:
    refused = await get(app, "/api/staff", {"Authorization": header})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith('Bearer error="invalid_token"')
    assert codes(refused) == [code]


async def test_a_wrong_bearer_is_not_made_good_by_a_cookie(app: FastAPI) -> None:
    assert (await get(app, "/api/staff", cookie() | bearer("x.y.z"))).status_code == 401


async def test_a_program_without_a_token_is_told_so(app: FastAPI) -> None:
    refused = await get(app, "/api/staff", {})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert codes(refused) == ["token-missing"]


async def test_a_browser_without_a_cookie_is_sent_to_sign_in_and_back(app: FastAPI) -> None:
    sent = await get(app, "/api/staff?tab=a%20b&c=d", BROWSER)
    assert sent.status_code == 303
    assert sent.headers["Location"] == "/sign-in?return_to=/api/staff%3Ftab%3Da%2520b%26c%3Dd"


async def test_a_browser_that_was_sending_something_is_not_sent_away(app: FastAPI) -> None:
    async with client(app, **BROWSER) as http:
        refused = await http.post("/api/keyworker")
    assert refused.status_code == 401
    assert '<a href="/sign-in">' in refused.text


async def test_a_browser_with_the_wrong_role_sees_why(app: FastAPI) -> None:
    refused = await get(app, "/api/operator", BROWSER | cookie())
    assert refused.status_code == 403
    assert "operations" in refused.text
    assert "Kay Keyworker (X99)" in refused.text


async def test_the_cookie_lets_in_as_the_bearer_does(app: FastAPI) -> None:
    assert (await get(app, "/api/keyworker", cookie())).json() == "person:kay"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:8401"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost:8401"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8402"},
    ],
)
async def test_another_site_or_port_cannot_use_the_cookie_to_change_something(
    app: FastAPI, headers: dict[str, str]
) -> None:
    async with client(app, **cookie(), **headers) as http:
        refused, out = await http.post("/api/keyworker"), await http.post("/sign-out")
    assert refused.status_code == out.status_code == 403
    assert codes(refused) == ["foreign-origin"]
    assert "set-cookie" not in out.headers


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost:8402"}],
)
async def test_our_own_pages_can(app: FastAPI, headers: dict[str, str]) -> None:
    async with client(app, **cookie(), **headers) as http:
        assert (await http.post("/api/keyworker")).status_code == 200


async def test_a_bearer_needs_no_origin(app: FastAPI) -> None:
    async with client(app, **bearer(people.person()), **{"Sec-Fetch-Site": "cross-site"}) as http:
        assert (await http.post("/api/keyworker")).status_code == 200


async def test_an_issuer_that_nobody_ever_reached_is_a_503(tmp_path: Path) -> None:
    refused = await get(service(tmp_path, [router]), "/api/staff", bearer(people.person()))
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"


async def test_pages_warn_of_a_development_sign_in(app: FastAPI) -> None:
    page = await get(app, "/nowhere", BROWSER)
    assert "Development sign-in" in page.text


async def test_a_name_is_text_never_markup(app: FastAPI) -> None:
    response = Response()
    from dataclasses import replace

    Sessions("journal", MASTER).begin(response, replace(KAY, name="<script>alert(1)</script>"), secure=False)
    page = await get(app, "/nowhere", BROWSER | {"Cookie": response.headers["set-cookie"].partition(";")[0]})
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text
