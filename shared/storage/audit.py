"""Who read what of whom: written and committed before the answer leaves. Pseudonymous, without content."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import orjson
from psycopg import DataError

from shared.storage.database import Database
from shared.storage.gathering import Gathering

_NOTE = """
INSERT INTO audit (at, actor, provider, action, subject, client, request_id)
SELECT at, actor, provider, action, subject, client, request_id
FROM json_to_recordset(%s::json) AS noted(
    at timestamptz, actor text, provider text, action text, subject text, client uuid, request_id text)
"""


class AuditLog:
    """Concurrent requests share one insert and one commit. If that fails, so do they: nothing is read unnoted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[dict[str, object], None] = Gathering(self._write, spoiled=(DataError,))

    async def note(
        self, actor: str, provider: str, action: str, subject: str, *, client: UUID | None, request_id: str | None
    ) -> None:
        """Returns once it is committed. `subject` names what was read (`referral/<id>`), never what it says.

        Raises what the database raises, and `Overloaded` when it cannot keep up.
        """
        await self._gathering.ask(_row(actor, provider, action, subject, client, request_id))

    async def note_each(  # noqa: PLR0917 - as in `note`
        self,
        actor: str,
        provider: str,
        action: str,
        subject: str,
        clients: Collection[UUID],
        request_id: str | None,
    ) -> None:
        """The same of everybody on a list: one statement, one row for each of them."""
        rows = [_row(actor, provider, action, subject, client, request_id) for client in clients]
        if rows:
            await self._write(rows)

    async def _write(self, rows: Sequence[dict[str, object]]) -> list[None]:
        async with self._database.reading() as connection:
            await connection.execute(_NOTE, (orjson.dumps(rows).decode(),), prepare=True)
        return [None] * len(rows)


def _row(  # noqa: PLR0917 - as in `note`
    actor: str, provider: str, action: str, subject: str, client: UUID | None, request_id: str | None
) -> dict[str, object]:
    return {
        "at": datetime.now(UTC),
        "actor": actor,
        "provider": provider,
        "action": action,
        "subject": subject,
        "client": client,
        "request_id": request_id,
    }
