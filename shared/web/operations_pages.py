"""`/ops`: how a service is, the way of its events, and what is stuck. Works without JavaScript."""

from collections.abc import Awaitable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from shared.storage import way
from shared.storage.database import Connection
from shared.storage.way import HeardEvent, SaidEvent
from shared.web.access import Operator
from shared.web.operations_health import MorePart, parts, parts_without_database
from shared.web.operations_stuck import Stuck, stuck
from shared.web.pages import render
from shared.web.problems import ApiProblem

_SHOWN = 25
_SAID = {
    "retried": "It was applied, and what waited behind it was tried.",
    "retry-failed": "It failed again. The reason is below.",
    "discarded": "It was discarded, and what waited behind it was tried.",
    "gone": "It was gone already: applied, discarded or replayed by somebody else.",
    "replayed": "The dead letter was taken.",
    "replay-failed": "The dead letter was not taken this time either. It stays.",
}


def router(addresses: Mapping[str, str]) -> APIRouter:
    """`addresses` of all services: an event is followed from one to the next."""
    routes = APIRouter(prefix="/ops", include_in_schema=False)

    @routes.get("")
    async def ops(request: Request, operator: Operator, find: str = "", said: str = "") -> Response:
        if not await request.app.state.database.answers():
            return _without_database(request, addresses)
        look_for = _uuid(find)
        async with request.app.state.database.reading() as connection:
            now = datetime.now(UTC)
            more: Sequence[MorePart] = getattr(request.app.state, "more_parts", ())
            health = await parts(connection, request.app.state.messaging, now)
            health += [await part(connection) for part in more]
            events, heard = await _events(connection, operator.provider, look_for, now)
        here = stuck(request, operator)
        if look_for is not None:
            await here.looked_for(look_for, {event.client for event in events if event.client})
        return render(
            request,
            "operations.html",
            title="Operations",
            health=health,
            find=find,
            find_problem="An id is a UUID, such as an event's or a client's." if find and not look_for else None,
            addresses=addresses,
            said_events=events,
            heard_events=heard,
            led_to=_led_to(events),
            parked=await here.parked(),
            dead_letters=await here.dead_letters(),
            notice=_SAID.get(said),
        )

    @routes.post("/parked/{seq}/retry")
    async def retry(seq: int, request: Request, operator: Operator) -> Response:
        return await _acted(_retried(stuck(request, operator), seq))

    @routes.get("/parked/{seq}/discard")
    async def ask_discard(seq: int, request: Request, operator: Operator) -> Response:
        row, behind = await stuck(request, operator).one_parked(seq)
        return render(request, "operations_discard.html", title="Discard this event?", row=row, behind=behind)

    @routes.post("/parked/{seq}/discard")
    async def discard(seq: int, request: Request, operator: Operator) -> Response:
        return await _acted(_discarded(stuck(request, operator), seq))

    @routes.post("/deadletters/{letter}/replay")
    async def replay(letter: UUID, request: Request, operator: Operator) -> Response:
        return await _acted(_replayed(stuck(request, operator), letter))

    return routes


async def _events(
    connection: Connection, provider: str, one: UUID | None, now: datetime
) -> tuple[list[SaidEvent], list[HeardEvent]]:
    if one is None:
        return await way.latest_said(connection, provider, _SHOWN), await way.latest_heard(connection, now, _SHOWN)
    said = await way.said_about(connection, provider, one, _SHOWN * 4)
    causes = {cause for event in said if (cause := _uuid(event.cause or "")) is not None}
    return said, await way.heard(connection, [one, *causes])


def _led_to(said: list[SaidEvent]) -> dict[str, list[str]]:
    """Event → types of what was said because of it."""
    found: dict[str, list[str]] = {}
    for event in reversed(said):
        if event.cause:
            found.setdefault(event.cause, []).append(event.type)
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None


async def _retried(here: Stuck, seq: int) -> str:
    return "retry-failed" if (await here.retry(seq)).problem else "retried"


async def _discarded(here: Stuck, seq: int) -> str:
    return "discarded" if await here.discard(seq) else "gone"


async def _replayed(here: Stuck, letter: UUID) -> str:
    return "replay-failed" if await here.replay(letter) else "replayed"


async def _acted(act: Awaitable[str]) -> Response:
    """Back to the page, which tells what became of it. A button pressed twice, or after somebody else, is no error."""
    try:
        said = await act
    except ApiProblem as problem:
        if problem.status != 404:
            raise
        said = "gone"
    return RedirectResponse(f"/ops?said={said}", 303)


def _without_database(request: Request, addresses: Mapping[str, str]) -> Response:
    """Just when the page is needed most: how the parts are, without what only the database knows."""
    health = parts_without_database(request.app.state.messaging)
    shown = {"title": "Operations", "health": health, "addresses": addresses}
    return render(request, "operations_away.html", status=503, **shown)
