"""The intake topic: others write, journal reads. The unknown waits by itself for a day; the wrong is a dead letter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from services.journal.domain.refusals import ERASED, NotTaken
from services.journal.domain.reports import Report
from services.journal.handlers.attendance import record_attendance
from services.journal.handlers.listed import Listed
from services.journal.handlers.reports import TYPE, report_of
from services.journal.store import waiting
from shared.events.kafka import from_record
from shared.messaging.received import Desk, Received, Setback
from shared.problems import Refused, refused
from shared.storage.database import UnitOfWork

PATIENCE = timedelta(hours=24)
FIRST_TRY = timedelta(seconds=2)
"""After that each wait is about as long as all before it."""


def intake_desk(listed: Listed) -> Desk:
    async def apply(uow: UnitOfWork, batch: Sequence[Received]) -> list[Setback]:
        reports, setbacks = _read(batch)
        answers = await record_attendance(uow, listed, [report for _, report in reports]) if reports else []
        for (received, report), answer in zip(reports, answers, strict=True):
            if answer is not None:
                setbacks.append(_setback(uow, received, report, answer))
        await _await(uow, reports, answers)
        return setbacks

    return apply


def _read(batch: Sequence[Received]) -> tuple[list[tuple[Received, Report]], list[Setback]]:
    reports: list[tuple[Received, Report]] = []
    setbacks: list[Setback] = []
    for received in batch:
        try:
            reports.append((received, _report(received)))
        except Refused as refusal:
            setbacks.append(Setback(received=received, problem=refusal.problems[0]))
    return reports, setbacks


def _report(received: Received) -> Report:
    cloud = from_record(received.topic, received.headers, received.value)
    if cloud is None:
        raise refused("value", "null-value", "The intake topic is not compacted: a record has a value.")
    return report_of(cloud)


def _setback(uow: UnitOfWork, received: Received, report: Report, answer: NotTaken) -> Setback:
    if answer is ERASED:
        return _without_content(received, report)
    waits = answer.awaits is not None
    return Setback(
        received=received,
        problem=answer.problem,
        event_id=str(report.fact_id),
        type=TYPE,
        client=report.client,
        park_under=str(report.fact_id) if waits else None,
        next_try=uow.now + FIRST_TRY if waits else None,
        give_up=uow.now + PATIENCE if waits else None,
    )


def _without_content(received: Received, report: Report) -> Setback:
    """Accounted for, and nothing of it kept: an erased person must not come back as a dead letter."""
    empty = replace(received, key=None, headers=(), value=None)
    return Setback(received=empty, problem=ERASED.problem, event_id=str(report.fact_id))


async def _await(
    uow: UnitOfWork, reports: Sequence[tuple[Received, Report]], answers: Sequence[NotTaken | None]
) -> None:
    rows = [
        (answer.awaits, str(report.fact_id))
        for (_, report), answer in zip(reports, answers, strict=True)
        if answer is not None and answer.awaits is not None
    ]
    if rows:
        await waiting.await_(uow.connection, rows, uow.now + PATIENCE)
