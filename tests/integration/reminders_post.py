"""A real mail server for the tests that can also misbehave, and workers that hand their messages in there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from services.reminders.settings import PostOffice
from services.reminders.worker import Worker
from shared.storage.database import Database

SENDER = "notes@post.example"


@dataclass
class Mailbox:
    """`recipient` and `content` are its answers. It may take the message and never answer, hang up, or answer only
    when the gate opens."""

    recipient: str = "250 OK"
    content: str = "250 OK"
    silent: bool = False
    gate: asyncio.Event | None = None
    hangs_up: bool = False
    received: list[bytes] = field(default_factory=list)
    asked: int = 0
    port: int = 0

    @property
    def office(self) -> PostOffice:
        return PostOffice("127.0.0.1", self.port, SENDER, "Northside")

    @property
    def mail(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.received]

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:
        self.asked += 1
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        if isinstance(envelope.content, bytes):
            self.received.append(envelope.content)
        if self.hangs_up and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        if self.silent:
            await asyncio.Event().wait()
        if self.gate is not None:
            await self.gate.wait()
        return self.content


@asynccontextmanager
async def open_mailbox(**answers: Any) -> AsyncIterator[Mailbox]:  # noqa: ANN401 - a Mailbox's fields
    mailbox = Mailbox(**answers)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, hostname="post.example", loop=loop), "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()


@asynccontextmanager
async def working(
    database: Database, office: PostOffice, now: datetime, workers: int = 1
) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Workers for whom it is always `now`."""
    tasks = [asyncio.create_task(Worker(database, office, lambda: now).run()) for _ in range(workers)]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
