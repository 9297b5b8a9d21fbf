"""Whether two answers tell anything apart: all that they say, but for what must differ."""

import re
from collections.abc import Mapping
from urllib.parse import quote

import httpx

Asked = Mapping[str, object]
"""What was asked for, by name: it may come back in the answer."""


def alike(answer: httpx.Response, asked: Asked) -> tuple[int, list[tuple[str, str]], str]:
    """Without the address asked for, what was asked for, the request's own id, a page's nonce, and lengths."""
    path, names = answer.request.url.path, {**asked, "request": answer.headers["x-request-id"]}
    own = {"x-request-id", "content-length"}
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in own)
    plain = [(name, _plain(value, path, names)) for name, value in headers]
    return answer.status_code, plain, _plain(answer.text, path, names)


def _plain(text: str, path: str, names: Asked) -> str:
    text = re.sub(r"nonce(=\"|-)[A-Za-z0-9+/=_-]+", "nonce", text)
    text = text.replace(path, "PATH").replace(quote(path, safe=""), "PATH")
    for value in sorted({str(value) for value in names.values()}, key=len, reverse=True):
        text = text.replace(value, "ID").replace(quote(value, safe=""), "ID") if len(value) > 8 else text
    return text
