"""Imports from sources, in the background: those that are due, and those that somebody asked for.

Any number of instances may do this. A source is due once, a run is taken once, and one whose instance died is taken up
again within a minute.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import uuid4

from services.referrals.directory.handlers.fetching import NONE, Published, published
from services.referrals.directory.handlers.importing import Follow, ImportFeed, import_feed, on_the_day
from services.referrals.directory.handlers.noting import noted
from services.referrals.directory.handlers.sources import SCHEDULE
from services.referrals.directory.outcome import Import, Progress, Report
from services.referrals.directory.source import due_after_failures, next_due
from services.referrals.directory.store import imports, runs, sources
from services.referrals.directory.store.runs import Asked
from services.referrals.directory.store.sources import Standing
from services.referrals.feeds import WronglyAsked
from shared.fetching import Inward, Unfetched, Validators
from shared.problems import Problem
from shared.storage.database import Away, Database, is_away
from shared.telemetry.logs import logger
from shared.telemetry.metrics import directory_alerts

_log = logger()
_LOOK, _TELL = 1.0, 0.5
"""Seconds between looks for what is due, and between words about how far an import is."""
_AT_ONCE = 4
"""Sources that are fetched at the same time."""
_FETCHED_WITHIN = 480.0
"""Seconds, all pages together."""
_WHOLE_EVERY_DAYS = 7
"""After so long all of a feed is read again, even if it says it is the same: what is in it may begin or end by date."""


@dataclass(frozen=True, slots=True)
class Running:
    database: Database
    follow: Follow
    inward: Inward
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """A list of the largest takes hundreds of megabytes while it is read: one at a time."""

    async def run(self) -> None:
        """Until it is cancelled. Some at a time: a server that drips holds up nobody else's list."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(self._run())

    async def _run(self) -> None:
        while True:
            try:
                await self.turn()
            except Away:
                _log.warning("directory.sources-waiting")
            await asyncio.sleep(_LOOK)

    async def turn(self) -> None:
        """All that is due and asked for at the moment."""
        await self._ask_for_due()
        while (asked := await self._taken()) is not None:
            await self._one(*asked)
        await self._count_alerts()

    async def _ask_for_due(self) -> None:
        async with self.database.work() as uow:
            for source in await sources.due(uow.connection, uow.now):
                await runs.ask(uow.connection, Asked(uuid4(), source.source_id, SCHEDULE, agreed=False), uow.now)
                await sources.put_off(uow.connection, source.source_id, next_due(source, uow.now))

    async def _taken(self) -> tuple[Asked, Standing] | None:
        async with self.database.work() as uow:
            asked = await runs.take(uow.connection, uow.now)
            source = asked and await sources.one(uow.connection, asked.source_id)
        return (asked, source) if asked and source else None

    async def _one(self, asked: Asked, source: Standing) -> None:
        progress = Progress("fetching")
        try:
            async with self._told(asked, progress), asyncio.timeout(_FETCHED_WITHIN):
                found = await published(source, _validators(asked, source), self.inward, progress)
        except (Unfetched, TimeoutError) as why:
            await self._not_fetched(asked, source, why)
            return
        try:
            async with self._told(asked, progress), self._reading:
                await self._read(asked, source, found, progress)
        except Exception as error:
            if is_away(error):
                raise
            _log.error("directory.import-failed", feed=source.feed, exc_info=error)
            await self._not_read(asked, source)

    async def _read(self, asked: Asked, source: Standing, found: Published, progress: Progress) -> None:
        """One transaction: the meetings, what is said of them, and that this run has ended."""
        async with self.database.work() as uow:
            await sources.was_there(uow.connection, source.source_id, uow.now)
            if found.body is None:
                on = on_the_day(uow.now, source.time_zone)
                same = await sources.unchanged(uow.connection, source.feed, on)
                report = {"new": 0, "changed": 0, "unchanged": same, "gone": 0, "refused": []}
                await noted(uow, self._import(asked, source, "applied", uow.now, report=report))
                return
            command = ImportFeed(
                source.feed,
                source.format,
                source.time_zone,
                found.body,
                found.formats,
                asked.by,
                asked.agreed,
                asked.run_id,
            )
            try:
                tried = await import_feed(uow, command, self.follow, progress)
            except WronglyAsked as wrong:
                problem = wrong.problems[0]
                await noted(uow, self._import(asked, source, "broken", uow.now, problem=problem))
                return
            if tried.outcome == "applied":
                await sources.applied(uow.connection, source.source_id, found.validators, uow.now)

    async def _not_read(self, asked: Asked, source: Standing) -> None:
        """A mistake of ours. Other feeds go on, and a person sees it."""
        problem = Problem("feed", "not-read", "It could not be read because of a mistake of ours, which is logged.")
        async with self.database.work() as uow:
            await noted(uow, self._import(asked, source, "broken", uow.now, problem=problem))

    async def _not_fetched(self, asked: Asked, source: Standing, why: Exception) -> None:
        code, reason = "too-late", f"The feed was not here after {_FETCHED_WITHIN:g} seconds."
        if isinstance(why, Unfetched):
            code, reason = why.code, why.reason
        async with self.database.work() as uow:
            failures = source.failures + 1
            await sources.failed(uow.connection, source.source_id, failures, due_after_failures(failures, uow.now))
            problem = Problem("url", code, reason)
            await noted(uow, self._import(asked, source, "unreachable", uow.now, problem=problem))

    def _import(
        self,
        asked: Asked,
        source: Standing,
        outcome: Literal["applied", "broken", "unreachable"],
        now: datetime,
        *,
        report: Report | None = None,
        problem: Problem | None = None,
    ) -> Import:
        return Import(source.feed, source.format, now, asked.by, outcome, report, problem, run_id=asked.run_id)

    @asynccontextmanager
    async def _told(self, asked: Asked, progress: Progress) -> AsyncIterator[None]:
        """Says meanwhile, apart from the import's own transaction, how far it is, which renews its lease."""
        telling = asyncio.create_task(self._tell(asked, progress))
        try:
            yield
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling

    async def _tell(self, asked: Asked, progress: Progress) -> None:
        while True:
            with suppress(*Away):
                async with self.database.work() as uow:
                    await runs.tell(uow.connection, asked.run_id, progress, uow.now)
            await asyncio.sleep(_TELL)

    async def _count_alerts(self) -> None:
        async with self.database.reading() as connection:
            waiting = await imports.waiting(connection)
        for outcome in ("held", "broken", "unreachable"):
            directory_alerts.labels(outcome).set(sum(tried.outcome == outcome for tried in waiting))


def _validators(asked: Asked, source: Standing) -> Validators:
    """None when a person asked: they want it read."""
    read = source.applied_at
    old = read is None or datetime.now(UTC) - read > timedelta(days=_WHOLE_EVERY_DAYS)
    return NONE if asked.by != SCHEDULE or old else source.validators
