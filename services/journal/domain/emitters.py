"""Systems that report attendance: where from, for which provider, and how much their word may count."""

from dataclasses import dataclass

from services.journal.domain.words import RANK, ReportedBy


@dataclass(frozen=True, slots=True)
class Emitter:
    """One registration of a `source` (a URI) by a treatment provider."""

    source: str
    provider: str
    reports_as: ReportedBy
    active: bool = True

    def may_report_as(self, reported_by: ReportedBy) -> bool:
        """Never more than it is registered for (4-events). *More* is what counts more. ADR 0071."""
        return RANK[reported_by] <= RANK[self.reports_as]
