"""Fetching a file from an address that somebody gave: for a minute at most, so much at most, and not from in here."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

import httpx

from shared.cli.failing import Failed

_MIB = 1024 * 1024
# What unpacks at most a thousandfold; one inside the other, or newer ones, may fill the memory with a single part.
_PACKED = ("gzip", "deflate")
# (bytes so far, bytes in all when the other side says so)
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """For the whole of it, redirects included; `size` in bytes as they are once unpacked (64 MiB is a feed's limit)."""

    seconds: float = 60
    size: int = 64 * _MIB
    redirects: int = 5


def fetch(url: str, progress: Progress, limits: Limits = Limits()) -> bytes:
    """Failed when it does not answer, not with 200, too late or too much, or leads into a private network."""
    try:
        return asyncio.run(_within(url, progress, limits))
    except TimeoutError:
        raise Failed(f"The feed was not here after {limits.seconds:g} seconds.") from None
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        where, _, _ = url.partition("?")
        raise Failed(f"The feed does not answer at {where} ({type(error).__name__}).") from None


def may_follow(given: Sequence[str], target: Sequence[str]) -> bool:
    """Whether a redirect may lead from the IP addresses of the given host to the target's.

    A public address must not make this machine ask its own network; who gave a private one means that network.
    """
    return all(map(_is_public, target)) or not all(map(_is_public, given))


async def _within(url: str, progress: Progress, limits: Limits) -> bytes:
    async with asyncio.timeout(limits.seconds), httpx.AsyncClient(timeout=limits.seconds, trust_env=False) as client:
        given: Sequence[str] = ()
        request = client.build_request("GET", url, headers={"Accept-Encoding": ", ".join(_PACKED)})
        for _ in range(limits.redirects + 1):
            response = await client.send(request, stream=True)
            try:
                if response.next_request is None:
                    return await _content(response, progress, limits)
            finally:
                await response.aclose()
            given = given or await _addresses(request.url)
            request = response.next_request
            if not may_follow(given, await _addresses(request.url)):
                raise Failed(f"The feed's address leads to {request.url.host}, which is in a private network.")
    raise Failed(f"The feed's address leads on more than {limits.redirects} times.")


async def _content(response: httpx.Response, progress: Progress, limits: Limits) -> bytes:
    if response.status_code != 200:
        raise Failed(f"The feed's address answers HTTP {response.status_code}.")
    packed, length = response.headers.get("content-encoding", ""), response.headers.get("content-length", "")
    if packed not in ("", "identity", *_PACKED):
        raise Failed(f"The feed comes packed as {packed}; {' and '.join(_PACKED)} are unpacked.")
    whole, body = int(length) if length.isdecimal() and packed not in _PACKED else None, bytearray()
    async for part in response.aiter_bytes(_MIB):
        body += part
        if len(body) > limits.size:
            raise Failed(f"The feed is larger than {limits.size / _MIB:g} MiB.")
        progress(len(body), whole)
    return bytes(body)


async def _addresses(url: httpx.URL) -> Sequence[str]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Failed(f"There is no host {url.host} ({error.strerror}).") from None
    return [str(address[0]) for *_, address in found]


def _is_public(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    return (getattr(ip, "ipv4_mapped", None) or ip).is_global and not ip.is_multicast
