"""OperationOutcome: how FHIR says what is wrong. Every error of the API has one."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from shared.problems import Problem
from shared.web.problems import ApiProblem

MEDIA_TYPE = "application/fhir+json"
CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8; fhirVersion=4.0"

_CODES: Mapping[int, str] = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    409: "conflict",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    429: "throttled",
    503: "transient",
}
"""HTTP status → IssueType (R4, *issue-type*); what is not here is `exception`."""


def body_of(problem: ApiProblem) -> bytes:
    """One issue per error; `expression` names the field where it is one of the request's."""
    code = _CODES.get(problem.status, "exception")
    errors = problem.errors or (Problem("request", code, f"{problem.title}."),)
    return orjson.dumps(outcome([issue("error", code, error) for error in errors]))


def outcome(issues: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": list(issues)}


def issue(severity: str, code: str, problem: Problem) -> dict[str, Any]:
    return {
        "severity": severity,
        "code": code,
        "details": {"text": problem.reason},
        "diagnostics": f"{problem.field}: {problem.code}",
    }


def as_outcome(_: Request, problem: ApiProblem) -> Response:
    """For `create_service(error_renderers={"/fhir": as_outcome})`: what fails around the engine says so alike."""
    headers = {**problem.headers, "content-type": CONTENT_TYPE, "cache-control": "no-store"}
    return Response(body_of(problem), problem.status, headers)
