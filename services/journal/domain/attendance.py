"""From a report to a fact: about whom, about which occurrence, and whether this source's word may be taken."""

from collections.abc import Mapping
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
from shared.rules import rule

Occasion = tuple[int, int, Date]
"""Client, meeting and the meeting's local day: what a fact is about. Ids as numbers, which are quick to look up by."""
Registrations = Mapping[str, Emitter]
"""Of one source, by the provider that registered it."""


@dataclass(slots=True)  # not frozen: see Report
class Fact:
    """Kept for ever as it was recorded. `nth`: which word about its occasion, from 1 as they were recorded."""

    fact_id: UUID
    client: UUID
    provider: str
    team: str | None
    meeting_id: UUID
    date: Date
    nth: int
    start: datetime
    outcome: Outcome
    reported_by: ReportedBy
    source: str
    observed_at: datetime
    corrects: UUID | None
    content: bytes

    @property
    def occasion(self) -> Occasion:
        return self.client.int, self.meeting_id.int, self.date


def says_the_same(fact: Fact, again: "Fact | NotTaken") -> bool:
    """The same event sent again, though written otherwise: another order, spacing or zone of an instant."""
    if isinstance(again, NotTaken) or fact.occasion != again.occasion:
        return False
    said = (fact.outcome, fact.reported_by, fact.observed_at, fact.corrects)
    return said == (again.outcome, again.reported_by, again.observed_at, again.corrects)


def fact_reported(
    report: Report, registered: Registrations, client: Client | None, directory: Directory, now: datetime
) -> Fact | NotTaken:
    """`registered`: the report's source; `client`: who has the pseudonym or card, if anybody."""
    problem = _time_problem(report, now) or _client_problem(report, registered, client)
    if problem or client is None:
        return problem or _unknown(report)
    occurrence = _occurrence(report, directory)
    if isinstance(occurrence, NotTaken):
        return occurrence
    return _start_problem(report, occurrence, now) or _fact(report, client, occurrence)


def correction_problem(fact: Fact, earlier: Mapping[int, Fact]) -> NotTaken | None:
    """A correction replaces an earlier fact of the same source (its id includes it) about the same occasion."""
    if fact.corrects is None:
        return None
    corrected = earlier.get(fact.corrects.int)
    if corrected is None:
        return refusals.unknown_correction(fact.corrects)
    return None if corrected.occasion == fact.occasion else refusals.CORRECTS_ANOTHER


def _time_problem(report: Report, now: datetime) -> NotTaken | None:
    if report.time is not None and report.time > now + AHEAD:
        return refusals.TIME_IN_THE_FUTURE
    if report.observed_at > now + AHEAD:
        return refusals.IN_THE_FUTURE
    return refusals.TOO_LONG_AGO if report.observed_at < now - OLDEST else None


@rule("Peers and each emitter need the client's consent.", source="O", effect="refuses", because="privacy")
def _client_problem(report: Report, registered: Registrations, client: Client | None) -> NotTaken | None:
    if not registered:
        return refusals.unknown_source(report.source)
    emitter = registered.get(client.provider) if client else None
    if client is None or emitter is None:
        return _unknown(report)
    if problem := emitter.problem(report.reported_by):
        return problem
    if client.erased:
        return refusals.ERASED
    if client.agreed_to(report.source, report.reported_by):
        return None
    return refusals.PEERS_NOT_CONSENTED if report.reported_by == "peer" else refusals.NOT_CONSENTED


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
    if found := occurrence_reported(meeting, report.start, report.observed_at):
        return found
    awaits = refusals.awaiting_meeting(report.meeting_id)
    return refusals.no_such_occurrence(awaits, by_start=report.start is not None)


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
        0,
        occurrence.start,
        report.outcome,
        report.reported_by,
        report.source,
        report.observed_at,
        report.corrects,
        report.content,
    )
