"""SQL of where postcodes are: a table that the operator loads."""

from collections.abc import Sequence

from shared.storage.copying import Into
from shared.storage.database import Connection

_LOADED = Into("postcode_loaded", {"code": "text", "latitude": "float8", "longitude": "float8"})
_PUT = """
INSERT INTO postcode SELECT DISTINCT ON (code) code, latitude, longitude FROM postcode_loaded
ON CONFLICT (code) DO UPDATE SET latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude
"""


async def place_of(connection: Connection, code: str) -> tuple[float, float] | None:
    """Degrees. `code` is capital letters and digits without blanks."""
    cursor = await connection.execute("SELECT latitude, longitude FROM postcode WHERE code = %s", (code,))
    row = await cursor.fetchone()
    return (row[0], row[1]) if row else None


async def middle_of(connection: Connection, outward: str) -> tuple[float, float] | None:
    """Of all postcodes that begin so: `LS1` is a part of Leeds, and not `LS11`."""
    query = "SELECT avg(latitude), avg(longitude) FROM postcode WHERE code >= %s AND code < %s AND length(code) = %s"
    values = (outward, f"{outward}a", len(outward) + _INWARD)
    [(latitude, longitude)] = await (await connection.execute(query, values)).fetchall()
    return None if latitude is None else (float(latitude), float(longitude))


async def put(connection: Connection, places: Sequence[tuple[str, float, float]]) -> None:
    """New ones beside those that stay; one that is there moves."""
    await connection.execute(
        "CREATE TEMPORARY TABLE postcode_loaded (code text, latitude float8, longitude float8) ON COMMIT DROP"
    )
    await _LOADED.write(connection, places)
    await connection.execute(_PUT)


_INWARD = 3
"""Characters after the blank."""
