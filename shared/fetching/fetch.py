"""One GET, its redirects followed a few times, each to an address that was looked at before it is asked."""

import asyncio
import ssl
import zlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import httpx

from shared.fetching.reach import Inward, Unfetched, addresses, check
from shared.fetching.unpacking import PACKED, Packed

_MIB = 1024 * 1024
# (bytes so far, bytes in all when the other side says so)
Progress = Callable[[int, int | None], None]
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """For the whole of it, redirects included; `size` in bytes as they are once unpacked (64 MiB is a feed's limit)."""

    seconds: float = 60
    size: int = 64 * _MIB
    redirects: int = 5


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Validators:
    """What the other side said with the last one, by which it tells whether there is a newer one (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is None when nothing is newer than what the validators were said with."""

    body: bytes | None
    validators: Validators


async def fetch(
    url: str,
    progress: Progress = lambda *_: None,
    *,
    inward: Inward = "never",
    limits: Limits = USUAL,
    validators: Validators = NONE,
) -> Fetched:
    """Unfetched when it does not answer, not with 200 or 304, too late or too much, or leads where it must not."""
    try:
        async with asyncio.timeout(limits.seconds):
            return await _followed(url, progress, inward, limits, validators)
    except TimeoutError:
        raise Unfetched("too-late", f"The feed was not here after {limits.seconds:g} seconds.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        where, _, _ = url.partition("?")
        raise Unfetched("no-answer", f"The feed does not answer at {where}: {_why(error)}.") from None
    except zlib.error:
        raise Unfetched("not-packed-so", "The feed is not packed as its server says.") from None


async def _followed(
    address: str, progress: Progress, inward: Inward, limits: Limits, validators: Validators
) -> Fetched:
    url, given = httpx.URL(address), None
    async with httpx.AsyncClient(timeout=limits.seconds, trust_env=False) as client:
        for _ in range(limits.redirects + 1):
            target = await addresses(url)
            given = target if given is None else given
            check(url, given, target, inward)
            response = await _asked(client, url, target, validators)
            try:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return await _fetched(response, progress, limits)
                url = url.join(response.headers["location"])
            finally:
                await response.aclose()
    raise Unfetched("too-many-redirects", f"The feed's address leads on more than {limits.redirects} times.")


async def _asked(
    client: httpx.AsyncClient, url: httpx.URL, target: Sequence[str], validators: Validators
) -> httpx.Response:
    """From the very addresses that were looked at: a name may lead elsewhere when it is asked again."""
    headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": ", ".join(PACKED), **validators.headers()}
    for number, address in enumerate(target, 1):
        pinned = url.copy_with(host=address.partition("%")[0], username=None, password=None)
        request = client.build_request("GET", pinned, headers=headers, extensions={"sni_hostname": url.host})
        try:
            return await client.send(request, stream=True, follow_redirects=False)
        except (httpx.ConnectError, httpx.ConnectTimeout):
            if number == len(target):
                raise
    raise Unfetched("no-host", f"There is no host {url.host}.")


def _why(error: Exception) -> str:
    if "certificate" in str(error).lower():
        return "its certificate is not one to trust"
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
        return "it hung up before it had said all"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return "it is not an address of the web"
    return "no connection came about"


async def _fetched(response: httpx.Response, progress: Progress, limits: Limits) -> Fetched:
    if response.status_code == 304:
        return Fetched(None, _validators(response))
    if response.status_code != 200:
        raise Unfetched("not-ok", f"The feed's address answers HTTP {response.status_code}.")
    packed, length = response.headers.get("content-encoding", ""), response.headers.get("content-length", "")
    if packed not in ("", "identity", *PACKED):
        raise Unfetched("packed", f"The feed comes packed as {packed}; {' and '.join(PACKED)} are unpacked.")
    whole, body = int(length) if length.isdecimal() and packed not in PACKED else None, bytearray()
    async with aclosing(_content(response, packed)) as pieces:
        async for piece in pieces:
            body += piece
            if len(body) > limits.size:
                raise Unfetched("too-large", f"The feed is larger than {limits.size / _MIB:g} MiB.")
            progress(len(body), whole)
    return Fetched(bytes(body), _validators(response))


async def _content(response: httpx.Response, packed: str) -> AsyncGenerator[bytes]:
    if packed not in PACKED:
        async for part in response.aiter_raw(_MIB):
            yield part
        return
    stream = Packed(packed)
    async for part in response.aiter_raw():
        for piece in stream.pieces(part):
            yield piece
    if not stream.ended:
        raise Unfetched("cut-off", "The feed ended in the middle.")


def _validators(response: httpx.Response) -> Validators:
    return Validators(response.headers.get("etag"), response.headers.get("last-modified"))
