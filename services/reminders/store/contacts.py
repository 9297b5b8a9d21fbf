"""Contact preferences. What identifies a person is one sealed value."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from services.reminders.domain.contact import Contact
from services.reminders.domain.people import Client
from shared.privacy.ciphers import Cipher
from shared.storage.database import Connection

PLACE = "contact.sealed"
FIELDS = "contact.sealed, contact.time_zone, contact.purposes, contact.may_name_service, contact.version"
_SEALED = ("email", "phone", "name_to_use")
_SAVE = """
INSERT INTO contact VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 1, %s)
ON CONFLICT (client) DO UPDATE SET sealed = excluded.sealed, time_zone = excluded.time_zone,
    purposes = excluded.purposes, channels = excluded.channels, may_name_service = excluded.may_name_service,
    version = contact.version + 1, changed_at = excluded.changed_at
RETURNING version
"""


@dataclass(frozen=True, slots=True)
class Kept:
    contact: Contact
    version: int


async def of(connection: Connection, client: UUID, cipher: Cipher) -> Kept | None:
    cursor = await connection.execute(f"SELECT {FIELDS} FROM contact WHERE client = %s".encode(), (client,))  # noqa: S608
    row = await cursor.fetchone()
    return read(row, cipher) if row else None


async def save(connection: Connection, client: Client, contact: Contact, cipher: Cipher, now: datetime) -> Kept:
    opened = {name: value for name, value in asdict(contact).items() if name in _SEALED}
    values = (
        client.client,
        client.provider,
        client.team,
        cipher.encrypt(PLACE, orjson.dumps(opened)),
        contact.time_zone,
        list(contact.purposes),
        list(contact.channels),
        contact.may_name_service,
        now,
    )
    row = await (await connection.execute(_SAVE, values)).fetchone()
    assert row is not None  # noqa: S101 - RETURNING of an upsert
    return Kept(contact, row[0])


def read(row: tuple[Any, ...], cipher: Cipher) -> Kept:
    """A row of FIELDS."""
    sealed, time_zone, purposes, may_name_service, version = row
    opened = orjson.loads(cipher.decrypt(PLACE, sealed))
    contact = Contact(**opened, time_zone=time_zone, purposes=tuple(purposes), may_name_service=may_name_service)
    return Kept(contact, version)
