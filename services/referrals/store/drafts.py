"""Sessions as far as somebody has written them, sealed under the person's key. Each author has their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from services.referrals.domain.pathway import Pathway
from shared.storage.database import UnitOfWork

KEPT = timedelta(days=30)
_PLACE = "session_draft.typed"
_KEEP = """
INSERT INTO session_draft (referral_id, session_id, author, client_id, provider, team, saved_at, typed)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (referral_id, session_id, author)
DO UPDATE SET provider = excluded.provider, team = excluded.team, saved_at = excluded.saved_at, typed = excluded.typed
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """`typed`: the form's fields by name, as they were typed."""

    session_id: UUID
    author: str
    saved_at: datetime
    typed: Mapping[str, Sequence[str]] = field(repr=False)


async def keep(
    uow: UnitOfWork, pathway: Pathway, session_id: UUID, author: str, typed: Mapping[str, Sequence[str]]
) -> None:
    """Instead of what the author had of this session before. What nobody came back to for 30 days goes."""
    cipher = await uow.keys.of(pathway.client_id)
    whose = (pathway.client_id, pathway.provider, pathway.team)
    sealed = cipher.encrypt(_PLACE, orjson.dumps(typed))
    await uow.connection.execute(_KEEP, (pathway.referral_id, session_id, author, *whose, uow.now, sealed))
    await uow.connection.execute("DELETE FROM session_draft WHERE saved_at < %s", (uow.now - KEPT,))


async def of_pathway(uow: UnitOfWork, pathway: Pathway) -> list[Draft]:
    """Everybody's, the latest first."""
    cursor = await uow.connection.execute(
        "SELECT session_id, author, saved_at, typed FROM session_draft WHERE referral_id = %s ORDER BY saved_at DESC",
        (pathway.referral_id,),
    )
    cipher = await uow.keys.of(pathway.client_id)
    return [
        Draft(session_id, author, saved_at, orjson.loads(cipher.decrypt(_PLACE, typed)))
        for session_id, author, saved_at, typed in await cursor.fetchall()
    ]


async def of_author(uow: UnitOfWork, author: str, provider: str) -> list[tuple[UUID, UUID, datetime]]:
    """Of which referral, which session, and when it was last saved; the latest first. Nothing is unsealed."""
    cursor = await uow.connection.execute(
        "SELECT referral_id, session_id, saved_at FROM session_draft WHERE author = %s AND provider = %s "
        "ORDER BY saved_at DESC",
        (author, provider),
    )
    return await cursor.fetchall()


async def drop(uow: UnitOfWork, referral_id: UUID, session_id: UUID, author: str) -> None:
    await uow.connection.execute(
        "DELETE FROM session_draft WHERE referral_id = %s AND session_id = %s AND author = %s",
        (referral_id, session_id, author),
    )


async def move(uow: UnitOfWork, client_id: UUID, team: str) -> None:
    """The client is in the care of another team."""
    await uow.connection.execute("UPDATE session_draft SET team = %s WHERE client_id = %s", (team, client_id))


async def forget_client(uow: UnitOfWork, client_id: UUID) -> None:
    await uow.connection.execute("DELETE FROM session_draft WHERE client_id = %s", (client_id,))
