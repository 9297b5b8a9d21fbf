"""What journal says of a fact, with what stands since."""

from datetime import datetime

import orjson

from services.journal.domain.attendance import Fact
from services.journal.domain.standing import Standing
from shared.events import journal
from shared.events.catalogue import type_of
from shared.events.envelope import Event, Written

_RECORDED = type_of(journal.AttendanceRecorded, "journal")
_CORRECTED = type_of(journal.AttendanceCorrected, "journal")


def attendance_event(fact: Fact, stands: Standing, now: datetime, traceparent: str | None) -> Event[Written]:
    """`attendance.recorded`, or `.corrected` for one that replaces an earlier fact. Its id is the fact's."""
    return Event(
        type=_RECORDED if fact.corrects is None else _CORRECTED,
        data=Written(_data(fact, stands)),
        id=fact.fact_id,
        source="/famalink/journal",
        time=fact.observed_at,
        recorded=now,
        key=str(fact.client),
        subject=fact.client,
        provider=fact.provider,
        team=fact.team,
        traceparent=traceparent,
    )


def _data(fact: Fact, stands: Standing) -> bytes:
    """`AttendanceRecorded` or `AttendanceCorrected`, spelt by hand: the model takes five times as long."""
    said = {
        "factId": fact.fact_id,
        "meetingId": fact.meeting_id,
        "date": fact.date,
        "start": fact.start,
        "outcome": fact.outcome,
        "reportedBy": fact.reported_by,
        "observedAt": fact.observed_at,
        "standing": {
            "outcome": stands.outcome,
            "decidedBy": stands.decided_by,
            "disagreement": stands.disagreement,
        },
    }
    if fact.corrects is not None:
        said["corrects"] = fact.corrects
    return orjson.dumps(said)
