"""Where somebody says they are: coordinates, or a postcode of the table that the operator loaded. Kept nowhere."""

from services.referrals.directory.postcodes import compact, is_postcode, parts, read_table
from services.referrals.directory.store import postcodes
from services.referrals.directory.wanted import Near
from shared.problems import Problem, Refused, refused
from shared.storage.database import Connection, UnitOfWork
from shared.telemetry.logs import logger

_log = logger()
_TOLD = 20
"""Wrong lines that are named."""


async def place(connection: Connection, text: str, within: float) -> Near:
    """Refused at `near` if the table does not hold it."""
    if found := await known_place(connection, text, within):
        return found
    reason = "This postcode is not in the table here. Say another one, or latitude,longitude in degrees."
    raise refused("near", "unknown-postcode", reason)


async def known_place(connection: Connection, text: str, within: float) -> Near | None:
    """None for what is neither, or not in the table."""
    if not is_postcode(text):
        return None
    outward, inward = parts(text)
    found = await postcodes.place_of(connection, compact(text)) if inward else None
    found = found or await postcodes.middle_of(connection, outward)
    return found and Near(*found, within)


async def load(uow: UnitOfWork, body: bytes) -> int:
    """All of it or nothing; how many it were. Twice is once."""
    read = list(read_table(body))
    if wrong := [each for each in read if isinstance(each, Problem)]:
        raise Refused(*wrong[:_TOLD])
    places = [each for each in read if not isinstance(each, Problem)]
    await postcodes.put(uow.connection, places)
    _log.info("postcodes.loaded", count=len(places))
    return len(places)
