"""Bringing what is planned into line with what is known: the end of every handler."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid4

from services.reminders.domain.commitments import Commitment
from services.reminders.domain.people import Client
from services.reminders.domain.planning import Case, plan
from services.reminders.domain.schedule import LONGEST
from services.reminders.handlers.saying import say
from services.reminders.store import commitments as commitment_store
from services.reminders.store import messages as message_store
from shared.events.envelope import Event
from shared.storage.database import UnitOfWork

Causes = Mapping[UUID, Event[Any]]
"""By client: the event that led here."""


async def replan(
    uow: UnitOfWork, commitments: Collection[Commitment], people: Mapping[UUID, Client], causes: Causes
) -> None:
    """`people` are locked: two handlers never plan for one person at the same time."""
    recent = [each for each in commitments if each.occurrence and each.occurrence.start > uow.now - LONGEST]
    if not recent:
        return
    ended = await commitment_store.ended(uow.connection, {each.referral_id for each in recent})
    there = await message_store.of_commitments(uow.connection, [each.commitment_id for each in recent])
    cases = [Case(each, people[each.client], each.referral_id in ended) for each in recent]
    changes = [
        change for case in cases for change in plan(case, there.get(case.commitment.commitment_id, ()), uow.now, uuid4)
    ]
    await message_store.save(uow.connection, changes, people, uow.now)
    for change in changes:
        say(uow, change, people[change.client], cause=causes.get(change.client))


async def replan_for(uow: UnitOfWork, people: Mapping[UUID, Client], causes: Causes) -> None:
    """All that these people have planned."""
    commitments = await commitment_store.of_clients(uow.connection, people, uow.now - LONGEST)
    await replan(uow, list(commitments.values()), people, causes)
