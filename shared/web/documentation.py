"""`/docs`: the OpenAPI document, readable and tryable. Swagger UI is served by us."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shared.web.headers import page_policy
from shared.web.pages import render


def router() -> APIRouter:
    """Open to all."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/docs")
    async def docs(request: Request) -> Response:
        page = render(request, "docs.html", title="API")
        # Swagger UI's style sheet has its icons within itself.
        page.headers["Content-Security-Policy"] = page_policy(request.scope["csp_nonce"], images="'self' data:")
        return page

    return routes
