"""What the other services tell that a keyworker should look at."""

from collections.abc import Sequence
from typing import Any

from services.referrals.domain.flags import raise_flag
from services.referrals.domain.vocabulary import FlagCode
from services.referrals.handlers.saving import FACTS, Saving
from services.referrals.store import pathways
from shared.events.envelope import Event
from shared.events.journal import TalkAskedFor
from shared.events.reminders import MessageUndeliverable
from shared.events.walls import require_provider
from shared.storage.database import UnitOfWork

_REMINDERS = "reminders"


class Flagging:
    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def undeliverable(self, uow: UnitOfWork, events: Sequence[Event[MessageUndeliverable]]) -> None:
        """A message that reached nobody: the keyworker rings instead."""
        await self._flag(uow, events, "message-undeliverable", _REMINDERS)

    async def wants_to_talk(self, uow: UnitOfWork, events: Sequence[Event[TalkAskedFor]]) -> None:
        """The client would like to talk something over, without a word of what: it lands on the keyworker's day."""
        await self._flag(uow, events, "wants-to-talk", FACTS)

    async def _flag(self, uow: UnitOfWork, events: Sequence[Event[Any]], code: FlagCode, actor: str) -> None:
        """On every open pathway of the client."""
        cases = await pathways.of_clients(uow, {event.client for event in events}, lock=True)
        for event in events:
            for case in cases:
                if (case.pathway.client_id, case.pathway.state) == (event.client, "open"):
                    require_provider(event, case.pathway.provider)
                    case.take(raise_flag(case.pathway, code, None, event.time))
        await self._saving.save(uow, cases, actor, {event.client: event for event in events})
