"""Who may call a route. Every route but the open ones names one of these; what they answer is in `problems`."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from shared.web.doorkeeper import Doorkeeper
from shared.web.identity import KEYWORKER, OPERATIONS, RECOVERY_CHAMPION, TEAM_LEAD, Caller, Person, System
from shared.web.problems import Forbidden

Documented = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(auto_error=False, bearerFormat="JWT", description="A person's or a system's token.")),
]
"""Tells `/openapi.json` that a route wants a bearer; nothing is decided by it."""


async def caller_of(request: Request) -> Caller:
    """Whoever calls, by bearer or by this service's cookie. For Starlette's routes; 401 if nobody, 403 if refused."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return await doorkeeper.caller(request)


async def person_of(request: Request) -> Person:
    caller = await caller_of(request)
    if isinstance(caller, Person):
        return caller
    raise Forbidden("not-a-person", "This is for people who signed in, not for systems.")


async def system_of(request: Request, scope: str) -> System:
    """A system that holds the scope. For Starlette's routes."""
    caller = await caller_of(request)
    if not isinstance(caller, System):
        raise Forbidden("not-a-system", "This is for registered systems, not for people.")
    if not caller.may(scope):
        raise Forbidden("scope", f"The token lacks the scope {scope}.")
    return caller


def system(scope: str) -> Callable[..., Awaitable[System]]:
    """`Annotated[System, Depends(system("attendance.write"))]`."""

    async def dependency(request: Request, _: Documented) -> System:
        return await system_of(request, scope)

    return dependency


def with_role(*roles: str) -> Callable[..., Awaitable[Person]]:
    """A person who holds one of the roles."""

    async def dependency(request: Request, _: Documented) -> Person:
        person = await person_of(request)
        if not person.has_any(*roles):
            raise Forbidden("role", f"This needs the role {' or '.join(roles)}.")
        return person

    return dependency


async def _anybody(request: Request, _: Documented) -> Caller:
    return await caller_of(request)


async def _staff(request: Request, _: Documented) -> Person:
    return await person_of(request)


Anybody = Annotated[Caller, Depends(_anybody)]
Staff = Annotated[Person, Depends(_staff)]
Keyworker = Annotated[Person, Depends(with_role(KEYWORKER, TEAM_LEAD))]
TeamLead = Annotated[Person, Depends(with_role(TEAM_LEAD))]
Champion = Annotated[Person, Depends(with_role(RECOVERY_CHAMPION, TEAM_LEAD))]
"""Keeps the list of peer supporters."""
Arranger = Annotated[Person, Depends(with_role(RECOVERY_CHAMPION, KEYWORKER, TEAM_LEAD))]
"""Pairs somebody who would rather not go alone with somebody who goes along."""
Operator = Annotated[Person, Depends(with_role(OPERATIONS))]
