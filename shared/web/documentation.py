"""`/docs`: the OpenAPI document, readable and tryable. Swagger UI is served by us."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shared.web.pages import render


def router() -> APIRouter:
    """Open to all."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/docs")
    async def docs(request: Request) -> Response:
        return render(request, "docs.html", title="API")

    return routes
