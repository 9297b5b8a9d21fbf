"""Why a report is not taken, in words for whoever runs the emitter, and what it could be waiting for."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from shared.problems import Problem


@dataclass(frozen=True, slots=True)
class NotTaken:
    """`awaits` names what could still make it right, as `awaiting_…` spell it; none: nothing will by itself."""

    problem: Problem
    awaits: str | None = None


def awaiting_client(client: UUID) -> str:
    return f"client {client}"


def awaiting_card(card: bytes) -> str:
    return f"card {card.hex()}"


def awaiting_meeting(meeting_id: UUID) -> str:
    return f"meeting {meeting_id}"


def awaiting_place(description: str) -> str:
    """Hashed: what an emitter calls a place may be any text."""
    return f"place {sha256(description.encode()).hexdigest()}"


def awaiting_source(source: str) -> str:
    return f"source {source}"


def awaiting_fact(fact_id: UUID) -> str:
    return f"fact {fact_id}"


def _for_good(field: str, code: str, reason: str) -> NotTaken:
    return NotTaken(Problem(field, code, reason))


OTHER_CONTENT = _for_good("id", "other-content", "This source sent other data under this id before; an id is for ever.")
TIME_IN_THE_FUTURE = _for_good("time", "in-the-future", "More than five minutes ahead of our clock.")
IN_THE_FUTURE = _for_good("data.observedAt", "in-the-future", "More than five minutes ahead of our clock.")
TOO_LONG_AGO = _for_good("data.observedAt", "too-long-ago", "Attendance can be reported for a year.")
START_TOO_LATE = _for_good("data.start", "in-the-future", "The meeting begins more than an hour after observedAt.")
START_TOO_LONG_AGO = _for_good("data.start", "too-long-ago", "Attendance can be reported for a year.")
SOURCE_DISABLED = _for_good("source", "source-disabled", "This system was disabled.")
REPORTS_TOO_HIGH = _for_good("data.reportedBy", "not-registered-for", "The system is not registered to report as this.")
ERASED = _for_good("data.client", "erased", "This client was erased; nothing is kept about them.")
NOT_CONSENTED = _for_good("source", "source-not-consented", "The client did not agree to reports from this source.")
PEERS_NOT_CONSENTED = _for_good(
    "data.reportedBy", "source-not-consented", "The client did not agree to reports by peer supporters."
)
CORRECTS_ANOTHER = _for_good(
    "data.corrects",
    "corrects-another-occurrence",
    "A correction is about the same client, meeting and date. Correct this one to not-known and report the other anew.",
)
SEVERAL_MEETINGS = _for_good(
    "data.place", "unknown-meeting", "Several meetings there fit equally well; send the meetingId."
)


def unknown_source(source: str) -> NotTaken:
    problem = Problem("source", "unknown-source", "No system is registered for this source.")
    return NotTaken(problem, awaiting_source(source))


def unknown_client(client: UUID) -> NotTaken:
    problem = Problem("data.client", "unknown-client", "No such client is known to this provider.")
    return NotTaken(problem, awaiting_client(client))


def unknown_card(card: bytes) -> NotTaken:
    problem = Problem("data.cardCode", "unknown-card", "No client of this provider has this attendance card.")
    return NotTaken(problem, awaiting_card(card))


def unknown_meeting(meeting_id: UUID) -> NotTaken:
    problem = Problem("data.meetingId", "unknown-meeting", "No such meeting is in the directory.")
    return NotTaken(problem, awaiting_meeting(meeting_id))


def unknown_place(description: str) -> NotTaken:
    problem = Problem("data.place", "unknown-meeting", "This organisation has no meeting there in the directory.")
    return NotTaken(problem, awaiting_place(description))


def no_such_occurrence(awaits: str, *, by_start: bool) -> NotTaken:
    if by_start:
        problem = Problem("data.start", "no-such-occurrence", "The meeting does not take place on that local day.")
    else:
        problem = Problem("data.observedAt", "no-such-occurrence", "No occurrence of the meeting had begun by then.")
    return NotTaken(problem, awaits)


def unknown_correction(fact_id: UUID) -> NotTaken:
    problem = Problem("data.corrects", "unknown-correction", "No event of this source with that id was taken.")
    return NotTaken(problem, awaiting_fact(fact_id))
