"""How long answers take, by route template: a path would name people and never end."""

from functools import lru_cache
from time import perf_counter

from prometheus_client import Histogram
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry.metrics import http_seconds

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Measured:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            _histogram(scope["method"], template_of(scope), status).observe(perf_counter() - began)


def template_of(scope: Scope) -> str:
    """`/api/clients/{client_id}`; what no route knows is one template together. Once the request was routed."""
    route = scope.get("route")
    path = "/unmatched" if isinstance(route, Mount) else getattr(route, "path", None)
    return f"{scope.get('root_path', '')}{path}" if path is not None else "unmatched"


@lru_cache(maxsize=4096)
def _histogram(method: str, route: str, status: int) -> Histogram:
    return http_seconds.labels(method if method in _METHODS else "other", route, str(status))
