"""The FHIR API as one ASGI application, to be mounted at `/fhir`."""

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache

import orjson
from prometheus_client import Counter
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from shared.fhir.definitions import Definitions, ResourceType
from shared.fhir.rest.answers import Answer, content
from shared.fhir.rest.asked import Asked, asked, base_of, form
from shared.fhir.rest.capability import capability_statement
from shared.fhir.rest.negotiation import require_json
from shared.fhir.rest.outcomes import as_outcome
from shared.fhir.rest.reading import Reading
from shared.fhir.rest.routes import CAPABILITIES, Route, route
from shared.fhir.rest.searching import Searching
from shared.fhir.search.cursor import Cursors
from shared.fhir.search.parameters import FORMAT, Parameters
from shared.fhir.store.lookups import Lookups
from shared.fhir.store.pages import Pages
from shared.problems import Problem, Refused
from shared.storage.database import Database
from shared.storage.gathering import Overloaded
from shared.telemetry.metrics import fhir_requests
from shared.web.access import caller_of
from shared.web.errors import Errors, Translate
from shared.web.identity import Caller, System
from shared.web.problems import ApiProblem, Forbidden, not_found

Authenticate = Callable[[Request], Awaitable[Caller]]

REFUSALS: Mapping[type[Exception], Translate] = {
    Refused: lambda refused: ApiProblem(400, "Malformed request", refused.problems),
    Overloaded: lambda _: ApiProblem(503, "Too many requests at once", headers={"Retry-After": "1"}),
}
"""FHIR wants 400, not 422, for a search that cannot be understood."""


class FhirApi:
    """Systems only, bounded to their provider and scopes; every read is in the audit before it is answered."""

    def __init__(self, definitions: Definitions, database: Database, authenticate: Authenticate = caller_of) -> None:
        self._definitions = definitions
        self._authenticate = authenticate
        self._reading = Reading(Lookups(database))
        self._searching = Searching(
            definitions,
            Pages(database),
            Parameters(definitions, database.keys.index),
            Cursors(database.keys.master.derived("fhir|cursor")),
        )
        self._errors = Errors(as_outcome, REFUSALS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = asked(scope)
        found = route(request.path, self._definitions)
        # For the request log, which names routes by template: an id is not for the log.
        scope["endpoint"], scope["path_params"] = self.__call__, {"id": found.id if found else "/".join(request.path)}
        try:
            answer = await self._answer(request, found, scope, receive)
        except Exception as error:  # whatever it is, it is answered with an OperationOutcome
            response = await self._errors.respond(Request(scope), error)
            _count(found, response.status_code)
            await response(scope, receive, send)
        else:
            _count(found, answer.status)
            await answer.send(send)

    async def _answer(self, request: Asked, found: Route | None, scope: Scope, receive: Receive) -> Answer:
        require_json(request.header(b"accept"), dict(request.parameters).get(FORMAT))
        if found is CAPABILITIES:
            _require_method(request, found)
            return content(_capabilities(self._definitions, base_of(scope, request.headers)))
        caller = await self._authenticate(Request(scope))
        if found is None or found.kind is None:
            raise not_found("There is no such resource type or interaction here; /metadata lists what there is.")
        _require_method(request, found)
        if found.interaction != "search-type":
            system = _permitted(caller, found.kind, "r")
            return await self._reading.read(request, found.kind, system, found.id, found.version)
        system = _permitted(caller, found.kind, "s")
        pairs = request.parameters + (await form(request, receive) if request.method == "POST" else [])
        require_json(None, dict(pairs).get(FORMAT))
        return await self._searching.search(request, found.kind, system, base_of(scope, request.headers), pairs)


def _permitted(caller: Caller, kind: ResourceType, right: str) -> System:
    """Systems with the scope; people have their pages."""
    if not isinstance(caller, System):
        raise Forbidden("not-a-system", "The FHIR API is for registered systems, not for people.")
    if not caller.may(f"system/{kind.name}.{right}"):
        raise Forbidden("scope", f"The token lacks the scope system/{kind.name}.{right}.")
    return caller


def _require_method(request: Asked, found: Route) -> None:
    if request.method not in found.methods:
        reason = f"{found.interaction} takes {' and '.join(found.methods)} here."
        allow = {"Allow": ", ".join(found.methods)}
        raise ApiProblem(405, "Method not allowed", [Problem("method", "not-allowed", reason)], headers=allow)


@lru_cache(maxsize=64)
def _capabilities(definitions: Definitions, base: str) -> bytes:
    return orjson.dumps(capability_statement(definitions, base))


def _count(found: Route | None, status: int) -> None:
    interaction, kind = (found.interaction, found.kind) if found else ("unknown", None)
    _counter(interaction, kind.name if kind else "", status).inc()


@lru_cache(maxsize=512)
def _counter(interaction: str, resource: str, status: int) -> Counter:
    return fhir_requests.labels(interaction, resource, str(status))
