"""Messages as they are planned and settled. What a worker does with those that are due is in `post`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.reminders.domain.messages import Message, Reason, State
from services.reminders.domain.people import Client
from services.reminders.domain.rules import Rule
from services.reminders.domain.schedule import Slot
from shared.storage.database import Connection

FIELDS = """message.message_id, message.client, message.commitment_id, message.rule, message.starts_at,
    message.slot_due, message.useful_until, message.time_zone, message.due_at, message.state, message.reason,
    message.referral_id"""
# Locked: a worker that has one in hand is waited for, and finds what was decided here when it looks again.
_OF_COMMITMENTS = f"SELECT {FIELDS} FROM message WHERE commitment_id = ANY(%s) ORDER BY message_id FOR UPDATE"  # noqa: S608
_OF_CLIENT = f"SELECT {FIELDS} FROM message WHERE client = %s ORDER BY due_at, message_id"  # noqa: S608
_SAVE = """
INSERT INTO message (message_id, client, provider, team, commitment_id, rule, starts_at, slot_due, useful_until,
    time_zone, due_at, next_try_at, state, reason, settled_at, referral_id)
VALUES (%(id)s, %(client)s, %(provider)s, %(team)s, %(commitment)s, %(rule)s, %(start)s, %(slot_due)s, %(useful_until)s,
    %(zone)s, %(due)s, %(due)s, %(state)s, %(reason)s, %(settled)s, %(referral)s)
ON CONFLICT (message_id) DO UPDATE SET starts_at = excluded.starts_at, slot_due = excluded.slot_due,
    useful_until = excluded.useful_until, time_zone = excluded.time_zone, due_at = excluded.due_at,
    next_try_at = excluded.next_try_at, state = excluded.state, reason = excluded.reason,
    settled_at = excluded.settled_at
"""


async def of_commitments(connection: Connection, commitments: Collection[UUID]) -> dict[UUID, list[Message]]:
    """By commitment; one without messages is left out."""
    cursor = await connection.execute(_OF_COMMITMENTS.encode(), (list(commitments),))
    found: dict[UUID, list[Message]] = {}
    for row in await cursor.fetchall():
        found.setdefault(row[2], []).append(read(row))
    return found


async def of_client(connection: Connection, client: UUID) -> list[Message]:
    """In the order in which they are due."""
    cursor = await connection.execute(_OF_CLIENT.encode(), (client,))
    return [read(row) for row in await cursor.fetchall()]


async def save(
    connection: Connection, messages: Iterable[Message], people: Mapping[UUID, Client], now: datetime
) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(_SAVE, [_row(message, people[message.client], now) for message in messages])


def read(row: tuple[Any, ...]) -> Message:
    """A row of FIELDS."""
    message_id, client, commitment, rule, start, slot_due, useful_until, zone, due, state, reason, referral = row
    return Message(
        message_id=message_id,
        client=client,
        commitment_id=commitment,
        rule=Rule(rule),
        start=start.astimezone(UTC),
        slot=Slot(slot_due.astimezone(UTC), useful_until.astimezone(UTC)),
        time_zone=zone,
        due=due.astimezone(UTC),
        state=State(state),
        reason=reason and Reason(reason),
        referral_id=referral,
    )


def _row(message: Message, client: Client, now: datetime) -> dict[str, object]:
    return {
        "id": message.message_id,
        "client": message.client,
        "provider": client.provider,
        "team": client.team,
        "commitment": message.commitment_id,
        "rule": message.rule,
        "start": message.start,
        "slot_due": message.slot.due,
        "useful_until": message.slot.useful_until,
        "zone": message.time_zone,
        "due": message.due,
        "state": message.state,
        "reason": message.reason,
        "referral": message.referral_id,
        "settled": None if message.state is State.PLANNED else now,
    }
