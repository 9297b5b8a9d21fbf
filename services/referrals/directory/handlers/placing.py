"""Where somebody says they are: coordinates, a town, or a postcode of a table that the operator loads; kept nowhere."""

from services.referrals.directory.postcodes import compact, is_postcode, parts, read_table
from services.referrals.directory.store import postcodes, towns
from services.referrals.directory.towns import is_name, middle
from services.referrals.directory.wanted import Near
from shared.problems import Problem, Refused, refused
from shared.storage.database import Connection, UnitOfWork
from shared.telemetry.logs import logger

_log = logger()
_NO_POSTCODE = "This postcode is not known here. Try its first part, or the name of the town."
_NO_TOWN = (
    "No meeting here has this town in its address, or there are several towns of this name. Try a postcode, "
    "or a larger town nearby."
)
_TOLD = 20
"""Wrong lines that are named."""


async def place(connection: Connection, text: str, within: float) -> Near:
    """Refused at `near` if the table does not hold it, or no meeting is in a town of that name, or in several."""
    if found := await known_place(connection, text, within):
        return found
    if is_postcode(text):
        raise refused("near", "unknown-postcode", _NO_POSTCODE)
    raise refused("near", "unknown-place", _NO_TOWN)


async def known_place(connection: Connection, text: str, within: float) -> Near | None:
    """None for what is neither, or not known, or the name of several places."""
    if not is_postcode(text):
        return await _town(connection, text, within) if is_name(text) else None
    outward, inward = parts(text)
    found = await postcodes.place_of(connection, compact(text)) if inward else None
    found = found or await postcodes.middle_of(connection, outward)
    return found and Near(*found, within)


async def _town(connection: Connection, name: str, within: float) -> Near | None:
    points = await towns.points_of(connection, name)
    return middle(points, within) if points else None


async def load(uow: UnitOfWork, body: bytes) -> int:
    """All of it or nothing; how many it were. Twice is once."""
    read = list(read_table(body))
    if wrong := [each for each in read if isinstance(each, Problem)]:
        raise Refused(*wrong[:_TOLD])
    places = [each for each in read if not isinstance(each, Problem)]
    await postcodes.put(uow.connection, places)
    _log.info("postcodes.loaded", count=len(places))
    return len(places)
