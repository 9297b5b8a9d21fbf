"""From a report to a fact: about whom, about which occurrence, and whether this source's word may be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from uuid import UUID

from services.journal.domain import refusals
from services.journal.domain.clients import Client
from services.journal.domain.directory import Directory, nearest, occurrence_reported
from services.journal.domain.emitters import Emitter
from services.journal.domain.refusals import NotTaken
from services.journal.domain.reports import AHEAD, EARLY, OLDEST, Report
from services.journal.domain.words import Outcome, ReportedBy
from shared.meetings import Occurrence


@dataclass(slots=True)  # not frozen: see Report
class Fact:
    """Kept for ever as it was recorded. `date` is the local day; client, meeting and date are one occasion."""

    fact_id: UUID
    client: UUID
    provider: str
    team: str | None
    meeting_id: UUID
    date: Date
    start: datetime
    outcome: Outcome
    reported_by: ReportedBy
    source: str
    observed_at: datetime
    corrects: UUID | None
    content: bytes

    @property
    def occasion(self) -> tuple[UUID, UUID, Date]:
        return self.client, self.meeting_id, self.date


def fact_reported(
    report: Report, emitters: Sequence[Emitter], client: Client | None, directory: Directory, now: datetime
) -> Fact | NotTaken:
    """`emitters` are the registrations of its source; `client` is who has the pseudonym or card, if anybody."""
    problem = (
        _time_problem(report, now) or _emitter_problem(report, emitters) or _client_problem(report, emitters, client)
    )
    if problem or client is None:
        return problem or _unknown(report)
    occurrence = _occurrence(report, directory)
    if isinstance(occurrence, NotTaken):
        return occurrence
    return _start_problem(report, occurrence, now) or _fact(report, client, occurrence)


def correction_problem(fact: Fact, earlier: Mapping[UUID, Fact]) -> NotTaken | None:
    """A correction replaces an earlier fact of the same source about the same occasion (ids include the source)."""
    if fact.corrects is None:
        return None
    corrected = earlier.get(fact.corrects)
    if corrected is None:
        return refusals.unknown_correction(fact.corrects)
    return None if corrected.occasion == fact.occasion else refusals.CORRECTS_ANOTHER


def _time_problem(report: Report, now: datetime) -> NotTaken | None:
    if report.observed_at > now + AHEAD:
        return refusals.IN_THE_FUTURE
    return refusals.TOO_LONG_AGO if report.observed_at < now - OLDEST else None


def _emitter_problem(report: Report, emitters: Sequence[Emitter]) -> NotTaken | None:
    if not emitters:
        return refusals.unknown_source(report.source)
    active = [emitter for emitter in emitters if emitter.active]
    if not active:
        return refusals.SOURCE_DISABLED
    if not any(emitter.may_report_as(report.reported_by) for emitter in active):
        return refusals.REPORTS_TOO_HIGH
    return None


def _client_problem(report: Report, emitters: Sequence[Emitter], client: Client | None) -> NotTaken | None:
    theirs = [emitter for emitter in emitters if client and emitter.provider == client.provider]
    if client is None or not theirs:
        return _unknown(report)
    if client.erased:
        return refusals.ERASED
    if not client.agreed_to(report.source, report.reported_by):
        return refusals.PEERS_NOT_CONSENTED if report.reported_by == "peer" else refusals.NOT_CONSENTED
    return _emitter_problem(report, theirs)


def _unknown(report: Report) -> NotTaken:
    """Also for a client of a provider that this system does not work for: it must not learn of them."""
    if report.card is not None:
        return refusals.unknown_card(report.card)
    assert report.client is not None  # noqa: S101 - see AttendanceReported
    return refusals.unknown_client(report.client)


def _occurrence(report: Report, directory: Directory) -> Occurrence | NotTaken:
    if report.meeting_id is None:
        return _described_occurrence(report, directory)
    meeting = directory.meeting(report.meeting_id)
    if meeting is None:
        return refusals.unknown_meeting(report.meeting_id)
    found = occurrence_reported(meeting, report.start, report.observed_at)
    awaits = refusals.awaiting_meeting(report.meeting_id)
    return found or refusals.no_such_occurrence(awaits, by_start=report.start is not None)


def _described_occurrence(report: Report, directory: Directory) -> Occurrence | NotTaken:
    assert report.described is not None and report.start is not None  # noqa: S101, PT018 - see AttendanceReported
    meetings = directory.described(report.described)
    if not meetings:
        return refusals.unknown_place(report.described)
    found = nearest(meetings, report.start)
    if not found:
        return refusals.no_such_occurrence(refusals.awaiting_place(report.described), by_start=True)
    return found[0] if len(found) == 1 else refusals.SEVERAL_MEETINGS


def _start_problem(report: Report, occurrence: Occurrence, now: datetime) -> NotTaken | None:
    if report.start is None:
        return None
    if occurrence.start > report.observed_at + EARLY:
        return refusals.START_TOO_LATE
    return refusals.START_TOO_LONG_AGO if occurrence.start < now - OLDEST else None


def _fact(report: Report, client: Client, occurrence: Occurrence) -> Fact:
    return Fact(
        report.fact_id,
        client.client,
        client.provider,
        client.team,
        occurrence.meeting_id,
        occurrence.date,
        occurrence.start,
        report.outcome,
        report.reported_by,
        report.source,
        report.observed_at,
        report.corrects,
        report.content,
    )
