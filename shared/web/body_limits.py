"""How much a request may bring: more is refused before it fills the memory."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.problems import Problem
from shared.web.problems import ApiProblem

ORDINARY = 1 << 20
"""Bytes."""


class TooLarge(HTTPException):
    """Starlette's own kind: FastAPI takes any other that reading a body raises for a malformed body."""

    def __init__(self, limit: int) -> None:
        super().__init__(413)
        self.limit = limit

    @property
    def problem(self) -> ApiProblem:
        reason = f"A request here has at most {self.limit:,} bytes."
        return ApiProblem(413, "Too large", [Problem("body", "too-large", reason)], headers={"Connection": "close"})


class BodyLimits:
    """`limits` in bytes by path prefix, for what takes more or less than the ordinary."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "DELETE"):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        if _announced(scope) > limit:
            raise TooLarge(limit)
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge(limit)
            return message

        await self.app(scope, counted, send)

    def _limit(self, path: str) -> int:
        return next((limit for prefix, limit in self.limits.items() if path.startswith(prefix)), ORDINARY)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0
