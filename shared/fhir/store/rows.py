"""The rows: what stands, and the versions that it replaced."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.errors import SerializationFailure, UniqueViolation

from shared.fhir.documents import Rendered
from shared.storage.copying import Into
from shared.storage.database import Connection

Key = tuple[str, UUID]

_STANDING = """
SELECT r.type, r.id, r.version, r.last_updated, r.digest, r.hidden
FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS k(provider, type, id)
CROSS JOIN LATERAL (SELECT * FROM fhir_resource f
    WHERE (f.provider, f.type, f.id) = (k.provider, k.type, k.id) LIMIT 1) r
"""
_FIRST = Into(
    "fhir_resource",
    {
        "provider": "text",
        "type": "text",
        "id": "uuid",
        "client": "uuid",
        "grouping": "uuid",
        "version": "int4",
        "last_updated": "timestamptz",
        "digest": "bytea",
        "subject": "bytea",
        "tokens": "text[]",
        "body": "bytea",
    },
)
# The version that stands is kept before it is replaced. Tokens come as lines: an array of arrays would be a table.
_REPLACE = """
WITH k AS (
    SELECT * FROM unnest(%b::text[], %b::text[], %b::uuid[], %s::int4[], %b::timestamptz[], %b::bytea[], %b::bytea[],
        %b::text[], %b::bytea[]) AS k(provider, type, id, version, last_updated, digest, subject, tokens, body)
), kept AS (
    INSERT INTO fhir_version (id, type, version, last_updated, xid, tokens, body)
    SELECT r.id, r.type, r.version, r.last_updated, r.xid, r.tokens, r.body FROM k
    CROSS JOIN LATERAL (SELECT * FROM fhir_resource f
        WHERE (f.provider, f.type, f.id) = (k.provider, k.type, k.id) AND f.version = k.version - 1 LIMIT 1) r
)
UPDATE fhir_resource r
SET version = k.version, last_updated = k.last_updated, xid = pg_current_xact_id(), digest = k.digest,
    subject = k.subject, tokens = string_to_array(k.tokens, E'\n'), body = k.body, hidden = false
FROM k WHERE (r.provider, r.type, r.id) = (k.provider, k.type, k.id) AND r.version = k.version - 1
"""
_FASTER = "another transaction wrote the next version of one of these"


@dataclass(frozen=True, slots=True)
class Standing:
    version: int
    last_updated: datetime
    digest: bytes
    hidden: bool


@dataclass(frozen=True, slots=True)
class New:
    """A version about to be written; `body` is sealed already."""

    rendered: Rendered
    version: int
    at: datetime
    digest: bytes
    subject: bytes | None
    tokens: list[str]
    body: bytes


async def standing(connection: Connection, items: Collection[Rendered]) -> dict[Key, Standing]:
    cursor = await connection.execute(_STANDING, _keys(items))
    return {(row[0], row[1]): Standing(*row[2:]) for row in await cursor.fetchall()}


async def add(connection: Connection, new: Sequence[New]) -> None:
    """First versions."""
    await _FIRST.write(connection, [_first(made) for made in new])


def _first(made: New) -> tuple[object, ...]:
    item = made.rendered
    whose = (item.provider, item.type, item.id, item.client, item.grouping)
    return (*whose, made.version, made.at, made.digest, made.subject, made.tokens, made.body)


async def replace(connection: Connection, new: Sequence[New]) -> None:
    """Next versions. SerializationFailure, to be tried again, if another transaction was faster."""
    if not new:
        return
    values = (
        *_keys([made.rendered for made in new]),
        [made.version for made in new],
        [made.at for made in new],
        [made.digest for made in new],
        [made.subject for made in new],
        ["\n".join(made.tokens) for made in new],
        [made.body for made in new],
    )
    try:
        cursor = await connection.execute(_REPLACE, values)
    except UniqueViolation:
        raise SerializationFailure(_FASTER) from None
    if cursor.rowcount != len(new):
        raise SerializationFailure(_FASTER)


def _keys(items: Collection[Rendered]) -> tuple[list[str], list[str], list[UUID]]:
    return [item.provider for item in items], [item.type for item in items], [item.id for item in items]
