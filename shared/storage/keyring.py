"""One key per person and service, wrapped by the master key, in a database of its own.

Destroying it erases what it sealed, backups of the data included.
"""

import os
from collections import OrderedDict
from collections.abc import Collection
from uuid import UUID

import psycopg

from shared.privacy.ciphers import Cipher, cipher
from shared.privacy.master import MasterKeys
from shared.storage.pools import pool

TABLE = """
CREATE TABLE IF NOT EXISTS person_key (
    person  uuid PRIMARY KEY,
    master  text NOT NULL,
    wrapped bytea NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS erased_person (
    person    uuid PRIMARY KEY,
    erased_at timestamptz NOT NULL DEFAULT now()
)
"""
_REMEMBERED = 50_000


def make_tables(url: str) -> None:
    """For migrating: safe to run again."""
    with psycopg.connect(url) as connection:
        connection.execute(TABLE)


class Erased(Exception):
    """This person was erased: nothing is written about them any more."""


class Keyring:
    """Keys are made before the work that needs them commits: an unused key harms nobody, a missing one loses data."""

    def __init__(self, url: str, master: MasterKeys, service: str) -> None:
        self.master = master
        self.service = master.service_cipher(service)
        self.index = master.blind_index(service)
        self._cache: OrderedDict[UUID, Cipher] = OrderedDict()
        self._pool = pool(url, f"{service}-keys", 2, smallest=0, autocommit=True)

    async def open(self) -> None:
        await self._pool.open(wait=False)

    async def close(self) -> None:
        await self._pool.close()

    async def existing(self, people: Collection[UUID]) -> dict[UUID, Cipher]:
        """The ciphers of those who have one; absent: never known here, or erased."""
        wanted = set(people)
        found = {person: self._cache[person] for person in wanted if person in self._cache}
        if missing := wanted - found.keys():
            found |= await self._load(missing)
        return found

    async def of(self, person: UUID) -> Cipher:
        """One person's cipher, made if it is new. `Erased` for somebody who was erased."""
        return (await self.ensure([person]))[person]

    async def ensure(self, people: Collection[UUID]) -> dict[UUID, Cipher]:
        found = await self.existing(people)
        if missing := set(people) - found.keys():
            await self._make(missing)
            found |= await self._load(missing)
        if found.keys() != set(people):
            raise Erased
        return found

    async def destroy(self, person: UUID) -> None:
        """Erases what identifies this person, backups of the data included; and none can be made again."""
        self._cache.pop(person, None)
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute("INSERT INTO erased_person (person) VALUES (%s) ON CONFLICT DO NOTHING", (person,))
            await connection.execute("DELETE FROM person_key WHERE person = %s", (person,))

    async def _make(self, people: Collection[UUID]) -> None:
        rows = [(person, *self.master.wrap(person, os.urandom(32)), person) for person in people]
        insert = (
            "INSERT INTO person_key (person, master, wrapped) SELECT %s, %s, %s "
            "WHERE NOT EXISTS (SELECT FROM erased_person WHERE person = %s) ON CONFLICT DO NOTHING"
        )
        async with self._pool.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            await cursor.executemany(insert, rows)

    async def _load(self, people: Collection[UUID]) -> dict[UUID, Cipher]:
        query = "SELECT person, master, wrapped FROM person_key WHERE person = ANY(%s)"
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(query, (list(people),))).fetchall()
        loaded = {person: cipher(person, self.master.unwrap(person, name, wrapped)) for person, name, wrapped in rows}
        self._remember(loaded)
        return loaded

    def _remember(self, loaded: dict[UUID, Cipher]) -> None:
        self._cache.update(loaded)
        while len(self._cache) > _REMEMBERED:
            self._cache.popitem(last=False)
