"""What operations may do with parked events and dead letters: their own provider's, and those of nobody's.

Each look at one and each act is audited; what a record says about a person is not shown to anybody here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from starlette.requests import Request

from shared.messaging.retries import Retried, Retries
from shared.problems import Problem
from shared.storage import deadletters, parked
from shared.storage.audit import AuditLog
from shared.storage.database import Database
from shared.storage.deadletters import DeadLetter
from shared.storage.parked import Parked
from shared.telemetry.logs import logger
from shared.web.identity import Person
from shared.web.problems import not_found

_log = logger()


@dataclass(frozen=True, slots=True)
class Stuck:
    """For one request of one operator."""

    operator: Person
    database: Database
    retries: Retries
    audit: AuditLog
    request_id: str | None

    async def parked(self) -> list[Parked]:
        """Oldest first."""
        async with self.database.reading() as connection:
            return [_told(row) for row in await parked.listed(connection, self.operator.provider)]

    async def dead_letters(self) -> list[DeadLetter]:
        """Newest first."""
        async with self.database.reading() as connection:
            return [_told(row) for row in await deadletters.listed(connection, self.operator.provider)]

    async def one_parked(self, seq: int) -> tuple[Parked, int]:
        """And how many of its client wait behind it. 404 for another provider's."""
        row, behind = await self._parked(seq)
        await self._note("read", *_parked_subject(row))
        return _told(row), behind

    async def one_dead_letter(self, letter: UUID) -> DeadLetter:
        row = await self._dead_letter(letter)
        await self._note("read", f"dead-letter/{letter}", row.client)
        return _told(row)

    async def looked_for(self, one: UUID, clients: Collection[UUID]) -> None:
        """Notes that the way of events was searched by this id, and about whom they were."""
        about = next(iter(clients)) if len(clients) == 1 else None
        await self._note("search", f"events/{one}", about)

    async def retry(self, seq: int) -> Retried:
        row, _ = await self._parked(seq)
        await self._note("retry", *_parked_subject(row))
        return await self.retries.retry(seq)

    async def discard(self, seq: int) -> bool:
        row, _ = await self._parked(seq)
        await self._note("discard", *_parked_subject(row))
        return await self.retries.discard(seq)

    async def replay(self, letter: UUID) -> Problem | None:
        row = await self._dead_letter(letter)
        await self._note("replay", f"dead-letter/{letter}", row.client)
        return await self.retries.replay(letter)

    async def _parked(self, seq: int) -> tuple[Parked, int]:
        async with self.database.work() as uow:
            row = await parked.row(uow.connection, seq)
            if row is None or not self._may_see(row.provider):
                raise not_found("There is no such parked event; it may have been applied meanwhile.", "seq")
            of_key = await parked.of_key(uow.connection, row.topic, row.key)
        return row, sum(1 for other in of_key if other.seq > seq)

    async def _dead_letter(self, letter: UUID) -> DeadLetter:
        async with self.database.work() as uow:
            row = await deadletters.row(uow.connection, letter)
        if row is None or not self._may_see(row.provider):
            raise not_found("There is no such dead letter; it may have been replayed, or be older than 14 days.", "id")
        return row

    def _may_see(self, provider: str | None) -> bool:
        return provider is None or provider == self.operator.provider

    async def _note(self, action: str, subject: str, client: UUID | None) -> None:
        operator = self.operator
        await self.audit.note(
            operator.actor, operator.provider, action, subject, client=client, request_id=self.request_id
        )
        _log.info("stuck.acted", action=action, client=client)


Row = TypeVar("Row", Parked, DeadLetter)


def _told(row: Row) -> Row:
    """Nobody's row is shown to every provider's operations, so not the client it may be about."""
    return row if row.provider else replace(row, client=None)


def _parked_subject(row: Parked) -> tuple[str, UUID | None]:
    return f"parked/{row.topic}/{row.event_id}", row.client


def stuck(request: Request, operator: Person) -> Stuck:
    state = request.app.state
    return Stuck(operator, state.database, state.messaging.retries, state.audit, request.state.request_id)
