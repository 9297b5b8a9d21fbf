"""`/` of a service that has no pages of its own yet: where to go from here."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shared.web.access import Staff
from shared.web.pages import render


def router() -> APIRouter:
    """Included last, so that a service's own start page comes before it."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def start(request: Request, _: Staff) -> Response:
        return render(request, "start.html", title="Start")

    return routes
