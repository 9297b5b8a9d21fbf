"""Meetings and emitters in memory: every report asks for them, and they seldom change."""

from collections import defaultdict
from collections.abc import Sequence

from services.journal.domain.attendance import Registrations
from services.journal.domain.directory import Directory
from services.journal.domain.emitters import Emitter
from services.journal.store import listed
from shared.events.directory import MeetingListed
from shared.meetings import Meeting
from shared.storage.database import Connection


class Listed:
    """One per process. Whoever uses it refreshes it first: one small query tells whether anything is new."""

    def __init__(self) -> None:
        self.directory = Directory()
        self._emitters: dict[str, dict[str, Emitter]] = {}
        self._version = -1

    async def refresh(self, connection: Connection) -> None:
        await self.follow(connection, await listed.version(connection))

    async def follow(self, connection: Connection, version: int) -> None:
        if version == self._version:
            return
        meetings = await listed.meetings_since(connection, self._version)
        emitters = await listed.emitters(connection)
        self.directory.put(meeting_of(meeting) for meeting in meetings)
        self._emitters = _by_source(emitters)
        # Last, and as it was before the rows were read: what came in between is read again.
        self._version = version

    def registered(self, source: str, sender: Emitter | None) -> Registrations:
        """Who may speak as this source. A `sender` known by its token counts as registered, once heard of."""
        registered = self._emitters.get(source, {})
        if sender is None:
            return registered
        return {sender.provider: registered.get(sender.provider, sender)}

    def provider_of(self, source: str) -> str | None:
        """Whose emitter this is; none if nobody registered it, or several did."""
        providers = list(self._emitters.get(source, {}))
        return providers[0] if len(providers) == 1 else None


def meeting_of(said: MeetingListed) -> Meeting:
    """ValueError when it is no meeting (an unknown zone, a weekday without a start…)."""
    return Meeting(**said.model_dump(by_alias=False))


def _by_source(emitters: Sequence[Emitter]) -> dict[str, dict[str, Emitter]]:
    """One that is active before one that is not: a system may have been registered anew under another name."""
    found: defaultdict[str, dict[str, Emitter]] = defaultdict(dict)
    for emitter in sorted(emitters, key=lambda emitter: emitter.active):
        found[emitter.source][emitter.provider] = emitter
    return dict(found)
