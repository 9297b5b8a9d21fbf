"""SQL of a provider's areas and their owners."""

from collections.abc import Sequence

from services.referrals.directory.due import Area
from services.referrals.directory.wanted import Near
from shared.storage.database import Connection

_PUT = """
INSERT INTO directory_area (provider, area, owner, latitude, longitude, km) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (provider, area) DO UPDATE
SET owner = EXCLUDED.owner, latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude, km = EXCLUDED.km
"""


async def areas(connection: Connection, provider: str) -> Sequence[Area]:
    query = "SELECT area, owner, latitude, longitude, km FROM directory_area WHERE provider = %s ORDER BY area"
    rows = await (await connection.execute(query, (provider,))).fetchall()
    return [Area(area, owner, None if place[0] is None else Near(*place)) for area, owner, *place in rows]


async def put(connection: Connection, provider: str, area: Area) -> None:
    near = area.near
    place = (near.latitude, near.longitude, near.within) if near else (None, None, None)
    await connection.execute(_PUT, (provider, area.area, area.owner, *place))


async def remove(connection: Connection, provider: str, area: str) -> None:
    await connection.execute("DELETE FROM directory_area WHERE provider = %s AND area = %s", (provider, area))
