"""What has changed on a pathway since somebody read it, for the second of two who edit it at the same time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.referrals.domain.case import Decided
from services.referrals.domain.history import history
from services.referrals.domain.pathway import Pathway
from services.referrals.handlers.staff import Actor, actors
from services.referrals.store import pathways
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """`at`: when it was written down. `words` as in the history; own words are left where they stand."""

    at: datetime
    words: str
    by: Actor


async def changes_since(uow: UnitOfWork, pathway: Pathway, commands_version: int) -> Sequence[ChangedSince]:
    """From the first command after that version (an ETag's number) on, with what attendance led to since."""
    decided = list(_after(await pathways.decisions(uow, pathway), commands_version))
    known = await actors(uow, pathway.provider, {decision.actor for decision in decided})
    return [
        ChangedSince(decision.recorded_at, line.words, known[decision.actor])
        for decision in decided
        for line in history(decision.events)
    ]


def _after(decided: Sequence[Decided], commands_version: int) -> Iterator[Decided]:
    commands = 0
    for decision in decided:
        commands += sum(event.commanded for event in decision.events)
        if commands > commands_version:
            yield decision
