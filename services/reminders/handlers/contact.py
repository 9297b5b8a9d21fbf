"""Contact preferences: read, and put as a whole. A changed mind counts for what is planned already."""

from uuid import UUID

from services.reminders.domain.contact import Contact, problems
from services.reminders.handlers.planning import replan_for
from services.reminders.handlers.walls import unknown_client, visible_to
from services.reminders.store import clients, contacts
from services.reminders.store.contacts import Kept
from shared.privacy.ciphers import Cipher
from shared.problems import Refused
from shared.storage.database import UnitOfWork
from shared.storage.keyring import Erased
from shared.web.conditional import require_match
from shared.web.identity import Person
from shared.web.problems import not_found


async def read_contact(uow: UnitOfWork, worker: Person, client: UUID) -> Kept:
    await visible_to(uow, worker, (await clients.of(uow.connection, [client])).get(client))
    kept = await contacts.of(uow.connection, client, await _cipher(uow, client))
    if kept is None:
        raise not_found("Nothing is known yet of how this client may be reached.", "clientId")
    return kept


async def put_contact(uow: UnitOfWork, worker: Person, client: UUID, contact: Contact, if_match: str | None) -> Kept:
    """Replaces what was there: an address that is left out is one that may no longer be used."""
    if found := problems(contact):
        raise Refused(*found)
    people = await clients.locked_if_known(uow.connection, [client])
    person = await visible_to(uow, worker, people.get(client))
    cipher = await _cipher(uow, client)
    before = await contacts.of(uow.connection, client, cipher)
    require_match(if_match, before.version if before else 0)
    kept = await contacts.save(uow.connection, person, contact, cipher, uow.now)
    await replan_for(uow, await clients.of(uow.connection, [client]), {})
    return kept


async def _cipher(uow: UnitOfWork, client: UUID) -> Cipher:
    try:
        return await uow.keys.of(client)
    except Erased:
        raise unknown_client() from None
