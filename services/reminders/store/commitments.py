"""Meetings that people plan to go to, and the referrals that they belong to."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.people import Client
from shared.meetings import Occurrence
from shared.storage.database import Connection

_SELECT = """
SELECT commitment_id, referral_id, client, made, meeting_id, date, starts_at, ends_at, time_zone, off, outcome,
    withdrawn, fell_through_at
FROM commitment WHERE {} ORDER BY commitment_id
"""
_SAVE = """
INSERT INTO commitment VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (commitment_id) DO UPDATE SET made = excluded.made, meeting_id = excluded.meeting_id, date = excluded.date,
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, time_zone = excluded.time_zone, off = excluded.off,
    outcome = excluded.outcome, withdrawn = excluded.withdrawn, fell_through_at = excluded.fell_through_at
"""
_SAVE_REFERRAL = """
INSERT INTO referral VALUES (%s, %s, %s, %s, %s) ON CONFLICT (referral_id) DO UPDATE SET ended = excluded.ended
"""


async def of_referrals(
    connection: Connection, ids: Collection[UUID], referrals: Collection[UUID]
) -> dict[UUID, Commitment]:
    """Those named, and all of the referrals named."""
    return await _select(connection, "commitment_id = ANY(%s) OR referral_id = ANY(%s)", list(ids), list(referrals))


async def of_clients(connection: Connection, clients: Collection[UUID], since: datetime) -> dict[UUID, Commitment]:
    return await _select(connection, "client = ANY(%s) AND starts_at > %s", list(clients), since)


async def of_meetings(connection: Connection, meetings: Collection[UUID], since: datetime) -> dict[UUID, Commitment]:
    return await _select(connection, "meeting_id = ANY(%s) AND starts_at > %s", list(meetings), since)


async def save(connection: Connection, commitments: Iterable[Commitment], people: Mapping[UUID, Client]) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(_SAVE, [_row(each, people[each.client]) for each in commitments])


async def ended(connection: Connection, referrals: Collection[UUID]) -> set[UUID]:
    """Which of these have ended. One that was never heard of has not."""
    query = "SELECT referral_id FROM referral WHERE referral_id = ANY(%s) AND ended"
    return {row[0] for row in await (await connection.execute(query, (list(referrals),))).fetchall()}


async def save_referrals(connection: Connection, ended: Mapping[UUID, tuple[Client, bool]]) -> None:
    rows = [(referral, c.client, c.provider, c.team, end) for referral, (c, end) in ended.items()]
    async with connection.cursor() as cursor:
        await cursor.executemany(_SAVE_REFERRAL, rows)


async def _select(connection: Connection, where: str, *values: object) -> dict[UUID, Commitment]:
    rows = await (await connection.execute(_SELECT.format(where).encode(), values)).fetchall()
    return {row[0]: _commitment(row) for row in rows}


def _commitment(row: tuple[Any, ...]) -> Commitment:
    commitment_id, referral_id, client, made, meeting, date, start, end, zone, off, outcome, withdrawn, fell = row
    return Commitment(
        commitment_id=commitment_id,
        referral_id=referral_id,
        client=client,
        made=made,
        occurrence=start and Occurrence(meeting, date, start.astimezone(UTC), end.astimezone(UTC), zone),
        off=off,
        outcome=outcome,
        withdrawn=withdrawn,
        fell_through=fell and fell.astimezone(UTC),
    )


def _row(commitment: Commitment, client: Client) -> tuple[object, ...]:
    there = commitment.occurrence
    held = (there.meeting_id, there.date, there.start, there.end, there.time_zone) if there else (None,) * 5
    whose = (commitment.commitment_id, commitment.referral_id, client.client, client.provider, client.team)
    now = (commitment.off, commitment.outcome, commitment.withdrawn, commitment.fell_through)
    return (*whose, commitment.made, *held, *now)
