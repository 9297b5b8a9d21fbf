"""What journal says of a fact, with what stands since."""

from datetime import datetime
from typing import Any

from services.journal.domain.attendance import Fact
from services.journal.domain.standing import Standing
from shared.events import journal
from shared.events.catalogue import type_of
from shared.events.contract import Contract
from shared.events.envelope import Event

_RECORDED = type_of(journal.AttendanceRecorded, "journal")
_CORRECTED = type_of(journal.AttendanceCorrected, "journal")


def attendance_event(fact: Fact, stands: Standing, now: datetime, traceparent: str | None) -> Event[Contract]:
    """`attendance.recorded`, or `.corrected` for one that replaces an earlier fact. Its id is the fact's."""
    client = str(fact.client)
    return Event(
        type=_RECORDED if fact.corrects is None else _CORRECTED,
        data=_data(fact, stands),
        id=fact.fact_id,
        source="/famalink/journal",
        time=fact.observed_at,
        recorded=now,
        key=client,
        subject=client,
        provider=fact.provider,
        team=fact.team,
        traceparent=traceparent,
    )


def _data(fact: Fact, stands: Standing) -> Contract:
    said: dict[str, Any] = {
        "fact_id": fact.fact_id,
        "meeting_id": fact.meeting_id,
        "date": fact.date,
        "start": fact.start,
        "outcome": fact.outcome,
        "reported_by": fact.reported_by,
        "observed_at": fact.observed_at,
        "standing": journal.Standing(
            outcome=stands.outcome, decided_by=stands.decided_by, disagreement=stands.disagreement
        ),
    }
    if fact.corrects is None:
        return journal.AttendanceRecorded(**said)
    return journal.AttendanceCorrected(**said, corrects=fact.corrects)
