"""Sources that feeds are fetched from: kept by operations, and read when they are due or somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from services.referrals.directory.outcome import Run
from services.referrals.directory.source import Source, problems_of
from services.referrals.directory.store import runs, sources
from services.referrals.directory.store.runs import Asked
from services.referrals.directory.store.sources import Standing
from shared.fetching import Inward
from shared.problems import Problem, Refused
from shared.storage.database import Connection, UnitOfWork

SCHEDULE = "schedule"
"""Who asked, of an import that nobody did."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A source and its last run, if there was one."""

    source: Standing
    run: Run | None


async def add_source(uow: UnitOfWork, source: Source, by: str, inward: Inward) -> UUID:
    """Refused when it cannot be, or its feed has a source already. Its first import is due at once."""
    if problems := problems_of(source, inward):
        raise Refused(*problems)
    if not await sources.add(uow.connection, source, by, uow.now):
        raise Refused(Problem("feed", "has-a-source", "This feed is fetched already; remove that source first."))
    return source.source_id


async def remove_source(uow: UnitOfWork, source_id: UUID) -> bool:
    """Its meetings stay listed, and are no longer looked after. False: there is none."""
    return await sources.remove(uow.connection, source_id)


async def all_sources(connection: Connection) -> Sequence[Kept]:
    last = await runs.latest(connection)
    return [Kept(source, last.get(source.source_id)) for source in await sources.all_of_them(connection)]


async def ask_to_run(uow: UnitOfWork, source_id: UUID, by: str, *, agreed: bool) -> UUID | None:
    """The run's id, or of the one that is waiting or under way. None: there is no such source."""
    if await sources.one(uow.connection, source_id) is None:
        return None
    return await runs.ask(uow.connection, Asked(uuid4(), source_id, by, agreed), uow.now)


async def one_run(connection: Connection, run_id: UUID) -> Run | None:
    return await runs.one(connection, run_id)
