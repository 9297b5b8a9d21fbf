"""A plain HTTP/1.1 load: connections that each send the next request when the answer is there."""

import asyncio
import re
from collections.abc import Callable
from time import perf_counter

_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


class _Connection(asyncio.Protocol):
    def __init__(self, following: Callable[[], bytes | None], expected: int) -> None:
        self._following = following
        self._expected = b"HTTP/1.1 %d " % expected
        self._received = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found:
            return
        length = _LENGTH.search(head)
        if len(body) < (int(length[1]) if length else 0):
            return
        if not head.startswith(self._expected):
            self.done.set_exception(RuntimeError(f"answered {self._received[:400]!r}"))
            self._transport.close()
            return
        self._received = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or RuntimeError("the server hung up"))

    def _send(self) -> None:
        request = self._following()
        if request is not None:
            self._transport.write(request)
        elif not self.done.done():
            self.done.set_result(None)
            self._transport.close()


async def load(
    port: int, request: Callable[[int], bytes], *, expected: int, seconds: float, connections: int
) -> tuple[int, float]:
    """How many were answered, in how many seconds. `request` gives the bytes of the n-th."""
    sent, until, began = 0, perf_counter() + seconds, perf_counter()

    def following() -> bytes | None:
        nonlocal sent
        if perf_counter() > until:
            return None
        sent += 1
        return request(sent)

    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: _Connection(following, expected), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in made))
    return sent, perf_counter() - began
