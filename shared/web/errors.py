"""Every exception becomes an answer here: one table says which. What is not in it is a 500 that tells nothing."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from shared.problems import Problem, Refused, finding
from shared.storage.database import Away
from shared.telemetry.logs import logger
from shared.web.body_limits import TooLarge
from shared.web.problems import MEDIA_TYPE, ApiProblem, malformed, not_found, unprocessable

ErrorRenderer = Callable[[Request, ApiProblem], Response]
Translate = Callable[[Any], ApiProblem]

_log = logger()


def _of_validation(error: RequestValidationError) -> ApiProblem:
    if no_id := [item["loc"] for item in error.errors() if (item["loc"][0], item["type"]) == ("path", "uuid_parsing")]:
        return not_found(field=str(no_id[0][-1]))
    found = [_finding(item) for item in error.errors()]
    if any(problem.code == "json-invalid" for problem in found):
        return malformed("body", "json-invalid", "The body is not JSON.")
    return unprocessable(*found)


def _finding(item: Mapping[str, Any]) -> Problem:
    place, *path = item["loc"]
    return finding(str(item["type"]), str(item["msg"]), path or [place])


def _of_http(error: HTTPException) -> ApiProblem:
    if isinstance(error, TooLarge):
        return error.problem
    if error.status_code == 404:
        return not_found()
    if error.status_code == 400:
        return malformed("body", "unreadable", "The body cannot be read.")
    title = HTTPStatus(error.status_code).phrase
    errors = [Problem("method", "not-allowed", "This address does not take that method.")]
    return ApiProblem(error.status_code, title, errors if error.status_code == 405 else (), headers=error.headers)


def _of_away(_: Exception) -> ApiProblem:
    return ApiProblem(503, "The database cannot be reached", headers={"Retry-After": "2"})


TABLE: Mapping[type[Exception], Translate] = {
    ApiProblem: lambda problem: problem,
    Refused: lambda refused: unprocessable(*refused.problems),
    RequestValidationError: _of_validation,
    HTTPException: _of_http,
    ClientDisconnect: lambda _: malformed("body", "cut-off", "The request ended before its body did."),
    **dict.fromkeys(Away, _of_away),
}


class Errors:
    """`more` adds a service's own exceptions. `renderers` answer below a path prefix in a form of their own (FHIR)."""

    def __init__(
        self,
        ordinary: ErrorRenderer,
        more: Mapping[type[Exception], Translate] | None = None,
        renderers: Mapping[str, ErrorRenderer] | None = None,
    ) -> None:
        self._ordinary = ordinary
        self._table = {**TABLE, **(more or {})}
        self._renderers = dict(renderers or {})

    @property
    def handled(self) -> tuple[type[Exception], ...]:
        return tuple(self._table)

    async def respond(self, request: Request, error: Exception) -> Response:
        problem = self.problem_of(error)
        if problem.status >= 500:
            _log.error("request.failed", status=problem.status, exc_info=error)
        return self._renderer(request.url.path)(request, problem)

    def problem_of(self, error: Exception) -> ApiProblem:
        for kind in type(error).__mro__:
            if kind in self._table:
                return self._table[kind](error)
        return ApiProblem(500, "Something went wrong here", errors=[_UNKNOWN])

    def _renderer(self, path: str) -> ErrorRenderer:
        for prefix, renderer in self._renderers.items():
            if path == prefix or path.startswith(prefix + "/"):
                return renderer
        return self._ordinary


_UNKNOWN = Problem("request", "unexpected", "This is our fault. The request's id leads us to it.")


def as_json(_: Request, problem: ApiProblem) -> Response:
    return Response(orjson.dumps(problem.body()), problem.status, problem.headers, media_type=MEDIA_TYPE)
