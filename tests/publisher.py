"""Somebody who publishes feeds: a small HTTP server on loopback that answers what a test told it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass
class Publisher:
    """`asked` are the headers of each request, names in lower case; `path` is among them.

    Unless `answering` is set it hears what it is asked, and waits.
    """

    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    _pages: dict[str, tuple[str, dict[str, str], bytes]] = field(default_factory=dict)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answers(self, path: str, body: bytes, status: str = "200 OK", **headers: str) -> None:
        """`headers` by their names, with underscores; with an etag, whoever names it is answered 304."""
        self._pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def redirects(self, path: str, location: str) -> None:
        self.answers(path, b"", "302 Found", location=location)

    def reply(self, request: dict[str, str]) -> bytes:
        status, headers, body = self._pages.get(request["path"], ("404 Not Found", {}, b""))
        if "etag" in headers and request.get("if-none-match") == headers["etag"]:
            status, body = "304 Not Modified", b""
        said = headers | {"content-length": str(len(body)), "connection": "close"}
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in said.items()), "", ""]
        return "\r\n".join(lines).encode() + body


@asynccontextmanager
async def published() -> AsyncIterator[Publisher]:
    publisher = Publisher()
    publisher.answering.set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        request = {"path": first.split(" ")[1]}
        request |= {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        publisher.asked.append(request)
        await publisher.answering.wait()
        writer.write(publisher.reply(request))
        try:
            await writer.drain()
            writer.close()
        except OSError:
            pass  # who asked has gone

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        publisher.port = server.sockets[0].getsockname()[1]
        yield publisher
