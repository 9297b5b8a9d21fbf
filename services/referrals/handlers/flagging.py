"""What the other services tell that a keyworker should look at."""

from collections.abc import Sequence

from services.referrals.domain.flags import raise_flag
from services.referrals.handlers.saving import Saving
from services.referrals.store import pathways
from shared.events.envelope import Event
from shared.events.reminders import MessageUndeliverable
from shared.events.walls import require_provider
from shared.storage.database import UnitOfWork

_REMINDERS = "reminders"


class Flagging:
    def __init__(self, saving: Saving) -> None:
        self._saving = saving

    async def undeliverable(self, uow: UnitOfWork, events: Sequence[Event[MessageUndeliverable]]) -> None:
        """A message that reached nobody: the keyworker rings instead. On every open pathway of the client."""
        cases = await pathways.of_clients(uow, {event.client for event in events}, lock=True)
        for event in events:
            for case in cases:
                if (case.pathway.client_id, case.pathway.state) == (event.client, "open"):
                    require_provider(event, case.pathway.provider)
                    case.take(raise_flag(case.pathway, "message-undeliverable", None, event.time))
        await self._saving.save(uow, cases, _REMINDERS, {event.client: event for event in events})
