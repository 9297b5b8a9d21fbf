"""Where a browser is sent back to."""

import pytest
from starlette.requests import Request

from shared.web.addresses import OwnAddress


def asked(host: str) -> Request:
    return Request({"type": "http", "headers": [(b"host", host.encode())]})


@pytest.mark.parametrize("host", ["localhost:8402", "127.0.0.1:8402", "[::1]:8402"])
def test_on_this_machine_the_name_that_the_browser_used_counts(host: str) -> None:
    address = OwnAddress("http://localhost:8402")
    assert address.of(asked(host)) == f"http://{host}"
    assert not address.secure


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "", "a b", "127.0.0.1@evil.example", "[::1"]
)
def test_a_name_that_somebody_made_up_never_counts(host: str) -> None:
    assert OwnAddress("http://localhost:8402").of(asked(host)) == "http://localhost:8402"


def test_behind_a_public_address_only_that_one_counts() -> None:
    address = OwnAddress("https://journal.example")
    assert address.of(asked("localhost:8402")) == "https://journal.example"
    assert address.secure
