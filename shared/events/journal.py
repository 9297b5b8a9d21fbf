"""What journal says of attendance and of the client's own journal, and what others report to it."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from shared.events.contract import Contract, Instant
from shared.events.referrals import Outcome

ReportedBy = Literal["client", "keyworker", "peer", "emitter"]


class Standing(Contract):
    """Which outcome stands for client, meeting and date after this fact, and on whose word."""

    outcome: Outcome
    decided_by: ReportedBy
    disagreement: bool


class AttendanceRecorded(Contract):
    """A fact about client, meeting and local date, kept for ever beside what stands now."""

    fact_id: UUID
    meeting_id: UUID
    date: date
    start: Instant
    outcome: Outcome
    reported_by: ReportedBy
    observed_at: Instant
    standing: Standing


class AttendanceCorrected(AttendanceRecorded):
    """`corrects` is the fact that this one replaces."""

    corrects: UUID


class EntryShown(Contract):
    entry_id: UUID


class EntryTakenBack(Contract):
    entry_id: UUID


class TalkAskedFor(Contract):
    """The client pressed "I'd like to talk something over". No text by design."""


class AttendanceReported(Contract):
    """What an emitter sends: who, which meeting, what happened, who says so."""

    client: UUID | None = None
    card_code: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    meeting_id: UUID | None = None
    organisation: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    place: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    start: Instant | None = None
    outcome: Outcome
    observed_at: Instant
    reported_by: ReportedBy
    corrects: Annotated[str, Field(min_length=1, max_length=128)] | None = None

    @model_validator(mode="after")
    def _one_person_one_meeting(self) -> Self:
        if (self.client is None) == (self.card_code is None):
            raise ValueError("exactly one of client and cardCode says who")
        described = (self.organisation, self.place)
        if (self.meeting_id is None) == (described == (None, None)):
            raise ValueError("either meetingId, or organisation, place and start, say which meeting")
        if self.meeting_id is None and (None in described or self.start is None):
            raise ValueError("a described meeting needs organisation, place and start")
        return self
