"""Which pathways have a commitment ahead to a meeting: snapshots are sealed, so nothing else could find them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from services.referrals.domain.case import Case
from services.referrals.domain.events_commitments import CommitmentMade, CommitmentOutcomeNoted, CommitmentWithdrawn
from services.referrals.domain.meeting_changes import is_ahead
from services.referrals.domain.pathway import Pathway
from shared.storage.copying import Into
from shared.storage.database import Connection

_OF_COMMITMENTS = (CommitmentMade, CommitmentWithdrawn, CommitmentOutcomeNoted)
_ROWS = Into(
    "commitment_ahead",
    {
        "commitment_id": "uuid",
        "referral_id": "uuid",
        "meeting_id": "uuid",
        "date": "date",
        "start": "timestamptz",
    },
)


async def keep(connection: Connection, cases: Sequence[Case], now: datetime) -> None:
    """As the pathways now stand, of those whose commitments have changed."""
    changed = [case.pathway for case in cases if any(isinstance(event, _OF_COMMITMENTS) for event in case.happened)]
    if changed:
        await put(connection, changed, now)


async def put(connection: Connection, pathways: Sequence[Pathway], now: datetime) -> None:
    await connection.execute(
        "DELETE FROM commitment_ahead WHERE referral_id = ANY(%s)", ([each.referral_id for each in pathways],)
    )
    rows = [
        (made.commitment_id, pathway.referral_id, made.meeting_id, made.date, made.start)
        for pathway in pathways
        for made in pathway.commitments
        if is_ahead(made, now)
    ]
    await _ROWS.write(connection, rows)


async def referrals_of(
    connection: Connection, meetings: Collection[UUID], now: datetime, provider: str | None = None
) -> list[UUID]:
    """Whose commitment ahead is to one of these meetings. `provider`: None means all."""
    query = (
        "SELECT DISTINCT referral_id FROM commitment_ahead JOIN referral USING (referral_id) "
        "WHERE meeting_id = ANY(%s) AND start > %s AND (%s::text IS NULL OR provider = %s)"
    )
    cursor = await connection.execute(query, (list(meetings), now, provider, provider))
    return [referral_id for (referral_id,) in await cursor.fetchall()]


async def unkept(connection: Connection, most: int) -> list[UUID]:
    """Referrals from before there was such an index; held until the end of the transaction."""
    query = "SELECT referral_id FROM referral WHERE NOT ahead_kept ORDER BY referral_id LIMIT %s FOR UPDATE SKIP LOCKED"
    return [referral_id for (referral_id,) in await (await connection.execute(query, (most,))).fetchall()]


async def note_kept(connection: Connection, referrals: Collection[UUID]) -> None:
    await connection.execute("UPDATE referral SET ahead_kept = true WHERE referral_id = ANY(%s)", (list(referrals),))
