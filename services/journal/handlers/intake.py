"""The intake topic: others write, journal reads. The unknown waits by itself for a day; the wrong is a dead letter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from services.journal.domain.clients import Client
from services.journal.domain.refusals import ERASED, NotTaken
from services.journal.domain.reports import Report
from services.journal.handlers.attendance import record_attendance
from services.journal.handlers.listed import Listed
from services.journal.handlers.reports import TYPE, fact_id_of, report_of
from services.journal.store import clients, waiting
from shared.events.kafka import from_record
from shared.messaging.claimed import claimed
from shared.messaging.received import Desk, Received, Setback
from shared.problems import Refused, refused
from shared.storage.database import UnitOfWork

PATIENCE = timedelta(hours=24)
FIRST_TRY = timedelta(seconds=2)
"""After that each wait is about as long as all before it."""


def intake_desk(listed: Listed) -> Desk:
    async def apply(uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
        reports, unreadable = _read(batch)
        answers = await record_attendance(uow, listed, [report for _, report in reports])
        not_taken = [(*read, answer) for read, answer in zip(reports, answers, strict=True) if answer is not None]
        holders = await _holders(uow, [report for _, report, _ in not_taken])
        await _await(uow, not_taken)
        return [
            *(_unreadable(received, listed, refusal) for received, refusal in unreadable),
            *(_setback(uow, *one, _whose(one[1], listed, holders)) for one in not_taken),
        ]

    return apply


def _read(batch: Sequence[Received]) -> tuple[list[tuple[Received, Report]], list[tuple[Received, Refused]]]:
    reports: list[tuple[Received, Report]] = []
    unreadable: list[tuple[Received, Refused]] = []
    for received in batch:
        try:
            reports.append((received, _report(received)))
        except Refused as refusal:
            unreadable.append((received, refusal))
    return reports, unreadable


def _report(received: Received) -> Report:
    cloud = from_record(received.topic, received.headers, received.value)
    if cloud is None:
        raise refused("value", "null-value", "The intake topic is not compacted: a record has a value.")
    return report_of(cloud)


async def _holders(uow: UnitOfWork, reports: Sequence[Report]) -> dict[bytes, Client]:
    """Whose cards were shown, so that an erasure finds what was refused of them too."""
    cards = {report.card for report in reports if report.card}
    found = await clients.by_card(uow.connection, cards) if cards else []
    return {holder.card: holder for holder in found if holder.card}


def _unreadable(received: Received, listed: Listed, refusal: Refused) -> Setback:
    said = claimed(received)
    return Setback(
        received=received,
        problem=refusal.problems[0],
        event_id=_fact_id(received),
        type=said.type,
        client=said.client,
        provider=listed.provider_of(said.source),
    )


def _fact_id(received: Received) -> str | None:
    """Of the fact that it would have been, if at least its envelope can be read."""
    try:
        cloud = from_record(received.topic, received.headers, received.value)
    except Refused:
        return None
    return str(fact_id_of(cloud.attributes["source"], cloud.attributes["id"])) if cloud else None


def _whose(report: Report, listed: Listed, holders: Mapping[bytes, Client]) -> tuple[UUID | None, str | None]:
    """Client and provider. Another provider's client stays unknown to this one's operations, also by their card."""
    provider = listed.provider_of(report.source)
    holder = holders.get(report.card) if report.card else None
    held_by = holder.client if holder and holder.provider == provider else None
    return report.client or held_by, provider


def _setback(
    uow: UnitOfWork, received: Received, report: Report, answer: NotTaken, whose: tuple[UUID | None, str | None]
) -> Setback:
    if answer is ERASED:
        return _without_content(received, report)
    client, provider = whose
    waits = answer.awaits is not None
    return Setback(
        received=received,
        problem=answer.problem,
        event_id=str(report.fact_id),
        type=TYPE,
        client=client,
        provider=provider,
        park_under=str(report.fact_id) if waits else None,
        next_try=uow.now + FIRST_TRY if waits else None,
        give_up=uow.now + PATIENCE if waits else None,
    )


def _without_content(received: Received, report: Report) -> Setback:
    """Accounted for, and nothing of it kept: an erased person must not come back as a dead letter."""
    empty = replace(received, key=None, headers=(), value=None)
    return Setback(received=empty, problem=ERASED.problem, event_id=str(report.fact_id))


async def _await(uow: UnitOfWork, not_taken: Sequence[tuple[Received, Report, NotTaken]]) -> None:
    rows = [(answer.awaits, str(report.fact_id)) for _, report, answer in not_taken if answer.awaits is not None]
    if rows:
        await waiting.await_(uow.connection, rows, uow.now + PATIENCE)
