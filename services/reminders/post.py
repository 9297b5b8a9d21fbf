"""Handing a message to the mail server, and knowing how far it got: that decides whether it may be tried again."""

import asyncio
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from services.reminders.letters import Letter, domain_of
from services.reminders.settings import PostOffice
from shared.telemetry.logs import logger

if TYPE_CHECKING:
    import aiosmtplib

log = logger()
_PREPARING = 60.0
"""Seconds for everything up to the recipient; a server that is slower counts as shut."""
_ANSWERING = 300.0
"""Seconds for the message itself and the server's answer to it, which may read it first (RFC 5321, 4.5.3.2.6)."""
_FAREWELL = 5.0


class Outcome(StrEnum):
    """`NOT_TAKEN`: the server never had it. `UNANSWERED`: it had it, and nobody knows what became of it."""

    DELIVERED = "delivered"
    NOT_TAKEN = "not-taken"
    RECIPIENT_REFUSED = "recipient-refused"
    MESSAGE_REFUSED = "message-refused"
    UNANSWERED = "unanswered"


class Post:
    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def send(self, letter: Letter) -> Outcome:
        """Never raises what network or server do, and says how far it got even when it is cancelled."""
        # Loaded with the first message: starting up should cost little.
        import aiosmtplib

        server = aiosmtplib.SMTP(
            hostname=self._office.host, port=self._office.port, local_hostname=domain_of(self._office.sender)
        )
        try:
            return await self._prepare(server, letter) or await _hand_over(server, letter)
        finally:
            server.close()

    async def _prepare(self, server: "aiosmtplib.SMTP", letter: Letter) -> Outcome | None:
        """Everything before the message itself. None: the server waits for that."""
        from aiosmtplib import SMTPException, SMTPRecipientRefused

        try:
            async with asyncio.timeout(_PREPARING):
                await server.connect()
                await server.mail(self._office.sender)
                await server.rcpt(letter.address)
        except SMTPRecipientRefused as refusal:
            return _noted(letter, refusal, Outcome.RECIPIENT_REFUSED if refusal.code >= 500 else Outcome.NOT_TAKEN)
        except (SMTPException, OSError, asyncio.CancelledError) as failure:
            return _noted(letter, failure, Outcome.NOT_TAKEN)
        return None


async def _hand_over(server: "aiosmtplib.SMTP", letter: Letter) -> Outcome:
    from aiosmtplib import SMTPDataError, SMTPException

    try:
        async with asyncio.timeout(_ANSWERING):
            await server.data(letter.content, timeout=_ANSWERING)
    except SMTPDataError as answer:
        return _noted(letter, answer, _refused(answer.code))
    except (SMTPException, OSError, asyncio.CancelledError) as failure:
        return _noted(letter, failure, Outcome.UNANSWERED)
    with suppress(SMTPException, OSError, asyncio.CancelledError):
        await server.quit(timeout=_FAREWELL)
    return Outcome.DELIVERED


def _refused(code: int) -> Outcome:
    """What the server answered instead of 354 or 250. Below 400 it makes no sense, so nobody knows."""
    if code >= 500:
        return Outcome.MESSAGE_REFUSED
    return Outcome.NOT_TAKEN if code >= 400 else Outcome.UNANSWERED


def _noted(letter: Letter, failure: BaseException, outcome: Outcome) -> Outcome:
    status, error = getattr(failure, "code", None), type(failure).__name__
    log.warning("post.failed", message=letter.message_id, status=status, error=error, outcome=outcome.value)
    return outcome
