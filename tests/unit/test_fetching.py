"""Where an address may lead, and how what it sends is unpacked."""

import gzip
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from shared.fetching import Inward, Limits, Unfetched, Validators, fetch
from shared.fetching.reach import is_public, may_lead
from shared.fetching.unpacking import Packed
from tests.publisher import Publisher, published

PUBLIC, MIXED, HOME, NEXT_DOOR = ["93.184.216.34"], ["93.184.216.34", "10.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
        "fc00::1",
        "169.254.169.254",
        "192.168.1.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "::",
        "100.64.0.1",
        "224.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
    ],
)
def test_an_address_of_ones_own_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_others_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("given", "target", "inward", "leads"),
    [
        (PUBLIC, PUBLIC, "never", True),
        (PUBLIC, HOME, "never", False),
        (HOME, HOME, "never", False),
        (NEXT_DOOR, NEXT_DOOR, "never", False),
        (PUBLIC, MIXED, "never", False),
        (HOME, HOME, "loopback", True),
        (PUBLIC, HOME, "loopback", True),
        (HOME, NEXT_DOOR, "loopback", False),
        (HOME, [*HOME, *NEXT_DOOR], "loopback", False),
        (HOME, NEXT_DOOR, "as given", True),
        (NEXT_DOOR, PUBLIC, "as given", True),
        (PUBLIC, NEXT_DOOR, "as given", False),
        (PUBLIC, MIXED, "as given", False),
    ],
)
def test_an_address_leads_inward_only_where_that_is_meant(
    given: list[str], target: list[str], inward: Inward, leads: bool
) -> None:
    assert may_lead(given, target, inward) is leads


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_unpacked_a_mebibyte_at_a_time(pack: Callable[[bytes], bytes]) -> None:
    bomb = Packed("gzip" if pack is gzip.compress else "deflate")
    sizes = [len(piece) for piece in bomb.pieces(pack(b"0" * 20_000_000))]
    assert sum(sizes) == 20_000_000
    assert max(sizes) <= 1024 * 1024
    assert bomb.ended


def test_packed_files_one_behind_the_other_are_one() -> None:
    packed = Packed("gzip")
    together = b"".join(packed.pieces(gzip.compress(b"one,") + gzip.compress(b"two")))
    assert together == b"one,two"


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    async with published() as opened:
        yield opened


async def problem(url: str, **said: Any) -> str:  # noqa: ANN401  # any argument of fetch
    with pytest.raises(Unfetched) as refused:
        await fetch(url, **said)
    return refused.value.code


async def test_what_is_not_newer_is_not_sent_again(publisher: Publisher) -> None:
    publisher.answers("/feed", b"[]", etag='"one"')
    first = await fetch(publisher.at("/feed"), inward="loopback")
    assert (first.body, first.validators) == (b"[]", Validators(etag='"one"'))
    assert (await fetch(publisher.at("/feed"), inward="loopback", validators=first.validators)).body is None
    assert publisher.asked[-1]["if-none-match"] == '"one"'


async def test_a_host_is_asked_by_its_name_at_the_address_that_was_looked_at(publisher: Publisher) -> None:
    publisher.answers("/feed", b"[]")
    await fetch(publisher.at("/feed").replace("127.0.0.1", "localhost"), inward="loopback")
    assert publisher.asked[-1]["host"].startswith("localhost:")


async def test_this_machine_is_not_asked_unless_that_is_allowed(publisher: Publisher) -> None:
    publisher.answers("/feed", b"[]")
    publisher.redirects("/inside", "http://10.255.255.1/feed")
    assert await problem(publisher.at("/feed")) == "private-network"
    assert await problem(publisher.at("/inside"), inward="loopback") == "private-network"
    assert await problem("http://93.184.216.34/", inward="loopback") == "not-https"
    assert len(publisher.asked) == 1, "the redirect alone was asked for"


async def test_a_bomb_is_left_at_the_limit(publisher: Publisher) -> None:
    publisher.answers("/bomb", gzip.compress(b" " * 50_000_000), content_encoding="gzip")
    publisher.answers("/half", gzip.compress(b"[1, 2, 3]")[:-9], content_encoding="gzip")
    publisher.answers("/other", b"[1, 2, 3]", content_encoding="gzip")
    limits = Limits(size=2_000_000)
    assert await problem(publisher.at("/bomb"), inward="loopback", limits=limits) == "too-large"
    assert await problem(publisher.at("/half"), inward="loopback") == "cut-off"
    assert await problem(publisher.at("/other"), inward="loopback") == "not-packed-so"
