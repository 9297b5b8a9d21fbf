"""Importing a feed: read, compared with what is listed, and taken as one change or not at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from services.referrals.directory.handlers.noting import noted
from services.referrals.directory.handlers.saying import say_listed
from services.referrals.directory.outcome import Import, Progress, Report
from services.referrals.directory.store import imports, listed, sources
from services.referrals.domain.meeting_changes import Change
from services.referrals.feeds import BrokenFeed, Comparison, Parsed, WronglyAsked, compare, parse
from shared.meetings.zones import is_zone, zone
from shared.problems import Problem
from shared.storage.database import Connection, UnitOfWork


@dataclass(frozen=True, slots=True)
class ImportFeed:
    """`time_zone` holds where a line names none; `formats` is what a BMLT server answers to `GetFormats`.

    `agreed`: a person has looked at what was held, and wants it all the same. `run_id`: the job it is, from a source;
    there it holds for what would do the same as what they looked at.
    """

    feed: str
    format: str
    time_zone: str
    body: bytes
    formats: bytes | None
    by: str
    agreed: bool
    run_id: UUID | None = None


_SAID_AT_ONCE = 5000
"""Events that are held in memory before they are written."""
Follow = Callable[[UnitOfWork, Sequence[Change]], Awaitable[None]]
"""Tells whoever plans to go to a meeting what has changed about it, in the same transaction."""


async def import_feed(uow: UnitOfWork, command: ImportFeed, follow: Follow, progress: Progress | None = None) -> Import:
    """Says `meeting.listed` of what is new, changed or gone (3-fama, *Meetings*). WronglyAsked is raised.

    A feed that is broken or looks wrong changes nothing; that is noted, so that a person sees it.
    """
    progress = progress or Progress()
    digest = await asyncio.to_thread(lambda: sha256(command.body).digest())
    tried = partial(Import, command.feed, command.format, uow.now, command.by, digest=digest, run_id=command.run_id)
    progress.phase = "reading"
    try:
        parsed = await asyncio.to_thread(_read, command, uow.now)
    except WronglyAsked:
        raise
    except BrokenFeed as broken:
        left = await imports.left_as_it_is(uow.connection, command.feed, digest)
        return await noted(uow, tried("left" if left else "broken", None, broken.problems[0]))
    progress.phase, progress.lines = "comparing", len(parsed.meetings) + len(parsed.refused)
    await listed.feed_is_mine(uow.connection, command.feed)
    before = await listed.meetings_of_feed(uow.connection, command.feed)
    found = await asyncio.to_thread(compare, before, parsed)
    progress.compared = len(parsed.meetings)
    if found.held and (doubt := await _unsettled(uow, command, found, found.held)):
        left = await imports.left_as_it_is(uow.connection, command.feed, digest)
        return await noted(uow, tried("left" if left else "held", found.report(naming=True), doubt))
    progress.phase = "writing"
    await _apply(uow, found, progress)
    await sources.forget_validators(uow.connection, command.feed)
    await follow(uow, [Change(before[now.meeting_id], now) for now in (*found.changed, *found.gone)])
    return await noted(uow, tried("applied", found.report(), None))


async def _unsettled(uow: UnitOfWork, command: ImportFeed, found: Comparison, doubt: Problem) -> Problem | None:
    """None: a person agreed to this. What is fetched again may be another list than the one that they looked at."""
    if not command.agreed or command.run_id is None:
        return None if command.agreed else doubt
    seen = await imports.last_of(uow.connection, command.feed)
    if seen and seen.outcome in ("held", "left") and _would_do(seen.report or {}) == _would_do(found.report()):
        return None
    return replace(doubt, reason=f"It is not what somebody looked at. {doubt.reason}") if seen else doubt


def _would_do(report: Report) -> list[object]:
    return [report.get(name) for name in ("new", "changed", "gone")]


async def leave(uow: UnitOfWork, feed: str, by: str) -> bool:
    """A person has seen why the last import was held or cannot be read, and wants the list to stay as it is.

    False: there is no such thing.
    """
    await listed.feed_is_mine(uow.connection, feed)
    last = await imports.last_of(uow.connection, feed)
    if last is None or last.outcome not in ("held", "broken"):
        return False
    await noted(uow, replace(last, outcome="left", by=by, at=uow.now, run_id=None))
    return True


async def alerts(connection: Connection) -> Sequence[Import]:
    """Feeds that wait for a person: a later import that can be applied settles it."""
    return await imports.waiting(connection)


async def waiting_feeds(connection: Connection) -> Sequence[str]:
    """Their names."""
    return [tried.feed for tried in await imports.waiting(connection)]


async def last_import(connection: Connection, feed: str) -> Import | None:
    return await imports.last_of(connection, feed)


def _read(command: ImportFeed, now: datetime) -> Parsed:
    feed, zone_name = command.feed, command.time_zone
    on = on_the_day(now, zone_name)
    return parse(command.format, command.body, feed=feed, time_zone=zone_name, on=on, formats=command.formats)


def on_the_day(now: datetime, time_zone: str) -> date:
    """There: in Auckland a meeting may have been confirmed on a day that is still to come in London."""
    return now.astimezone(zone(time_zone) if is_zone(time_zone) else UTC).date()


async def _apply(uow: UnitOfWork, found: Comparison, progress: Progress) -> None:
    changes = (*found.new, *found.changed, *found.gone)
    await listed.put(uow.connection, changes)
    if found.unchanged:
        ids = [meeting.meeting_id for meeting in found.unchanged]
        await listed.seen_again(uow.connection, ids, found.unchanged[0].in_feed_on)
    for first in range(0, len(changes), _SAID_AT_ONCE):
        some = changes[first : first + _SAID_AT_ONCE]
        # In a thread, like reading: tens of thousands of events take seconds, and others wait for their answers.
        await asyncio.to_thread(say_listed, uow, some)
        await uow.flush()
        progress.written += len(some)
