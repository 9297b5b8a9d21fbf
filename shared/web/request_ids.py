"""`X-Request-ID` (mirrored, or made) and `X-Correlation-ID` (mirrored) on every answer and in every log line.

A correlation that is a UUID goes on with the events that the request leads to. Any other text stays here: it may say
something about somebody.
"""

import re
from uuid import UUID, uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

_SOUND = re.compile(rb"[A-Za-z0-9._:-]{1,128}")


class RequestIds:
    """An id that could forge a log line or a header is replaced by one of ours. It is `request.state.request_id`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, correlation_id = _ids(scope)
        mirrored = [(b"x-request-id", request_id)]
        if correlation_id:
            mirrored.append((b"x-correlation-id", correlation_id))
        named = request_id.decode()
        scope.setdefault("state", {}).update(request_id=named, correlation=_uuid(correlation_id))
        bind_contextvars(request_id=named, correlation=correlation_id.decode() if correlation_id else None)

        async def send_with_ids(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *mirrored]
            await send(message)

        await self.app(scope, receive, send_with_ids)


def _uuid(text: bytes | None) -> UUID | None:
    try:
        return UUID(text.decode()) if text else None
    except ValueError:
        return None


def _ids(scope: Scope) -> tuple[bytes, bytes | None]:
    request_id = correlation_id = None
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SOUND.fullmatch(value):
            request_id = value
        elif name == b"x-correlation-id" and _SOUND.fullmatch(value):
            correlation_id = value
    return request_id or str(uuid4()).encode(), correlation_id
