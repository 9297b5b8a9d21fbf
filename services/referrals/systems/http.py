"""Routes of registered systems: the token endpoint with its discovery documents, and the register for operations."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.routing import Route

from services.referrals.systems import handlers
from services.referrals.systems.access_tokens import LIFETIME
from services.referrals.systems.handlers import Taken
from services.referrals.systems.registration import RegisteredSystem, RegisterSystem
from services.referrals.systems.smart_configuration import TOKEN_PATH, smart_configuration
from services.referrals.systems.token_request import TokenRefused, token_request
from shared.telemetry.logs import logger
from shared.web.access import Operator
from shared.web.problems import ApiProblem, Forbidden, not_found
from shared.web.work import Work

_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_NOT_FOR_A_DESCRIPTION = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")
"""RFC 6749 §5.2 allows these in `error_description`, and no others."""

_log = logger()


class _Body(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        serialize_by_alias=True,
        extra="forbid",
        hide_input_in_errors=True,
    )


class SystemIn(_Body):
    """`source` and `reportsAs` are an emitter's. `jwks`: its public keys as a JWK Set."""

    name: str
    provider: Annotated[str, Field(pattern=r"^[A-Z0-9]{3,6}$")]
    source: str | None = None
    reports_as: str | None = None
    scopes: list[str]
    jwks: dict[str, Any]

    def command(self) -> RegisterSystem:
        return RegisterSystem(self.name, self.provider, self.source, self.reports_as, self.scopes, self.jwks)


class SystemOut(_Body):
    """`name` is the client_id; `keys` are the names (kid) of its public keys."""

    name: str
    provider: str
    source: str | None
    reports_as: str | None
    scopes: Sequence[str]
    keys: Sequence[str]
    state: str


def router(address: str) -> APIRouter:
    """`address` is where referrals is reached from outside: issuer of its tokens, and part of its endpoint's name."""
    routes = APIRouter()
    _add_tokens(routes, address)
    routes.include_router(_register)
    return routes


def discovery(address: str) -> Route:
    """SMART's discovery document. A route by itself: it stands before `/fhir` is mounted."""

    async def get_smart_configuration(_: Request) -> Response:
        return JSONResponse(smart_configuration(address), headers={"Cache-Control": "public, max-age=300"})

    return Route("/fhir/.well-known/smart-configuration", get_smart_configuration)


def _add_tokens(routes: APIRouter, address: str) -> None:
    @routes.post(TOKEN_PATH, tags=["tokens"])
    async def post_token(request: Request, uow: Work) -> Response:
        """SMART Backend Services: client credentials with `private_key_jwt`."""
        try:
            asked = token_request(await request.body(), request.headers.get("content-type", ""))
            token = await handlers.grant_token(uow, asked, address, address + TOKEN_PATH)
        except TokenRefused as refused:
            return _refusal(refused)
        seconds = int(LIFETIME.total_seconds())
        said = {"access_token": token.text, "token_type": "bearer", "expires_in": seconds}
        return JSONResponse({**said, "scope": " ".join(token.scopes)}, headers=_NO_STORE)

    @routes.get("/.well-known/jwks.json", tags=["tokens"])
    async def get_jwks(uow: Work) -> Response:
        return JSONResponse(await handlers.public_keys(uow), headers={"Cache-Control": "public, max-age=300"})


_register = APIRouter(prefix="/api/systems", tags=["systems"])


@_register.post("", status_code=201, responses={200: {"description": "It was registered already; now it is so"}})
async def post_system(body: SystemIn, operator: Operator, uow: Work, response: Response) -> SystemOut:
    """The same name again replaces keys, scopes and `reportsAs`, and enables the system again."""
    if body.provider != operator.provider:
        raise Forbidden("other-provider", f"You register systems for {operator.provider}.", field="provider")
    try:
        system, new = await handlers.register_system(uow, body.command(), operator.actor)
    except Taken as taken:
        raise ApiProblem(409, "Conflict", [taken.problem]) from None
    response.status_code = 201 if new else 200
    return _out(system)


@_register.get("")
async def get_systems(operator: Operator, uow: Work) -> dict[str, list[SystemOut]]:
    return {"systems": [_out(system) for system in await handlers.systems_of(uow, operator.provider)]}


@_register.post("/{name}/disabling")
async def post_disabling(name: str, operator: Operator, uow: Work) -> SystemOut:
    """It gets no tokens from now on. Registering it again enables it."""
    system = await handlers.disable_system(uow, name, operator.provider)
    if system is None:
        raise not_found("No system of this name is registered for your provider.", "name")
    return _out(system)


def _out(system: RegisteredSystem) -> SystemOut:
    return SystemOut(
        name=system.name,
        provider=system.provider,
        source=system.source,
        reports_as=system.reports_as,
        scopes=system.scopes,
        keys=[key["kid"] for key in system.jwks["keys"]],
        state=system.state,
    )


def _refusal(refused: TokenRefused) -> Response:
    _log.warning("token.refused", code=refused.code)
    description = _NOT_FOR_A_DESCRIPTION.sub("?", refused.description)
    return JSONResponse({"error": refused.error, "error_description": description}, refused.status, _NO_STORE)
