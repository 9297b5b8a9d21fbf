"""Which pathways look for company, or have it: an index of what is sealed in `referral.snapshot`, kept with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from services.referrals.domain.case import Case
from services.referrals.domain.events_company import OfCompany
from services.referrals.domain.pathway import Pathway
from shared.storage.copying import Into
from shared.storage.database import Connection

_ROWS = Into(
    "company",
    {
        "company_id": "uuid",
        "referral_id": "uuid",
        "commitment_id": "uuid",
        "peer_id": "uuid",
        "state": "text",
        "start": "timestamptz",
    },
)
_WHERE_IT_IS = """
SELECT company_id, referral_id, client_id, provider, team FROM company JOIN referral USING (referral_id)
"""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The pathway that a company belongs to, and behind which walls."""

    company_id: UUID
    referral_id: UUID
    client_id: UUID
    provider: str
    team: str


async def keep(connection: Connection, cases: Sequence[Case]) -> None:
    """As the pathways now stand, of those whose company has changed."""
    changed = [case.pathway for case in cases if any(isinstance(event, OfCompany) for event in case.happened)]
    if changed:
        await _put(connection, changed)


async def find(connection: Connection, company_id: UUID) -> Whereabouts | None:
    found = await _find(connection, "company_id = %s", company_id)
    return found[0] if found else None


async def ahead(connection: Connection, provider: str, team: str | None, now: datetime) -> list[Whereabouts]:
    """Asked for, agreed, fallen through, for meetings still to come; soonest first. `team`: None means all."""
    where = "provider = %s AND (%s::text IS NULL OR team = %s) AND company.state = ANY(%s) AND start > %s"
    return await _find(
        connection, f"{where} ORDER BY start, company_id", provider, team, team, [*_OPEN, "fell-through"], now
    )


async def of_peer(connection: Connection, peer_id: UUID) -> list[Whereabouts]:
    """What this peer supporter was offered or has agreed to."""
    return await _find(connection, "peer_id = %s AND company.state = ANY(%s)", peer_id, _OPEN)


async def agreed_between(
    connection: Connection, provider: str, from_: datetime, until: datetime
) -> list[tuple[UUID, UUID, UUID]]:
    """Who goes along to what begins in this time: peer supporter, company, pathway."""
    query = (
        "SELECT peer_id, company_id, referral_id FROM company JOIN referral USING (referral_id) "
        "WHERE provider = %s AND company.state = 'agreed' AND start > %s AND start < %s"
    )
    return await (await connection.execute(query, (provider, from_, until))).fetchall()


_OPEN = ["asked", "offered", "agreed"]


async def _find(connection: Connection, where: str, *values: object) -> list[Whereabouts]:
    async with connection.cursor(row_factory=class_row(Whereabouts)) as cursor:
        await cursor.execute(f"{_WHERE_IT_IS} WHERE {where}".encode(), values)
        return await cursor.fetchall()


async def _put(connection: Connection, pathways: Sequence[Pathway]) -> None:
    await connection.execute(
        "DELETE FROM company WHERE referral_id = ANY(%s)", ([each.referral_id for each in pathways],)
    )
    rows = [
        (company.company_id, pathway.referral_id, company.commitment_id, company.peer_id, company.state, made.start)
        for pathway in pathways
        for company in pathway.company
        if (made := pathway.commitment(company.commitment_id))
    ]
    await _ROWS.write(connection, rows)
