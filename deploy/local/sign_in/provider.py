"""The provider's doors: discovery, keys, the page with the names, codes for tokens."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from deploy.local.sign_in.grants import Asked, Grants, NotGranted
from deploy.local.sign_in.people import PEOPLE
from deploy.local.sign_in.signing import ALGORITHM, LIFETIME, Signer
from shared.web.headers import Headers

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
_PAGES = Environment(loader=FileSystemLoader(_HERE), autoescape=True)


class Provider:
    """`services` are addresses that one may be sent back to besides loopback."""

    def __init__(self, signer: Signer, client_id: str, services: Sequence[str]) -> None:
        self._signer = signer
        self._client_id = client_id
        self._services = services
        self._grants = Grants()

    async def discovery(self, _: Request) -> Response:
        issuer = self._signer.issuer
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/jwks.json",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [ALGORITHM],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["none"],
                "scopes_supported": ["openid", "profile"],
                "claims_supported": ["sub", "name", "roles", "provider", "team"],
            }
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse(self._signer.jwks)

    async def authorize(self, request: Request) -> Response:
        """The names as links to the same request with `login_hint`; with `login_hint`, straight back with a code."""
        given = dict(request.query_params)
        try:
            asked = Asked.of(given, self._client_id, self._services)
        except NotGranted as refusal:
            return _page(400, problem=refusal.reason)
        person = PEOPLE.get(given.get("login_hint", ""))
        if person is not None:
            return RedirectResponse(asked.return_with(self._grants.grant(asked, person)), 303)
        links = [(one, f"/authorize?{urlencode(given | {'login_hint': one.sub})}") for one in PEOPLE.values()]
        return _page(200, links=links)

    async def token(self, request: Request) -> Response:
        async with request.form() as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        try:
            asked, person = self._grants.redeem(fields)
        except NotGranted as refusal:
            return JSONResponse({"error": refusal.error, "error_description": refusal.reason}, 400)
        return JSONResponse(
            {
                "access_token": self._signer.access_token(person),
                "id_token": self._signer.id_token(person, asked.client_id, asked.nonce),
                "token_type": "Bearer",
                "expires_in": LIFETIME,
                "scope": "openid profile",
            }
        )


def create_app(signer: Signer, client_id: str, services: Sequence[str]) -> Starlette:
    provider = Provider(signer, client_id, services)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.discovery),
            Route("/jwks.json", provider.keys),
            Route("/authorize", provider.authorize),
            Route("/token", provider.token, methods=["POST"]),
            Route("/style.css", _style),
            Route("/health/live", _live),
        ],
        middleware=[Middleware(Headers)],
    )


def _page(status: int, **context: object) -> Response:
    page = _PAGES.get_template("people.html").render(context)
    return HTMLResponse(page, status, {"Content-Security-Policy": _POLICY})


async def _style(_: Request) -> Response:
    return FileResponse(_HERE / "style.css")


async def _live(_: Request) -> Response:
    return JSONResponse({"status": "live"})
