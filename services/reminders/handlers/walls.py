"""Whose is whose: a person belongs to one provider, and nobody of another learns that they exist."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.reminders.domain.people import Client
from services.reminders.store import clients
from services.reminders.store.clients import Mentioned
from shared.events.envelope import Event
from shared.events.walls import require_provider
from shared.problems import Problem
from shared.storage.database import UnitOfWork
from shared.web.identity import TEAM_LEAD, Person
from shared.web.problems import ApiProblem, Forbidden, not_open_to_you


async def people_in(uow: UnitOfWork, events: Sequence[Event[Any]]) -> dict[UUID, Client]:
    """Everybody these events are about, locked; without those who were erased: what comes late for them is refused.

    `ForeignProvider` when one of them names another provider than the client's.
    """
    people = await clients.locked(uow.connection, [_mentioned(event) for event in events])
    living = {client: person for client, person in people.items() if person.state != "erased"}
    for event in events:
        if event.client in living:
            require_provider(event, living[event.client].provider)
    return living


def _mentioned(event: Event[Any]) -> Mentioned:
    assert event.provider is not None  # noqa: S101 - an event about a person is not read without
    return Mentioned(event.client, event.provider, event.team)


async def visible_to(uow: UnitOfWork, worker: Person, client: Client | None) -> Client:
    """The client if this worker may see them: a keyworker of their team, a team lead, or who has broken the glass.

    For another provider they do not exist (404). A colleague of another team is told that it is not theirs (403).
    """
    if client is None or client.state != "active" or client.provider != worker.provider:
        raise unknown_client()
    if await clients.is_closed_to(uow.connection, client.client, worker.sub):
        raise not_open_to_you("clientId")
    if client.team == worker.team or worker.has_any(TEAM_LEAD):
        return client
    if not await clients.is_open_to(uow.connection, client.client, worker.sub, uow.now):
        raise Forbidden("other-team", "This client is in the care of another team.", "clientId")
    return client


def unknown_client() -> ApiProblem:
    """The same for nobody, somebody else's and who is only on their way here: try again in a moment."""
    reason = "No such client is known here. A new one takes a moment to arrive."
    problem = Problem("clientId", "unknown-client", reason)
    return ApiProblem(404, "Not found", [problem], headers={"Retry-After": "2"})
