"""Errors for whoever looks at them: a page, or the way to sign in."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.web.accepting import prefers_html
from shared.web.errors import as_json
from shared.web.pages import render
from shared.web.problems import ApiProblem


def for_people_or_programs(request: Request, problem: ApiProblem) -> Response:
    """JSON unless HTML is preferred. Who is not signed in is sent there, unless they were sending something."""
    if not prefers_html(request.headers.get("accept", "")):
        return as_json(request, problem)
    if problem.status == 401 and request.method == "GET" and "authorization" not in request.headers:
        return RedirectResponse(f"/sign-in?return_to={quote(_asked(request))}", 303)
    page = render(request, "error.html", status=problem.status, title=problem.title, problem=problem)
    page.headers.update(problem.headers)
    return page


def _asked(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
