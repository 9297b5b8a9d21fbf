"""A request as the engine needs it: taken apart once, without a framework's objects."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from shared.problems import Problem
from shared.web.problems import ApiProblem, malformed

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 65_536
_MOST_PARAMETERS = 100
_HOST = re.compile(r"[A-Za-z0-9._\-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")

Pairs = list[tuple[str, str]]


@dataclass(slots=True)
class Asked:
    """`path` is what follows the base, in segments. `base` is the API's own address, as the caller wrote it."""

    method: str
    path: tuple[str, ...]
    headers: dict[bytes, bytes]
    query: str
    request_id: str | None

    def header(self, name: bytes) -> str | None:
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def parameters(self) -> Pairs:
        return pairs(self.query) if self.query else []


def asked(scope: Scope) -> Asked:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return Asked(
        scope["method"],
        tuple(path.strip("/").split("/")),
        dict(scope["headers"]),
        scope["query_string"].decode("latin-1"),
        scope.get("state", {}).get("request_id"),
    )


def base_of(scope: Scope, headers: dict[bytes, bytes]) -> str:
    """Without a slash at the end; 400 for a Host that is none: it goes into every link."""
    return _base(scope["scheme"], headers.get(b"host", b"").decode("latin-1"), scope.get("root_path", ""))


@lru_cache(maxsize=64)
def _base(scheme: str, host: str, root: str) -> str:
    if not _HOST.fullmatch(host):
        raise malformed("Host", "malformed", "The Host header is not a host.")
    return f"{scheme}://{host}{root}"


def pairs(text: str) -> Pairs:
    """400 for what is not text, or far too much of it."""
    try:
        found = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise malformed("query", "not-utf-8", "The parameters are not UTF-8.") from None
    except ValueError:
        raise malformed("query", "too-many", f"There are more than {_MOST_PARAMETERS} parameters.") from None
    if any("\0" in part for pair in found for part in pair):
        raise malformed("query", "null-character", "A parameter holds a null character.")
    return found


async def form(asked: Asked, receive: Receive) -> Pairs:
    """The parameters of a POST; 415 for another content type, 413 for more than 64 KiB."""
    content_type = (asked.header(b"content-type") or "").partition(";")[0].strip().lower()
    if content_type != FORM:
        reason = f"A search by POST is sent as {FORM}."
        raise ApiProblem(415, "Unsupported media type", [Problem("Content-Type", "unsupported", reason)])
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_FORM:
            raise ApiProblem(413, "Too large", [Problem("body", "too-large", "A search has at most 64 KiB.")])
    try:
        return pairs(body.decode("ascii"))
    except UnicodeDecodeError:
        raise malformed("body", "not-encoded", "A form's values are percent-encoded.") from None
