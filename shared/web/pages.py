"""Pages: NHS frontend's templates inside our layout. `render` is all that a page's route needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PackageLoader,
)
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.web.assets import Assets
from shared.web.doorkeeper import Doorkeeper
from shared.web.identity import Person

_OWN = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Link:
    """`roles`: who sees it; everybody, if there are none."""

    text: str
    href: str
    roles: frozenset[str] = frozenset()

    def shown_to(self, person: Person) -> bool:
        return not self.roles or person.has_any(*self.roles)


class Pages:
    """`templates` are a service's own folders; they come before the shared ones.

    `compiled` is where their compiled form is kept: compiling what one page is made of takes a second or more, in which
    nobody else is answered. Jinja makes it anew when a template or its own version is another.
    """

    def __init__(
        self,
        title: str,
        assets: Assets,
        doorkeeper: Doorkeeper,
        *,
        development: bool,
        navigation: Sequence[Link] = (),
        templates: Sequence[Path] = (),
        compiled: Path,
    ) -> None:
        self._doorkeeper = doorkeeper
        self._environment = _environment(templates, compiled)
        self._environment.globals.update(
            assetPath=assets.path, service_title=title, development=development, navigation=navigation
        )

    def render(self, request: Request, template: str, context: dict[str, object], status: int) -> HTMLResponse:
        nonce = request.scope.setdefault("csp_nonce", token_urlsafe(16))
        page = self._environment.get_template(template).render(
            cspNonce=nonce,
            person=self._doorkeeper.person(request),
            path=request.url.path,
            request_id=request.scope.get("state", {}).get("request_id"),
            **context,
        )
        return HTMLResponse(page, status)


def render(request: Request, template: str, /, *, status: int = 200, **context: object) -> Response:
    """A page. `title` in the context is its name; `cspNonce`, `person`, `path`, `request_id` are there by themselves.

    A template begins with `{% extends "layout.html" %}` and fills `{% block content %}`.
    """
    pages: Pages = request.app.state.pages
    return pages.render(request, template, context, status)


def _environment(templates: Sequence[Path], compiled: Path) -> Environment:
    compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Environment(
        bytecode_cache=FileSystemBytecodeCache(str(compiled)),
        loader=ChoiceLoader([FileSystemLoader([*templates, _OWN]), PackageLoader("nhsuk_frontend_jinja")]),
        autoescape=True,
        undefined=ChainableUndefined,  # NHS frontend's templates ask for parameters of parameters that are not given
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
