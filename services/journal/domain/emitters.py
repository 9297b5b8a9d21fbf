"""Systems that report attendance: where from, for which provider, and how much their word may count."""

from dataclasses import dataclass

from services.journal.domain import refusals
from services.journal.domain.refusals import NotTaken
from services.journal.domain.words import RANK, ReportedBy


@dataclass(frozen=True, slots=True)
class Emitter:
    """One registration of a `source` (a URI) by a treatment provider."""

    source: str
    provider: str
    reports_as: ReportedBy
    active: bool = True

    def problem(self, reported_by: ReportedBy) -> NotTaken | None:
        """Never more than it is registered for (4-events): nobody's word counts for more than that. ADR 0071."""
        if not self.active:
            return refusals.SOURCE_DISABLED
        return refusals.REPORTS_TOO_HIGH if RANK[reported_by] > RANK[self.reports_as] else None
