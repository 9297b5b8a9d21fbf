"""What sends messages when their moment has come. Any number may work side by side, in one process or in several."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from secrets import randbits

from services.reminders.domain.contact import Contact
from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.sending import Settle
from services.reminders.handlers import sending
from services.reminders.handlers.sending import Taken
from services.reminders.letters import Letter, compose
from services.reminders.post import Outcome, Post
from services.reminders.settings import PostOffice
from services.reminders.store.presence import Presence
from shared.storage.database import Away, Database, UnitOfWork
from shared.telemetry.logs import logger

log = logger()
Clock = Callable[[], datetime]
_HANDS = 4
_GLANCE = 2.0
"""Seconds between two looks for something to do."""
_FAREWELL = 6.0
"""Seconds that a message in hand has when the service is told to stop."""

_ENDS = {
    Outcome.DELIVERED: Settle(State.SENT),
    Outcome.RECIPIENT_REFUSED: Settle(State.UNDELIVERABLE, Reason.RECIPIENT_REFUSED),
    Outcome.MESSAGE_REFUSED: Settle(State.UNDELIVERABLE, Reason.MESSAGE_REFUSED),
    Outcome.UNANSWERED: Settle(State.UNKNOWN, Reason.NO_ANSWER),
}


def utc_now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """`clock` says what time it is; nothing else here asks."""

    def __init__(self, database: Database, office: PostOffice, clock: Clock = utc_now) -> None:
        self._database = database
        self._office = office
        self._post = Post(office)
        self._clock = clock
        self._number = randbits(62)
        self._bell = asyncio.Event()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until it is cancelled; what is in hand then gets a moment to be finished."""
        self._stopping.clear()
        async with Presence(self._database.url, self._number) as presence:
            hands = [asyncio.create_task(self._until_stopped(self._send_what_is_due)) for _ in range(_HANDS)]
            try:
                await self._until_stopped(lambda: self._look_around(presence))
            finally:
                await self._stop(hands)

    async def _stop(self, hands: Sequence[asyncio.Task[None]]) -> None:
        self._stopping.set()
        self._bell.set()
        _, late = await asyncio.wait(hands, timeout=_FAREWELL)
        for hand in late:
            hand.cancel()  # it still says how far it got
        await asyncio.wait(hands, timeout=_FAREWELL)

    async def _until_stopped(self, work: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            try:
                await work()
                continue
            except Away as away:
                log.warning("database.away", error=type(away).__name__)
            except Exception:
                log.exception("sending.failed")
            await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), _GLANCE)

    async def _look_around(self, presence: Presence) -> None:
        """One pair of eyes for all hands."""
        await presence.renew()
        async with self._database.work() as uow:
            uow.now = self._clock()
            due = await sending.tidy(uow, self._number)
        if due:
            self._bell.set()
        await self._rest()

    async def _send_what_is_due(self) -> None:
        await self._bell.wait()
        while not self._stopping.is_set() and (taken := await self._take()):
            outcome = await self._post.send(taken.letter)
            await self._record(taken, outcome, self._clock())
        self._bell.clear()

    async def _take(self) -> Taken | None:
        async with self._database.work() as uow:
            uow.now = self._clock()
            return await sending.take(uow, self._number, self._compose)

    async def _record(self, taken: Taken, outcome: Outcome, at: datetime) -> None:
        """However long the database is away: once this is known it must not be forgotten."""
        while True:
            try:
                async with self._database.work() as uow:
                    uow.now = self._clock()
                    return await _settle(uow, taken, outcome, at)
            except Exception as error:
                log.exception("message.not-recorded", message=taken.message.message_id, error=type(error).__name__)
            await asyncio.sleep(1)

    def _compose(self, message: Message, contact: Contact) -> Letter:
        return compose(self._office, message, contact, self._clock())


async def _settle(uow: UnitOfWork, taken: Taken, outcome: Outcome, at: datetime) -> None:
    if outcome is Outcome.NOT_TAKEN:
        await sending.put_back(uow, taken)
    else:
        await sending.settle(uow, taken, _ENDS[outcome], at)
