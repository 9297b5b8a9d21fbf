"""Who works here. Nobody lists staff for us: whoever comes in is known from then on, as their sign-in names them."""

from collections.abc import Collection
from dataclasses import dataclass

from services.referrals.domain.staff import Colleague
from services.referrals.store import staff
from shared.storage.database import UnitOfWork
from shared.web.identity import Person


async def meet(uow: UnitOfWork, worker: Person) -> None:
    """Written only when it is news. A token without a name leaves the name that is known."""
    known = (await staff.named(uow.connection, worker.provider, [worker.sub])).get(worker.sub)
    here = Colleague(worker.sub, worker.team, worker.name or (known.name if known else None), sorted(worker.roles))
    if known != here:
        await staff.put(uow.connection, worker.provider, here)


async def colleagues(uow: UnitOfWork, worker: Person) -> list[Colleague]:
    """Everybody of the worker's provider who can have clients, the worker included."""
    await meet(uow, worker)
    return await staff.of_provider(uow.connection, worker.provider)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: `name` as colleagues call them, `role` in a word."""

    name: str
    role: str


_MACHINES = {
    "journal": Actor("The journal", "attendance"),
    "reminders": Actor("Reminders", "messages"),
    "directory": Actor("The directory", "meetings"),
}


async def actors(uow: UnitOfWork, provider: str, said: Collection[str]) -> dict[str, Actor]:
    """By what stands in decisions and in the audit: `person:<sub>`, `system:<name>`, or one of our own services."""
    subs = [one.removeprefix("person:") for one in said if one.startswith("person:")]
    known = await staff.named(uow.connection, provider, subs)
    return {one: _actor(one, known.get(one.removeprefix("person:"))) for one in said}


def _actor(said: str, colleague: Colleague | None) -> Actor:
    kind, _, name = said.partition(":")
    if kind == "peer":
        return Actor("Whoever goes along", "peer supporter")
    if kind == "system":
        return Actor(name, "system")
    if kind != "person":
        return _MACHINES.get(said, Actor(said, "service"))
    if colleague is None:
        return Actor(name, "staff")
    return Actor(colleague.shown, " and ".join(role.replace("-", " ") for role in colleague.roles) or "staff")
