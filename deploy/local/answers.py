"""Asks a part of the local run whether it is ready, without loading an HTTP library for it."""

import asyncio
import json

WITHIN = 2.0
"""Seconds. A part that takes longer is asked again."""


async def answer(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a GET on loopback. Raises OSError or TimeoutError if nothing sensible comes back."""
    async with asyncio.timeout(WITHIN):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
    words = head.split(b" ", 2)
    if len(words) < 2 or not words[1].isdigit():
        raise ConnectionError(f"no HTTP on port {port}")
    return int(words[1]), body


async def answers(port: int, path: str) -> bool:
    try:
        status, _ = await answer(port, path)
    except (OSError, TimeoutError):
        return False
    return status == 200


async def missing(port: int) -> str:
    """What a service says it waits for, in words for a person."""
    try:
        _, body = await answer(port, "/health/ready")
        return ", ".join(json.loads(body)["missing"])
    except (OSError, TimeoutError, ValueError, KeyError, TypeError):
        return "no answer"
