"""A service's web side: what every service answers alike, around the routes that are its own."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.web import health
from shared.web.background import Background, Supervised
from shared.web.doorkeeper import Doorkeeper
from shared.web.errors import ErrorRenderer, Errors, Translate, as_json
from shared.web.failures import Failures
from shared.web.issuers import issuers
from shared.web.request_ids import RequestIds
from shared.web.settings import WebSettings
from shared.web.sign_in.session import Sessions
from shared.web.tokens import Keys, Tokens


def create_service(
    settings: WebSettings,
    *,
    title: str,
    master: MasterKeys,
    database: Database,
    routers: Sequence[APIRouter] = (),
    probes: Mapping[str, health.Probe] | None = None,
    resources: Sequence[Callable[[], AbstractAsyncContextManager[object]]] = (),
    background: Mapping[str, Background] | None = None,
    refusals: Mapping[type[Exception], Translate] | None = None,
    error_renderers: Mapping[str, ErrorRenderer] | None = None,
    system_keys: Keys | None = None,
) -> FastAPI:
    """`routers` carry their own prefix. `resources` are entered before the first request and left after the last;
    `background` tasks run in between, and while one is down the service is not ready. `refusals` says what a service's
    own exceptions mean; below a prefix in `error_renderers` errors have a form of their own. `system_keys` verifies
    systems' tokens; without it referrals is asked for its keys."""
    errors = Errors(as_json, refusals, error_renderers)
    tasks = Supervised(background or {})
    app = FastAPI(
        title=f"Famalink {title}",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan([lambda: _opened(database), *resources, tasks.running]),
        middleware=[Middleware(RequestIds), Middleware(Failures, errors=errors)],
        exception_handlers=dict.fromkeys(errors.handled, errors.respond),
    )
    app.state.database = database
    app.state.doorkeeper = Doorkeeper(Tokens(issuers(settings, system_keys)), Sessions(settings.service, master))
    app.include_router(health.router({"database": database.answers, **(probes or {}), **tasks.probes}))
    for router in routers:
        app.include_router(router)
    return app


def _lifespan(
    resources: Sequence[Callable[[], AbstractAsyncContextManager[object]]],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for resource in resources:
                await stack.enter_async_context(resource())
            yield

    return lifespan


@asynccontextmanager
async def _opened(database: Database) -> AsyncIterator[None]:
    await database.open()
    try:
        yield
    finally:
        await database.close()
