"""SQL of what a provider knows of meetings for itself."""

from collections.abc import Collection
from dataclasses import asdict, fields
from uuid import UUID

from services.referrals.directory.local import LocalKnowledge
from shared.storage.database import Connection, UnitOfWork

_COLUMNS = [field.name for field in fields(LocalKnowledge)]
_SELECT = f"SELECT meeting_id, {', '.join(_COLUMNS)} FROM local_knowledge"  # noqa: S608
_PUT = f"""
INSERT INTO local_knowledge (provider, meeting_id, noted_by, noted_at, {", ".join(_COLUMNS)})
VALUES (%(provider)s, %(meeting_id)s, %(by)s, %(at)s, {", ".join(f"%({column})s" for column in _COLUMNS)})
ON CONFLICT (provider, meeting_id) DO UPDATE SET noted_by = EXCLUDED.noted_by, noted_at = EXCLUDED.noted_at,
{", ".join(f"{column} = EXCLUDED.{column}" for column in _COLUMNS)}
"""  # noqa: S608


async def known(connection: Connection, provider: str, meetings: Collection[UUID]) -> dict[UUID, LocalKnowledge]:
    query = f"{_SELECT} WHERE provider = %s AND meeting_id = ANY(%s)"
    cursor = await connection.execute(query.encode(), (provider, list(meetings)))
    return {
        meeting_id: LocalKnowledge(**dict(zip(_COLUMNS, said, strict=True)) | {"known_by": tuple(said[-1])})
        for meeting_id, *said in await cursor.fetchall()
    }


async def put(uow: UnitOfWork, provider: str, meeting_id: UUID, noted: LocalKnowledge, by: str) -> None:
    whose = {"provider": provider, "meeting_id": meeting_id, "by": by, "at": uow.now}
    await uow.connection.execute(_PUT.encode(), asdict(noted) | {"known_by": list(noted.known_by)} | whose)
