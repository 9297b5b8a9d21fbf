"""The directory's feeds, as one of the parts that `/ops` tells of."""

from services.referrals.directory.handlers.importing import waiting_feeds
from shared.storage.database import Connection
from shared.web.operations_health import Part


async def feeds_part(connection: Connection) -> Part:
    feeds = await waiting_feeds(connection)
    if not feeds:
        return Part("Feeds", "Good", "green", "No feed waits for a person.", "/ops/directory")
    told = f"{len(feeds)} wait for a person: {', '.join(feeds[:5])}{' and others' if len(feeds) > 5 else ''}."
    return Part("Feeds", "Some", "orange", told, "/ops/directory")
