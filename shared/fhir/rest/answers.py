"""What goes back: status, headers and one buffer."""

from dataclasses import dataclass

from starlette.types import Send

from shared.fhir.rest.outcomes import CONTENT_TYPE

Headers = list[tuple[bytes, bytes]]

_TYPE = (b"content-type", CONTENT_TYPE.encode())
# May be kept by the caller, who asks each time whether it still stands: it may have been withdrawn.
_KEPT = (b"cache-control", b"private, no-cache")


@dataclass(slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes = b""

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


def content(body: bytes, headers: Headers | None = None) -> Answer:
    return Answer(200, [_TYPE, _KEPT, (b"content-length", str(len(body)).encode()), *(headers or ())], body)


def not_modified(headers: Headers) -> Answer:
    return Answer(304, [_KEPT, *headers])
