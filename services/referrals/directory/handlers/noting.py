"""What came of an import is kept, so that a person sees it."""

from services.referrals.directory.outcome import Import
from services.referrals.directory.store import imports, runs
from shared.storage.database import UnitOfWork
from shared.telemetry.logs import logger

_log = logger()


async def noted(uow: UnitOfWork, tried: Import) -> Import:
    number = await imports.note(uow.connection, tried)
    if tried.run_id:
        await runs.end(uow.connection, tried.run_id, uow.now, number)
    said = tried.report or {}
    counts = {name: said.get(name) for name in ("new", "changed", "gone")}
    _log.info(f"directory.import-{tried.outcome}", feed=tried.feed, code=tried.problem and tried.problem.code, **counts)
    return tried
