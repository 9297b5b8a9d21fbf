"""What a mutual aid meeting is and when it takes place. Pure: no I/O, no clock (3-fama, *Meetings*)."""

from shared.meetings.meeting import Audience, Format, ForWhat, Meeting, Status, meeting_id
from shared.meetings.occurrences import (
    EARLIEST,
    LATEST,
    Occurrence,
    occurrence_at,
    occurrence_of_start,
    occurrence_on,
    occurrences,
    start_on,
)
from shared.meetings.organisations import ORGANISATIONS, Organisation

__all__ = [
    "EARLIEST",
    "LATEST",
    "ORGANISATIONS",
    "Audience",
    "ForWhat",
    "Format",
    "Meeting",
    "Occurrence",
    "Organisation",
    "Status",
    "meeting_id",
    "occurrence_at",
    "occurrence_of_start",
    "occurrence_on",
    "occurrences",
    "start_on",
]
