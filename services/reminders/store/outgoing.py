"""Messages whose moment has come: taken by one worker, sent or put back, settled."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.reminders.domain.messages import Message
from services.reminders.domain.sending import Settle
from services.reminders.store.messages import FIELDS, read
from shared.storage.database import Connection

# Whoever has locked it is about to send it or to change it; others take the next.
_NEXT = f"""
SELECT {FIELDS} FROM message WHERE state = 'planned' AND next_try_at <= %s
ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""  # noqa: S608
_TAKE = """
UPDATE message SET state = 'sending', taken_by = %s, taken_at = %s, attempts = attempts + 1
WHERE message_id = %s RETURNING attempts
"""
# A worker that was given up for lost may still know better.
_SETTLE = f"""
UPDATE message SET state = %s, reason = %s, settled_at = %s
WHERE message_id = %s AND (state = 'planned' OR (state IN ('sending', 'unknown') AND taken_by = %s)) RETURNING {FIELDS}
"""  # noqa: S608
_PUT_BACK = """
UPDATE message SET state = 'planned', next_try_at = %s WHERE message_id = %s AND state = 'sending' AND taken_by = %s
"""
_SET_ASIDE = "UPDATE message SET next_try_at = %s WHERE message_id = %s"
_POSTPONE = f"UPDATE message SET due_at = %s, next_try_at = %s WHERE message_id = %s RETURNING {FIELDS}"  # noqa: S608
_OVERDUE = f"""
UPDATE message SET state = 'expired', reason = CASE WHEN attempts = 0 THEN 'too-late' ELSE 'could-not-send' END,
    settled_at = %(now)s
WHERE message_id IN (SELECT message_id FROM message WHERE state = 'planned' AND next_try_at <= %(now)s
    AND useful_until <= %(now)s LIMIT 1000 FOR UPDATE SKIP LOCKED)
RETURNING {FIELDS}
"""  # noqa: S608
_HOLDERS = "SELECT DISTINCT taken_by FROM message WHERE state = 'sending' AND taken_by <> %s"
# Never waits for a row: whoever holds one may be waiting for what is locked here already.
_LOST = f"""
UPDATE message SET state = 'unknown', reason = 'no-answer', settled_at = %s
WHERE message_id IN (SELECT message_id FROM message WHERE state = 'sending' AND taken_by = %s FOR UPDATE SKIP LOCKED)
RETURNING {FIELDS}
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Settled:
    """How a try ended, by the worker that made it."""

    message_id: UUID
    worker: int
    end: Settle


async def next_due(connection: Connection, now: datetime) -> Message | None:
    rows = await (await connection.execute(_NEXT.encode(), (now,))).fetchall()
    return read(rows[0]) if rows else None


async def take(connection: Connection, message: UUID, worker: int, now: datetime) -> int:
    """The intent to send. Answers how many tries there have been, this one included."""
    row = await (await connection.execute(_TAKE, (worker, now, message))).fetchone()
    return int(row[0]) if row else 0


async def settle(connection: Connection, settled: Settled, now: datetime) -> Message | None:
    """None when it is no longer there, or somebody else's."""
    values = (settled.end.state, settled.end.reason, now, settled.message_id, settled.worker)
    rows = await (await connection.execute(_SETTLE.encode(), values)).fetchall()
    return read(rows[0]) if rows else None


async def put_back(connection: Connection, message: UUID, worker: int, next_try: datetime) -> None:
    await connection.execute(_PUT_BACK, (next_try, message, worker))


async def set_aside(connection: Connection, message: UUID, next_try: datetime) -> None:
    await connection.execute(_SET_ASIDE, (next_try, message))


async def postpone(connection: Connection, message: UUID, due: datetime) -> Message:
    rows = await (await connection.execute(_POSTPONE.encode(), (due, due, message))).fetchall()
    return read(rows[0])


async def expire_overdue(connection: Connection, now: datetime) -> list[Message]:
    return [read(row) for row in await (await connection.execute(_OVERDUE.encode(), {"now": now})).fetchall()]


async def lose(connection: Connection, worker: int, now: datetime) -> list[Message]:
    """What workers that are gone had in hand. A worker is there as long as it holds the lock of its number."""
    lost: list[Message] = []
    for (holder,) in await (await connection.execute(_HOLDERS, (worker,))).fetchall():
        gone = await (await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", (holder,))).fetchone()
        if gone and gone[0]:
            lost += [read(row) for row in await (await connection.execute(_LOST.encode(), (now, holder))).fetchall()]
    return lost


async def count_due(connection: Connection, now: datetime) -> int:
    query = "SELECT count(*) FROM message WHERE state = 'planned' AND next_try_at <= %s"
    row = await (await connection.execute(query, (now,))).fetchone()
    return int(row[0]) if row else 0
