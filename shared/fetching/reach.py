"""Where an address may lead: what is asked by this machine may be nobody else's to ask."""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal

import httpx

Inward = Literal["never", "loopback", "as given"]
"""What leads into a private network: never; this machine alone; or anywhere, when the address that was given does."""
_NAT64 = IPv6Network("64:ff9b::/96")


class Unfetched(Exception):
    """It was not fetched. `code` is stable, `reason` a sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


async def addresses(url: httpx.URL) -> Sequence[str]:
    """The IP addresses of its host; Unfetched when there are none."""
    if url.scheme not in ("https", "http") or not url.host:
        raise Unfetched("no-address", "The address is not one of the web: it begins with https://.")
    port = url.port or {"https": 443, "http": 80}[url.scheme]
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfetched("no-host", f"There is no host {url.host}.") from None
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def check(url: httpx.URL, given: Sequence[str], target: Sequence[str], inward: Inward) -> None:
    """Unfetched when the IP addresses of `url` (`target`) are not to be asked; `given` are the first address' own.

    All of them: which one is asked is the resolver's choice.
    """
    if not may_lead(given, target, inward):
        raise Unfetched("private-network", f"The feed's address leads to {url.host}, which is in a private network.")
    at_home = inward == "loopback" and all(map(_is_loopback, target))
    if url.scheme != "https" and inward != "as given" and not at_home:
        raise Unfetched("not-https", f"{url.host} is asked without TLS: the address has to begin with https://.")


def may_lead(given: Sequence[str], target: Sequence[str], inward: Inward) -> bool:
    """A public address must not make this machine ask its own network; a person who gave a private one means that."""
    if all(map(is_public, target)):
        return True
    if inward == "as given":
        return not all(map(is_public, given))
    return inward == "loopback" and all(map(_is_loopback, target))


def is_public(address: str) -> bool:
    ip = _ip(address)
    return ip.is_global and not ip.is_multicast


def _is_loopback(address: str) -> bool:
    return _ip(address).is_loopback


def _ip(address: str) -> IPv4Address | IPv6Address:
    """The IPv4 address that one of IPv6 stands for, if it does."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
