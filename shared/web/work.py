"""A route's unit of work. It is committed before the answer goes out, so that an answer is a promise.

FastAPI ends a `yield` dependency after the response unless its scope is the function's (decision 12).
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from shared.storage.database import Database, UnitOfWork


async def begin_work(request: Request) -> AsyncIterator[UnitOfWork]:
    database: Database = request.app.state.database
    async with database.work() as uow:
        uow.correlation = request.state.correlation
        yield uow


Work = Annotated[UnitOfWork, Depends(begin_work, scope="function")]
