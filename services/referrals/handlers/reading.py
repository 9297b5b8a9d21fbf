"""What is read beside a pathway to show it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referrals.directory.store import listed, safety
from services.referrals.domain.case import Decided
from services.referrals.domain.clients import Client
from services.referrals.domain.history import HistoryLine, history
from services.referrals.domain.pathway import Occurred, Pathway
from services.referrals.domain.replay import replay
from services.referrals.handlers.clients import client_of
from services.referrals.store import pathways
from shared.meetings import Meeting
from shared.storage.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Read:
    client: Client
    decided: Sequence[Decided]
    meetings: Mapping[UUID, Meeting]
    """Where the client plans to go, planned to, or went."""
    others: Sequence[Pathway]
    """Of the same client, the latest first."""
    paused: Collection[UUID]
    """Meetings that their provider does not suggest for now."""


async def referral(uow: UnitOfWork, pathway: Pathway) -> Read:
    client = await client_of(uow, pathway.client_id)
    decided, meetings = await pathways.decisions(uow, pathway), await _meetings(uow, pathway.occasions)
    paused = {each.meeting_id for each in await safety.paused(uow.connection, pathway.provider)}
    return Read(client, decided, meetings, await _others(uow, pathway), paused)


async def _others(uow: UnitOfWork, pathway: Pathway) -> list[Pathway]:
    """Beside one as family or friend none that would say something of their own use."""
    cases = await pathways.of_clients(uow, [pathway.client_id], lock=False)
    theirs = (case.pathway for case in cases if case.pathway.referral_id != pathway.referral_id)
    told = [each for each in theirs if pathway.for_ == "self" or each.for_ == "family"]
    return sorted(told, key=lambda each: each.opened_at, reverse=True)


async def history_since(uow: UnitOfWork, pathway: Pathway, version: int) -> list[HistoryLine]:
    """`version` counts people's commands: all that the later ones, and what came in beside them, led to."""
    state: Pathway | None = None
    lines: list[HistoryLine] = []
    for decision in await pathways.decisions(uow, pathway):
        state = replay(decision.events, state)
        if state.commands_version > version:
            lines += history(decision.events)
    return lines


async def pathway_at(uow: UnitOfWork, pathway: Pathway, version: int) -> Pathway | None:
    """As it was for who read it at that version, which counts people's commands. None: before its beginning."""
    state: Pathway | None = None
    for decision in await pathways.decisions(uow, pathway):
        then = replay(decision.events, state)
        if then.commands_version > version:
            break
        state = then
    return state


async def meetings_planned(uow: UnitOfWork, pathway: Pathway) -> Mapping[UUID, Meeting]:
    """Also those that are over."""
    return await _meetings(uow, (made.occurred for made in pathway.commitments))


async def _meetings(uow: UnitOfWork, occasions: Iterable[Occurred]) -> Mapping[UUID, Meeting]:
    return await listed.meetings(uow.connection, {each.meeting_id for each in occasions})
