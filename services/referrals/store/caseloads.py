"""A team's pathways, found by what is not sealed of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.referrals.domain.caseload import Sought
from shared.storage.database import Connection

MOST = 2_000
"""Several teams' worth. What is beyond it is not on the list, and the list says so."""


async def referrals_of_team(connection: Connection, provider: str, team: str, sought: Sought) -> Sequence[UUID]:
    """Up to one more than `MOST`."""
    where, values = ["provider = %s", "team = %s", "state = %s"], [provider, team, sought.state]
    for column, value in (("keyworker", sought.keyworker), ("for_whom", sought.for_)):
        if value is not None:
            where.append(f"{column} = %s")
            values.append(value)
    query = f"SELECT referral_id FROM referral WHERE {' AND '.join(where)} ORDER BY referral_id LIMIT {MOST + 1}"  # noqa: S608
    return [referral_id for (referral_id,) in await (await connection.execute(query.encode(), values)).fetchall()]


async def teams_of(connection: Connection, provider: str) -> Sequence[str]:
    """Those that have, or had, a client."""
    query = "SELECT DISTINCT team FROM referral WHERE provider = %s ORDER BY team"
    return [team for (team,) in await (await connection.execute(query, (provider,))).fetchall()]


async def ended_lately(
    connection: Connection, provider: str, team: str, keyworker: str | None, since: datetime
) -> Sequence[UUID]:
    """Ended pathways on which something has happened since then, the ending for one; at most `MOST`."""
    whose = "AND r.keyworker = %s " if keyworker is not None else ""
    query = (
        "SELECT r.referral_id FROM referral r JOIN decision d ON d.referral_id = r.referral_id "  # noqa: S608
        "AND d.version = r.version WHERE r.provider = %s AND r.team = %s AND r.state = 'ended' "
        f"{whose}AND d.recorded_at >= %s ORDER BY r.referral_id LIMIT {MOST}"
    )
    values = (provider, team, *([keyworker] if keyworker is not None else []), since)
    return [referral_id for (referral_id,) in await (await connection.execute(query.encode(), values)).fetchall()]
