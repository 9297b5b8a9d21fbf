"""Fetching a feed from an address, against a server on loopback."""

import gzip
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from shared.cli.failing import Failed
from shared.cli.fetching import fetch
from shared.fetching import Limits

USUAL = Limits()
FEED = b"[" + b" " * 3_000_000 + b"]"


class Publisher(BaseHTTPRequestHandler):
    REDIRECTS: ClassVar = {"/moved": "/feed", "/round": "/round", "/away": "ftp://127.0.0.1/feed"}

    def do_GET(self) -> None:
        match self.path:
            case "/feed":
                self._answer(200, FEED)
            case "/packed":
                self._answer(200, gzip.compress(FEED), ("Content-Encoding", "gzip"))
            case "/bomb":
                self._answer(200, gzip.compress(gzip.compress(FEED)), ("Content-Encoding", "gzip, gzip"))
            case "/slow":
                self._trickle()
            case "/hangs-up":
                self.close_connection = True
            case path if path in self.REDIRECTS:
                self._answer(302, b"", ("Location", self.REDIRECTS[path]))
            case _:
                self._answer(404, b"")

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _trickle(self) -> None:
        """A byte now and then: no single wait is long."""
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            pass  # who asked has gone

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def publisher() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Publisher) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def fetched(url: str, limits: Limits = USUAL) -> tuple[bytes, list[tuple[int, int | None]]]:
    steps: list[tuple[int, int | None]] = []
    return fetch(url, lambda *step: steps.append(step), limits), steps


def test_a_feed_is_fetched_and_how_far_it_is_is_told(publisher: str) -> None:
    body, steps = fetched(f"{publisher}/feed")
    assert body == FEED
    assert steps[-1] == (len(FEED), len(FEED))
    assert len(steps) > 1


def test_of_a_packed_feed_is_not_told_how_much_is_to_come(publisher: str) -> None:
    body, steps = fetched(f"{publisher}/packed")
    assert body == FEED
    assert steps[-1] == (len(FEED), None)


def test_a_redirect_is_followed(publisher: str) -> None:
    assert fetched(f"{publisher}/moved")[0] == FEED


@pytest.mark.parametrize("path", ["feed", "packed"])
def test_more_than_the_limit_is_refused_also_when_it_comes_packed(publisher: str, path: str) -> None:
    with pytest.raises(Failed, match=r"larger than 2 MiB"):
        fetched(f"{publisher}/{path}", Limits(size=2 * 1024 * 1024))


def test_a_server_that_never_ends_is_left_in_time(publisher: str) -> None:
    began = time.monotonic()
    with pytest.raises(Failed, match=r"not here after 0\.3 seconds"):
        fetched(f"{publisher}/slow", Limits(seconds=0.3))
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("none", "HTTP 404"),
        ("bomb", "packed as gzip, gzip"),
        ("round", "leads on more than 5 times"),
        ("away", "not one of the web"),
        ("hangs-up", "it hung up before it had said all"),
    ],
)
def test_what_leads_nowhere_is_said_in_words(publisher: str, path: str, why: str) -> None:
    with pytest.raises(Failed, match=why):
        fetched(f"{publisher}/{path}")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/feed", "http://", "https://[broken/feed"])
def test_an_address_where_nobody_answers_is_said_in_words(url: str) -> None:
    with pytest.raises(Failed, match=r"does not answer|not one of the web|no host"):
        fetched(url)
