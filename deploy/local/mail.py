"""A real SMTP server that delivers to a folder: one `.eml` per message."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Folder:
    """What aiosmtpd calls for each message. It answers 250 once the message is in the folder, whole."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # its name
        name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{uuid.uuid4().hex}"
        unfinished = self._directory / f".{name}"
        unfinished.write_bytes(_with_envelope(envelope))
        unfinished.rename(self._directory / f"{name}.eml")
        return "250 Message accepted for delivery"


@asynccontextmanager
async def mail_catcher(directory: Path, port: int) -> AsyncIterator[None]:
    """On loopback, for as long as the block lasts."""
    folder = Folder(directory)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(folder, enable_SMTPUTF8=True, hostname="localhost"), "127.0.0.1", port
    )
    try:
        yield
    finally:
        server.close()


def _with_envelope(envelope: Envelope) -> bytes:
    """Whom it was really for stands in the envelope, not in the message."""
    content = envelope.content or b""
    body = content.encode() if isinstance(content, str) else content
    return b"X-Envelope-To: " + ", ".join(envelope.rcpt_tos).encode() + b"\r\n" + body
