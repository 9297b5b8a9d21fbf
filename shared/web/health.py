"""`/health/live`: this process answers. `/health/ready`: what it needs answers too. `/metrics`: its numbers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Probe = Callable[[], Awaitable[bool]]
_PATIENCE = 3.0


def router(probes: Mapping[str, Probe]) -> APIRouter:
    """Open to all: nothing here is about a person."""
    routes = APIRouter(tags=["health"])

    @routes.get("/health/live")
    async def live() -> dict[str, str]:
        return {"status": "live"}

    @routes.get("/health/ready", responses={503: {"description": "`{missing: […]}`"}})
    async def ready() -> Response:
        answers = await asyncio.gather(*(_answers(probe) for probe in probes.values()))
        missing = [name for name, answer in zip(probes, answers, strict=True) if not answer]
        if missing:
            return JSONResponse({"missing": missing}, status_code=503)
        return JSONResponse({"status": "ready"})

    @routes.get("/metrics")
    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return routes


async def _answers(probe: Probe) -> bool:
    try:
        return await asyncio.wait_for(probe(), _PATIENCE)
    except Exception:  # a probe that fails says no, whatever the reason
        return False
