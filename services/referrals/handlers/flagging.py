"""What the other services tell that a keyworker should look at."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from services.referrals.domain.events import Event as DomainEvent
from services.referrals.domain.flags import asked_to_talk, raise_flag
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.saving import FACTS, Saving
from services.referrals.store import pathways
from shared.events.envelope import Event
from shared.events.journal import TalkAskedFor
from shared.events.reminders import MessageUndeliverable
from shared.events.walls import require_provider
from shared.storage.database import UnitOfWork

_REMINDERS = "reminders"


class Flagged(Protocol):
    """What a flag means for one pathway."""

    def __call__(self, pathway: Pathway, *, at: datetime) -> Sequence[DomainEvent]: ...


class Flagging:
    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def undeliverable(self, uow: UnitOfWork, events: Sequence[Event[MessageUndeliverable]]) -> None:
        """A message that reached nobody: the keyworker rings instead."""
        await self._flag(uow, events, partial(raise_flag, code="message-undeliverable", about=None), _REMINDERS)

    async def wants_to_talk(self, uow: UnitOfWork, events: Sequence[Event[TalkAskedFor]]) -> None:
        """The client would like to talk something over, without a word of what: it lands on the keyworker's day."""
        await self._flag(uow, events, asked_to_talk, FACTS)

    async def _flag(self, uow: UnitOfWork, events: Sequence[Event[Any]], flagged: Flagged, actor: str) -> None:
        """On every open pathway of the client."""
        cases = await pathways.of_clients(uow, {event.client for event in events}, lock=True)
        for event in events:
            for case in cases:
                if (case.pathway.client_id, case.pathway.state) == (event.client, "open"):
                    require_provider(event, case.pathway.provider)
                    case.take(flagged(case.pathway, at=event.time))
        await self._saving.save(uow, cases, actor, {event.client: event for event in events})
