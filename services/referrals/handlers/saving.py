"""Saves what was decided on pathways: decisions, snapshots, what is said of them and what FHIR shows of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.referrals.domain.case import Case
from services.referrals.domain.events_client import RecordsConsentWithdrawn
from services.referrals.domain.identity import NhsNumber
from services.referrals.domain.pathway import Pathway
from services.referrals.fhir import render, render_changes, touches
from services.referrals.publish import publish
from services.referrals.store import clients, pathways
from shared.events.contract import Contract
from shared.events.envelope import Event
from shared.events.saying import about_client
from shared.fhir.store.versions import Versions
from shared.storage.database import UnitOfWork

NAME = "referrals"
FACTS = "journal"
"""The actor of what nobody decided: attendance as journal tells it."""


class Saving:
    """`versions` is where FHIR resources are kept."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions

    async def save(
        self, uow: UnitOfWork, cases: Sequence[Case], actor: str, causes: Mapping[UUID, Event[Any]] | None = None
    ) -> None:
        """Cases on which nothing happened are left as they are. `causes`: by client, the event that led to it."""
        changed = [case for case in cases if case.happened]
        if not changed:
            return
        await pathways.save(uow, changed, actor)
        for case in changed:
            uow.say(*_said(uow, case, (causes or {}).get(case.pathway.client_id)))
        await self._show_changes(uow, [case for case in changed if case.pathway.records and touches(case.happened)])
        for case in changed:
            if any(isinstance(event, RecordsConsentWithdrawn) for event in case.happened):
                await self._versions.hide(uow, case.pathway.client_id, case.pathway.referral_id)

    async def _show_changes(self, uow: UnitOfWork, shared: Sequence[Case]) -> None:
        if not shared:
            return
        numbers = await _nhs_numbers(uow, {case.pathway.client_id for case in shared})
        rendered = [
            resource
            for case in shared
            for resource in render_changes(case.pathway, numbers.get(case.pathway.client_id), case.happened)
        ]
        await self._versions.save(uow, rendered)

    async def show(self, uow: UnitOfWork, shared: Sequence[Pathway]) -> None:
        """Renders pathways whose clients agreed; without an NHS number nothing appears on FHIR."""
        if not shared:
            return
        numbers = await _nhs_numbers(uow, {pathway.client_id for pathway in shared})
        rendered = [resource for pathway in shared for resource in render(pathway, numbers.get(pathway.client_id))]
        await self._versions.save(uow, rendered)

    async def erase(self, uow: UnitOfWork, client_id: UUID) -> None:
        await self._versions.erase(uow, client_id)


def _said(uow: UnitOfWork, case: Case, cause: Event[Any] | None) -> list[Event[Contract]]:
    pathway = case.pathway
    return [
        about_client(
            NAME,
            data,
            client=pathway.client_id,
            provider=pathway.provider,
            team=pathway.team,
            time=event.at,
            recorded=uow.now,
            sequence=pathway.version,
            cause=cause,
        )
        for event in case.happened
        for data in publish(event, pathway)
    ]


async def _nhs_numbers(uow: UnitOfWork, client_ids: set[UUID]) -> dict[UUID, NhsNumber]:
    known = await clients.by_ids(uow.connection, client_ids)
    ciphers = await uow.keys.existing(client_ids)
    numbers: dict[UUID, NhsNumber] = {}
    for client_id, client in known.items():
        if client.identity and (number := clients.revealed(ciphers[client_id], client.identity).nhs_number):
            numbers[client_id] = number
    return numbers
