"""SQL of where meetings are whose address names a place."""

from collections.abc import Sequence

from shared.storage.database import Connection

# A part of the address between commas, with or without the postcode behind it: `York` is not in `12 York Road, Leeds`.
_POINTS = r"""
SELECT latitude, longitude FROM meeting
WHERE status = 'active' AND latitude IS NOT NULL AND longitude IS NOT NULL AND address ILIKE %(somewhere)s
    AND lower(%(name)s) IN (
        SELECT regexp_replace(trim(part), '\s+[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$', '')
        FROM unnest(string_to_array(lower(address), ',')) AS part
    )
LIMIT 2000
"""


async def points_of(connection: Connection, name: str) -> Sequence[tuple[float, float]]:
    """Latitude and longitude in degrees."""
    # A name has letters, blanks, points, dashes and apostrophes: nothing that LIKE would read as a pattern.
    cursor = await connection.execute(_POINTS.encode(), {"name": name, "somewhere": f"%{name}%"})
    return [(latitude, longitude) for latitude, longitude in await cursor.fetchall()]
