"""Signing in and out, as a browser does it. Open to all."""

import secrets
from dataclasses import asdict

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.problems import Problem
from shared.telemetry.logs import logger
from shared.web.addresses import OwnAddress
from shared.web.cookies import SealedCookie
from shared.web.fetching import Unreachable, away
from shared.web.origins import refuse_foreign
from shared.web.pages import render
from shared.web.problems import ApiProblem
from shared.web.sign_in.attempt import Attempt
from shared.web.sign_in.provider import Provider
from shared.web.sign_in.session import Sessions

CALLBACK = "/sign-in/callback"

_log = logger()


def router(provider: Provider, sessions: Sessions, attempts: SealedCookie, address: OwnAddress) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/sign-in")
    async def leave(request: Request, return_to: str = "/") -> Response:
        attempt = Attempt.new(return_to)
        try:
            response = _see(await provider.way_in(attempt, address.of(request) + CALLBACK))
        except Unreachable as error:
            raise _away(error) from None
        attempts.put(response, asdict(attempt), secure=address.secure)
        return response

    @routes.get(CALLBACK)
    async def come_back(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
        attempt = _attempt(attempts.open(request.cookies.get(attempts.name, "")), state)
        if error or not code:
            raise _refused("sign-in-refused", "The sign-in provider did not let you in.")
        try:
            person = await provider.person(code, attempt, address.of(request) + CALLBACK)
        except Unreachable as failure:
            raise _away(failure) from None
        response = _see(attempt.return_to)
        sessions.begin(response, person, secure=address.secure)
        attempts.clear(response, secure=address.secure)
        _log.info("person.signed-in", provider=person.provider)
        return response

    @routes.post("/sign-out")
    async def leave_for_good(request: Request) -> Response:
        refuse_foreign(request)
        response = _see("/signed-out")
        sessions.end(response, secure=address.secure)
        return response

    @routes.get("/signed-out")
    async def signed_out(request: Request) -> Response:
        return render(request, "signed_out.html", title="You have signed out")

    return routes


def _attempt(content: dict[str, str] | None, state: str) -> Attempt:
    if content is None or not secrets.compare_digest(content["state"].encode(), state.encode()):
        raise _refused("sign-in-lost", "This sign-in was begun elsewhere or took too long. Please sign in again.")
    return Attempt(**content)


def _refused(code: str, reason: str) -> ApiProblem:
    return ApiProblem(400, "You are not signed in", [Problem("state", code, reason)])


def _away(error: Unreachable) -> ApiProblem:
    _log.warning("sign-in.unreachable", exc_info=error)
    return away("The sign-in provider")


def _see(where: str) -> RedirectResponse:
    return RedirectResponse(where, 303)
