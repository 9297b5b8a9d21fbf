"""Headers that keep an answer where it belongs: not stored, not framed, not guessed at, no script but ours."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
_NOT_STORED = (b"cache-control", b"no-store")
_DATA = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


def page_policy(nonce: str, images: str = "'self'") -> str:
    """A page loads what is ours, runs scripts that carry its nonce, and sends forms to where it came from."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src {images}; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class Headers:
    """A route that sets `Cache-Control` or `Content-Security-Policy` itself knows better. `scope["csp_nonce"]` is there
    when a page was rendered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _completed(list(message.get("headers", ())), scope.get("csp_nonce"))
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _completed(headers: list[tuple[bytes, bytes]], nonce: str | None) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in headers}
    headers.extend(_ALWAYS)
    if b"cache-control" not in names:
        headers.append(_NOT_STORED)
    if b"content-security-policy" not in names:
        headers.append((_DATA[0], page_policy(nonce).encode()) if nonce else _DATA)
    return headers
