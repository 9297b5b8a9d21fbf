"""Organisations for somebody who helps a client to choose a kind of group."""

from services.referrals.directory.handlers.finding import Following
from services.referrals.directory.reach import Reach, in_reach
from services.referrals.directory.wanted import Near
from shared.meetings import Audience
from shared.storage.database import Connection


async def organisations_in_reach(
    connection: Connection, following: Following, near: Near | None, audience: Audience | None
) -> list[Reach]:
    """`audience`: those for self or for family; what is for both is for either."""
    index = await following.index(connection)
    return [
        reach
        for reach in in_reach(index, near)
        if audience is None or reach.organisation.audience in (audience, "both")
    ]
