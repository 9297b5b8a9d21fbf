"""The last net: what no route and no table entry caught becomes a generic 500, its details go to the log only."""

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.errors import Errors


class BrokenAnswer(Exception):
    """Something failed when half an answer was sent: the connection is closed so that nobody takes it for whole."""


class Failures:
    """Inside Starlette's own net, which would hand the exception, message and all, to the server's log."""

    def __init__(self, app: ASGIApp, errors: Errors) -> None:
        self.app = app
        self.errors = errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # whatever it is, the caller gets an answer
            response = await self.errors.respond(Request(scope, receive), error)
            if started:
                raise BrokenAnswer(type(error).__name__) from None
            await response(scope, receive, send)
