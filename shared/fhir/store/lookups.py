"""Reads by id. One statement both reads and notes the reading in the audit, for all who ask at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from psycopg import DataError

from shared.fhir.store.versions import BODY
from shared.privacy.ciphers import Cipher
from shared.storage.database import Database
from shared.storage.gathering import Gathering

_LOOK = """
WITH asked AS (
    SELECT * FROM ROWS FROM (json_to_recordset(%s::json) AS (
        actor text, provider text, type text, id uuid, version integer, known integer[], since timestamptz,
        request text)) WITH ORDINALITY AS k(actor, provider, type, id, version, known, since, request, n)
), found AS MATERIALIZED (
    SELECT a.n, a.actor, a.provider, a.type, a.id, a.request, r.client, coalesce(a.version, r.version) AS version,
        coalesce(v.last_updated, r.last_updated) AS last_updated,
        CASE WHEN coalesce(a.version, r.version) = ANY (a.known) OR date_trunc('second', r.last_updated) <= a.since
            THEN NULL WHEN a.version < r.version THEN v.body ELSE r.body END AS body
    FROM asked a
    CROSS JOIN LATERAL (
        SELECT f.client, f.version, f.last_updated, f.body FROM fhir_resource f
        WHERE (f.provider, f.type, f.id) = (a.provider, a.type, a.id) AND NOT f.hidden
            AND (a.version IS NULL OR a.version BETWEEN 1 AND f.version) LIMIT 1) r
    LEFT JOIN LATERAL (
        SELECT f.last_updated, f.body FROM fhir_version f
        WHERE (f.id, f.type, f.version) = (a.id, a.type, a.version) LIMIT 1) v ON a.version < r.version
), noted AS (
    INSERT INTO audit (at, actor, provider, action, subject, client, request_id)
    SELECT now(), actor, provider, 'read', type || '/' || id, client, request FROM found
)
SELECT n::int4, client::text, version, extract(epoch FROM last_updated)::float8, body FROM found
"""


@dataclass(slots=True)
class Lookup:
    """`version`: that one, not the current. No body is fetched for one of `known`, or for one no newer than `since`."""

    actor: str
    provider: str
    type: str
    id: str
    version: int | None = None
    known: Sequence[int] | None = None
    since: datetime | None = None
    request: str | None = None


class Found(NamedTuple):
    """`body` is None for what the caller has already. `last_updated` in seconds since 1970."""

    version: int
    last_updated: float
    body: bytes | None


class _Sealed(NamedTuple):
    found: Found
    cipher: Cipher | None


class Lookups:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[Lookup, _Sealed | None] = Gathering(self._look, spoiled=(DataError,))

    async def find(self, lookup: Lookup) -> Found | None:
        """None for what is not there, is hidden, was erased or is another provider's: nobody can tell these apart.

        Raises what the database raises, and `Overloaded`.
        """
        sealed = await self._gathering.ask(lookup)
        if sealed is None or sealed.found.body is None:
            return sealed.found if sealed else None
        if sealed.cipher is None:
            return None
        # Opened here, one by one: a body that cannot be opened must not take along those that were read with it.
        return sealed.found._replace(body=sealed.cipher.decrypt(BODY, sealed.found.body))

    async def _look(self, lookups: Sequence[Lookup]) -> Sequence[_Sealed | None]:
        asked = orjson.dumps(lookups).decode()
        async with self._database.hot_reading() as connection:
            cursor = connection.cursor(binary=True)
            await cursor.execute(_LOOK, (asked,), prepare=True)
            rows = await cursor.fetchall()
        people = {client: UUID(client) for _, client, _, _, body in rows if body is not None}
        keys = await self._database.keys.existing(people.values()) if people else {}
        answers: list[_Sealed | None] = [None] * len(lookups)
        for n, client, version, last_updated, body in rows:
            cipher = keys.get(people[client]) if body is not None else None
            answers[n - 1] = _Sealed(Found(version, last_updated, body), cipher)
        return answers
