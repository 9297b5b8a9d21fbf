"""What every service answers alike."""

import re
from collections.abc import AsyncIterator, MutableMapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from shared.problems import Problem, Refused
from shared.web.failures import BrokenAnswer
from shared.web.problems import ApiProblem, conflict
from tests.unit.web_builder import client, codes, service

HTML = {"Accept": "text/html"}


class Walked(Exception):
    """A service's own refusal."""


class Told(BaseModel):
    how_many: int = Field(alias="howMany", ge=1)


router = APIRouter(prefix="/api")


@router.post("/told/{number}")
async def told(number: int, body: Told) -> Told:
    return body


@router.get("/fails/{how}")
async def fails(how: str) -> None:
    raise {
        "unknown": ValueError("the client Anna Example"),
        "refused": Refused(Problem("data.time", "in-the-future", "That is tomorrow.")),
        "conflict": conflict("nhsNumber", "open-referral", "There is one.", {"referral": "/api/referrals/1"}),
        "own": Walked(),
    }[how]


@router.post("/raw")
async def raw(request: Request) -> dict[str, int]:
    return {"bytes": len(await request.body())}


@router.get("/half")
async def half() -> StreamingResponse:
    async def parts() -> AsyncIterator[bytes]:
        yield b"so far so good"
        raise ValueError("the client Anna Example")

    return StreamingResponse(parts())


async def mounted(_: Request) -> Response:
    return PlainTextResponse("here", headers={"Cache-Control": "private, no-cache"})


def outcome(_: Request, problem: ApiProblem) -> Response:
    return Response(b'{"resourceType":"OperationOutcome"}', problem.status, media_type="application/fhir+json")


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return service(
        tmp_path,
        routers=[router],
        routes=[Mount("/fhir", routes=[Route("/CarePlan/{id}", mounted)])],
        refusals={Walked: lambda _: ApiProblem(410, "Gone", [Problem("way", "walked", "Somebody went it.")])},
        error_renderers={"/fhir": outcome},
        body_limits={"/api/raw": 10},
    )


async def test_an_answer_mirrors_the_ids_it_was_sent(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.get("/health/live", headers={"X-Request-ID": "abc-1", "X-Correlation-ID": "trip.7"})
    assert answer.headers["X-Request-ID"] == "abc-1"
    assert answer.headers["X-Correlation-ID"] == "trip.7"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "<script>", "Zoë".encode().decode("latin-1")])
async def test_an_id_that_could_do_harm_is_replaced(app: FastAPI, sent: str) -> None:
    async with client(app) as http:
        answer = await http.get("/health/live", headers=[(b"X-Request-ID", sent.encode("latin-1"))])
    UUID(answer.headers["X-Request-ID"])
    assert "X-Correlation-ID" not in answer.headers


@pytest.mark.parametrize("path", ["/health/live", "/nowhere", "/openapi.json", "/signed-out", "/api/fails/unknown"])
async def test_every_answer_is_closed_to_the_outside(app: FastAPI, path: str) -> None:
    async with client(app) as http:
        headers = (await http.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


async def test_a_route_may_say_itself_how_it_is_cached(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.get("/fhir/CarePlan/1")
    assert answer.headers.get_list("Cache-Control") == ["private, no-cache"]


async def test_a_page_runs_scripts_with_its_nonce_only_and_no_two_are_alike(app: FastAPI) -> None:
    async with client(app) as http:
        pages = [await http.get("/signed-out") for _ in range(2)]
    nonces = [re.findall(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])[0] for page in pages]
    assert nonces[0] != nonces[1]
    for page, nonce in zip(pages, nonces, strict=True):
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        assert not re.search(r"\son\w+=|style=|https?://(?!localhost)", page.text)


async def test_head_answers_like_get_without_the_body(app: FastAPI) -> None:
    async with client(app) as http:
        whole, head = await http.get("/openapi.json"), await http.head("/openapi.json")
        missing = await http.head("/nowhere")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert missing.status_code == 404
    assert missing.headers["Content-Type"] == "application/problem+json"
    assert missing.content == b""


async def test_what_is_not_there_is_a_problem(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404
    assert codes(answer) == ["not-found"]


async def test_a_method_that_is_not_taken_is_a_problem_that_says_which_are(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.post("/health/live")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"
    assert codes(answer) == ["not-allowed"]


async def test_a_wrong_field_is_named_as_the_caller_spells_it(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.post("/api/told/x", json={"howMany": 0})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "number",
            "code": "int-parsing",
            "reason": "Input should be a valid integer, unable to parse string as an integer",
        },
        {"field": "howMany", "code": "greater-than-equal", "reason": "Input should be greater than or equal to 1"},
    ]


async def test_a_problem_does_not_repeat_what_was_sent(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.post("/api/told/9990548609", json={"howMany": "Anna Example"})
    assert answer.status_code == 422
    assert "Anna" not in answer.text


@pytest.mark.parametrize("body", [b"{", b"not json", b"\xff\xfe", b'{"howMany": 1'])
async def test_what_is_not_json_is_400(app: FastAPI, body: bytes) -> None:
    async with client(app, **{"Content-Type": "application/json"}) as http:
        answer = await http.post("/api/told/1", content=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "body"


async def test_an_unknown_failure_tells_nothing_and_its_id_leads_to_the_log(
    app: FastAPI, capfd: pytest.CaptureFixture[str]
) -> None:
    request_id = "5f0e9f0c-58f5-4f0c-a7a5-bb0c0a9f3c11"
    async with client(app) as http:
        answer = await http.get("/api/fails/unknown", headers={"X-Request-ID": request_id})
    logged = capfd.readouterr().out
    assert answer.status_code == 500
    assert "Anna" not in answer.text + logged
    assert codes(answer) == ["unexpected"]
    line = next(line for line in logged.splitlines() if "request.failed" in line)
    assert request_id in line
    assert "ValueError" in line
    assert "test_web_application.py" in line


async def test_a_refusal_of_the_domain_is_422_with_its_reason(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.get("/api/fails/refused")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "data.time", "code": "in-the-future", "reason": "That is tomorrow."}]


async def test_members_of_a_problem_stand_beside_the_usual_ones(app: FastAPI) -> None:
    async with client(app) as http:
        answer = await http.get("/api/fails/conflict")
    assert answer.status_code == 409
    assert answer.json()["referral"] == "/api/referrals/1"


async def test_a_service_says_what_its_own_exceptions_mean(app: FastAPI) -> None:
    async with client(app) as http:
        assert (await http.get("/api/fails/own")).status_code == 410


async def test_below_a_prefix_errors_have_their_own_form(app: FastAPI) -> None:
    async with client(app, **HTML) as http:
        answers = [await http.get("/fhir/Nothing"), await http.put("/fhir/CarePlan/1"), await http.get("/fhirs")]
    assert [answer.status_code for answer in answers] == [404, 405, 404]
    assert [answer.headers["Content-Type"].partition(";")[0] for answer in answers] == [
        "application/fhir+json",
        "application/fhir+json",
        "text/html",
    ]


async def test_a_body_over_its_limit_is_413_announced_or_not(app: FastAPI) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(4):
            yield b"abc"

    async with client(app) as http:
        announced = await http.post("/api/raw", content=b"x" * 11)
        trickled = await http.post("/api/raw", content=drops())
        fits = await http.post("/api/raw", content=b"x" * 10)
        elsewhere = await http.post("/api/told/1", content=b" " * (1 << 20) + b"{}")
    assert [announced.status_code, trickled.status_code, fits.status_code] == [413, 413, 200]
    assert codes(announced) == codes(trickled) == codes(elsewhere) == ["too-large"]


async def test_somebody_who_looks_gets_a_page(app: FastAPI) -> None:
    async with client(app, **HTML) as http:
        missing, broken = await http.get("/nowhere"), await http.get("/api/fails/unknown")
    assert (missing.status_code, broken.status_code) == (404, 500)
    for page in (missing, broken):
        assert page.headers["Content-Type"].startswith("text/html")
        assert page.headers["X-Request-ID"] in page.text
    assert "<h1" in missing.text
    assert "Not found" in missing.text


async def test_half_an_answer_is_cut_off_and_its_failure_says_nothing(
    app: FastAPI, capfd: pytest.CaptureFixture[str]
) -> None:
    async with client(app) as http:
        with pytest.raises(BrokenAnswer) as broken:
            await http.get("/api/half")
    assert str(broken.value) == "ValueError"
    assert broken.value.__cause__ is None
    assert "Anna" not in capfd.readouterr().out


async def test_a_caller_who_hangs_up_is_no_failure_of_ours(app: FastAPI, capfd: pytest.CaptureFixture[str]) -> None:
    scope = {"type": "http", "method": "POST", "path": "/api/raw", "query_string": b"", "headers": []}
    sent: list[MutableMapping[str, Any]] = []

    async def hangs_up() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, hangs_up, send)
    assert sent[0]["status"] == 400
    assert "request.failed" not in capfd.readouterr().out


async def test_readiness_says_what_is_missing(tmp_path: Path) -> None:
    async def no() -> bool:
        return False

    async def breaks() -> bool:
        raise OSError

    async def yes() -> bool:
        return True

    async with client(service(tmp_path, probes={"kafka": no, "mail": breaks, "disk": yes, "database": yes})) as http:
        answer, live = await http.get("/health/ready"), await http.get("/health/live")
    assert answer.status_code == 503
    assert answer.json() == {"missing": ["kafka", "mail"]}
    assert live.status_code == 200


async def test_metrics_name_routes_never_paths(app: FastAPI) -> None:
    async with client(app) as http:
        await http.get("/fhir/CarePlan/7d1c4f60-9990548609")
        await http.get("/nowhere/9990548609")
        metrics = await http.get("/metrics")
    assert "9990548609" not in metrics.text
    assert 'route="/fhir/CarePlan/{id}"' in metrics.text
    assert metrics.headers["Content-Type"].startswith("text/plain")


async def test_the_description_of_the_api_tells_of_problems_not_of_another_error_form(app: FastAPI) -> None:
    async with client(app) as http:
        described = (await http.get("/openapi.json")).json()
    answers = described["paths"]["/api/told/{number}"]["post"]["responses"]
    assert set(answers) == {"200", "default"}
    assert "application/problem+json" in answers["default"]["content"]
    assert "HTTPValidationError" not in str(described)


async def test_assets_are_ours_and_kept_for_ever(app: FastAPI) -> None:
    async with client(app) as http:
        page = (await http.get("/docs")).text
        found = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
        answers = {address: await http.get(address) for address in found}
        style = next(answer for address, answer in answers.items() if "nhsuk" in address)
        image = await http.get(found[0].rsplit("/", 1)[0] + "/images/nhsuk-icon-cross.svg")
        stale = await http.get("/assets/0123456789ab/famalink.css")
    assert len(found) >= 5
    assert all(answer.status_code == 200 for answer in answers.values())
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers.values())
    assert "https://" not in style.text.replace("https://github.com", "")
    assert "@font-face" not in style.text
    assert image.status_code == 200
    assert image.headers["Content-Type"] == "image/svg+xml"
    assert stale.status_code == 404


@pytest.mark.parametrize("name", ["%2e%2e/pages.py", "..%2fsettings.py", "images/%2e%2e/famalink.css", "/etc/passwd"])
async def test_assets_are_a_list_not_a_folder(app: FastAPI, name: str) -> None:
    async with client(app) as http:
        path = re.findall(r'href="(/assets/[^/]+)/', (await http.get("/docs")).text)[0]
        assert (await http.get(f"{path}/{name}")).status_code == 404


def test_missing_assets_say_what_to_do(tmp_path: Path) -> None:
    from shared.web.assets import Assets, MissingAssets

    with pytest.raises(MissingAssets, match="make setup"):
        Assets(tmp_path)


async def test_a_services_own_start_page_comes_before_the_plain_one(tmp_path: Path) -> None:
    own = APIRouter()

    @own.get("/")
    async def start() -> str:
        return "ours"

    async with client(service(tmp_path, [own])) as http:
        assert (await http.get("/")).json() == "ours"
    async with client(service(tmp_path)) as http:
        assert (await http.get("/")).status_code == 401
