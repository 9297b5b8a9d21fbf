"""One line and one measurement per HTTP request, by route template: a path may hold an id, a query anything."""

import inspect
import re
from functools import lru_cache
from time import perf_counter

from prometheus_client import Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry.logs import logger
from shared.telemetry.metrics import http_seconds

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FIXED_SEGMENT = re.compile(r"[A-Za-z_.$-]*\d?")
_QUIET = ("/health/", "/metrics", "/assets/")
"""Asked every few seconds by machines, or beside every page: measured, not told."""
_log = logger()


class RequestLog:
    """ASGI middleware, outermost: it sees the answer that is really sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        began = perf_counter()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            _note(scope, status, perf_counter() - began)


def route_template(scope: Scope) -> str:
    """`/api/clients/{clientId}`; `unmatched` for what no route took, `/assets/*` for what is mounted whole."""
    endpoint = scope.get("endpoint")
    if endpoint is None:
        return "unmatched"
    if not inspect.isroutine(endpoint) and not inspect.isclass(endpoint):
        return f"{scope.get('root_path', '')}/*"
    return _templated(scope["path"], scope.get("path_params", {}))


def _templated(path: str, params: dict[str, object]) -> str:
    names = {text: name for name, value in params.items() if (text := str(value))}
    for value, name in names.items():
        if "/" in value and path.endswith(value):
            path = f"{path.removesuffix(value)}{{{name}}}"
    return "/".join(_segment(part, names) for part in path.split("/"))


def _segment(part: str, names: dict[str, str]) -> str:
    if part in names:
        return f"{{{names[part]}}}"
    return part if _FIXED_SEGMENT.fullmatch(part) or part.startswith("{") else "{}"


def _note(scope: Scope, status: int, seconds: float) -> None:
    route, method = route_template(scope), scope["method"] if scope["method"] in _METHODS else "OTHER"
    _histogram(method, route, status).observe(seconds)
    if status >= 500 or not route.startswith(_QUIET):
        _log.info(
            "http.answered",
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 2),
        )


@lru_cache(maxsize=2048)
def _histogram(method: str, route: str, status: int) -> Histogram:
    return http_seconds.labels(method, route, str(status))
