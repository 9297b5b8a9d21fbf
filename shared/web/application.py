"""A service's web side: what every service answers alike, around the routes that are its own."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from shared.privacy.master import MasterKeys
from shared.storage.database import Database
from shared.telemetry.requests import RequestLog
from shared.web import documentation, health, operations, start_page
from shared.web.assets import Assets
from shared.web.background import Background, Supervised
from shared.web.body_limits import BodyLimits
from shared.web.entrance import entrance
from shared.web.errors import ErrorRenderer, Errors, Translate
from shared.web.failures import Failures
from shared.web.headers import Headers
from shared.web.html_errors import for_people_or_programs
from shared.web.methods import Heads
from shared.web.pages import Link, Pages
from shared.web.request_ids import RequestIds
from shared.web.settings import WebSettings
from shared.web.tokens import Keys

Resource = Callable[[], AbstractAsyncContextManager[object]]
"""Entered before the first request, left after the last."""

_PROBLEM = {"description": "A problem (RFC 9457)", "content": {"application/problem+json": {}}}


def create_service(
    settings: WebSettings,
    *,
    title: str,
    master: MasterKeys,
    database: Database,
    routers: Sequence[APIRouter] = (),
    routes: Sequence[BaseRoute] = (),
    probes: Mapping[str, health.Probe] | None = None,
    resources: Sequence[Resource] = (),
    background: Mapping[str, Background] | None = None,
    refusals: Mapping[type[Exception], Translate] | None = None,
    error_renderers: Mapping[str, ErrorRenderer] | None = None,
    body_limits: Mapping[str, int] | None = None,
    system_keys: Keys | None = None,
    navigation: Sequence[Link] = (),
    templates: Sequence[Path] = (),
) -> FastAPI:
    """`title` is what people call the service.

    - `routers` carry their own prefix; `routes` are Starlette's, for hot paths (a `Mount` of routes, not of an app).
    - `background` tasks run while the service does. While one is down, or a probe says no, the service is not ready.
    - `refusals` say what a service's own exceptions mean; below a prefix in `error_renderers` errors have another form.
    - `body_limits`: bytes by path prefix. `system_keys` verify systems' tokens; without them referrals is asked.
    - `templates` are folders with the service's own; `navigation` is what its pages' header shows.
    """
    tasks = Supervised(background or {})
    assets = Assets(settings.node_modules)
    errors = Errors(for_people_or_programs, refusals, error_renderers)
    app = FastAPI(
        title=f"Famalink {title}",
        docs_url=None,
        redoc_url=None,
        routes=[*routes],
        telemetry={"tracing": False, "metrics": False, "logs": False},  # it would write down query strings
        responses={"default": _PROBLEM},
        lifespan=_lifespan([lambda: _opened(database), *resources, tasks.running]),
        middleware=_middleware(errors, body_limits or {}),
        exception_handlers=dict.fromkeys(errors.handled, errors.respond),
    )
    doorkeeper, sign_in = entrance(settings, master, system_keys)
    app.state.database = database
    app.state.doorkeeper = doorkeeper
    app.state.pages = Pages(
        title,
        assets,
        doorkeeper,
        development=settings.development,
        navigation=navigation,
        templates=templates,
        compiled=settings.state_dir / "pages",
    )
    ready = health.router({"database": database.answers, **(probes or {}), **tasks.probes})
    ours = (ready, sign_in, assets.router(), documentation.router(), operations.router(settings.addresses))
    for router in (*ours, *routers, start_page.router()):
        app.include_router(router)
    return app


def _middleware(errors: Errors, body_limits: Mapping[str, int]) -> list[Middleware]:
    """Outermost first."""
    return [
        Middleware(Heads),
        Middleware(RequestIds),
        Middleware(RequestLog),
        Middleware(Headers),
        Middleware(Failures, errors=errors),
        Middleware(BodyLimits, limits=body_limits),
    ]


def _lifespan(resources: Sequence[Resource]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
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
