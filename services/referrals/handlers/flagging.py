"""What the other services tell that a keyworker should look at."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from services.referrals.domain.company_consequences import act_by_hand
from services.referrals.domain.events import Event as DomainEvent
from services.referrals.domain.flags import asked_to_talk, raise_flag
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.saving import FACTS, Saving
from services.referrals.store import pathways
from shared.events.envelope import Event
from shared.events.journal import TalkAskedFor
from shared.events.reminders import MessageCancelled, MessageExpired, MessageUndeliverable
from shared.events.walls import require_provider
from shared.storage.database import UnitOfWork

_REMINDERS = "reminders"
_NOT_REACHED = frozenset({"no-address", "purpose-not-agreed", "reads-no-text"})
Untold = MessageCancelled | MessageExpired


def is_untold(data: Untold) -> bool:
    """Cancelled for another reason, it was no longer true or no longer needed."""
    if data.rule != "company-fell-through":
        return False
    return isinstance(data, MessageExpired) or data.reason in _NOT_REACHED


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

    async def unreached(self, uow: UnitOfWork, events: Sequence[Event[Untold]]) -> None:
        """That nobody comes along after all could not be told to the client: the keyworker acts by hand."""
        told = [event for event in events if is_untold(event.data)]
        cases = await pathways.of_clients(uow, {event.client for event in told}, lock=True)
        for event in told:
            for case in cases:
                if case.pathway.client_id == event.client and event.data.commitment_id:
                    require_provider(event, case.pathway.provider)
                    case.take(act_by_hand(case.pathway, event.data.commitment_id, event.time))
        await self._saving.save(uow, cases, _REMINDERS, {event.client: event for event in told})

    async def _flag(self, uow: UnitOfWork, events: Sequence[Event[Any]], flagged: Flagged, actor: str) -> None:
        """On every open pathway of the client."""
        cases = await pathways.of_clients(uow, {event.client for event in events}, lock=True)
        for event in events:
            for case in cases:
                if (case.pathway.client_id, case.pathway.state) == (event.client, "open"):
                    require_provider(event, case.pathway.provider)
                    case.take(flagged(case.pathway, at=event.time))
        await self._saving.save(uow, cases, actor, {event.client: event for event in events})
