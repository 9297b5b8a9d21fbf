"""The rows of versions: one immutable per version, one per resource that says which stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.errors import SerializationFailure

from shared.fhir.documents import Rendered
from shared.storage.database import Connection

Key = tuple[str, UUID]

_STANDING = """
SELECT r.type, r.id, r.version, r.last_updated, r.digest, r.hidden
FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS k(provider, type, id)
CROSS JOIN LATERAL (SELECT * FROM fhir_resource f
    WHERE (f.provider, f.type, f.id) = (k.provider, k.type, k.id) LIMIT 1) r
"""
_COPY_VERSIONS = "COPY fhir_version (id, type, version, last_updated, tokens, body) FROM STDIN (FORMAT BINARY)"
_VERSION_TYPES = ("uuid", "text", "int4", "timestamptz", "text[]", "bytea")
_COPY_RESOURCES = """
COPY fhir_resource (provider, type, id, client, grouping, version, last_updated, digest, subject, tokens)
FROM STDIN (FORMAT BINARY)
"""
_RESOURCE_TYPES = ("text", "text", "uuid", "uuid", "uuid", "int4", "timestamptz", "bytea", "bytea", "text[]")
_REPLACE = """
UPDATE fhir_resource r
SET version = k.version, last_updated = k.last_updated, xid = pg_current_xact_id(), digest = k.digest,
    subject = k.subject, tokens = string_to_array(k.tokens, E'\\n'), hidden = false
FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::int4[], %s::timestamptz[], %s::bytea[], %s::bytea[], %s::text[])
    AS k(provider, type, id, version, last_updated, digest, subject, tokens)
WHERE (r.provider, r.type, r.id) = (k.provider, k.type, k.id) AND r.version = k.version - 1
"""
_SHOW = """
UPDATE fhir_resource r SET hidden = false
FROM unnest(%s::text[], %s::text[], %s::uuid[]) AS k(provider, type, id)
WHERE (r.provider, r.type, r.id) = (k.provider, k.type, k.id)
"""


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


async def write(connection: Connection, new: Sequence[New]) -> None:
    if not new:
        return
    async with connection.cursor() as cursor, cursor.copy(_COPY_VERSIONS) as copy:
        copy.set_types(_VERSION_TYPES)
        for made in new:
            key = (made.rendered.id, made.rendered.type)
            await copy.write_row((*key, made.version, made.at, made.tokens, made.body))
    await _add(connection, [made for made in new if made.version == 1])
    await _replace(connection, [made for made in new if made.version > 1])


async def _add(connection: Connection, new: Sequence[New]) -> None:
    if not new:
        return
    async with connection.cursor() as cursor, cursor.copy(_COPY_RESOURCES) as copy:
        copy.set_types(_RESOURCE_TYPES)
        for made in new:
            item = made.rendered
            whose = (item.provider, item.type, item.id, item.client, item.grouping)
            await copy.write_row((*whose, made.version, made.at, made.digest, made.subject, made.tokens))


async def _replace(connection: Connection, new: Sequence[New]) -> None:
    if not new:
        return
    cursor = await connection.execute(
        _REPLACE,
        (
            *_keys([made.rendered for made in new]),
            [made.version for made in new],
            [made.at for made in new],
            [made.digest for made in new],
            [made.subject for made in new],
            ["\n".join(made.tokens) for made in new],
        ),
    )
    if cursor.rowcount != len(new):
        raise SerializationFailure("another transaction wrote the next version of one of these")


async def show(connection: Connection, items: Sequence[Rendered]) -> None:
    if items:
        await connection.execute(_SHOW, _keys(items))


def _keys(items: Collection[Rendered]) -> tuple[list[str], list[str], list[UUID]]:
    return [item.provider for item in items], [item.type for item in items], [item.id for item in items]
