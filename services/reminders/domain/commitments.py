"""A meeting that a client plans to go to, as far as a reminder needs to know it; and what becomes of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from shared.meetings import Meeting, Occurrence, occurrence_on

Outcome = Literal["attended", "not-attended", "not-known", "went-to-another"]
Off = Literal["meeting-closed", "meeting-moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """`occurrence` is as the directory has it now, in UTC; none while only later news of it has come (4-events).

    `made`: when it was recorded. `off`: why the meeting does not take place on that day. `fell_through`: when somebody
    who was to go along said that they cannot; none once somebody else does.
    """

    commitment_id: UUID
    referral_id: UUID
    client: UUID
    made: datetime | None = None
    occurrence: Occurrence | None = None
    off: Off | None = None
    outcome: Outcome | None = None
    withdrawn: bool = False
    fell_through: datetime | None = None

    @property
    def word_has_come(self) -> bool:
        """*Not known* is no word: nobody has said yet whether the client went (ADR 0080)."""
        return self.outcome not in (None, "not-known")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the directory says of a meeting, and when it said so."""

    meeting: Meeting
    said: datetime


def as_listed(commitment: Commitment, listing: Listing) -> Commitment:
    """The occurrence as the directory now has it. One that had begun by then stays as it was."""
    if commitment.occurrence is None or commitment.occurrence.start <= listing.said:
        return commitment
    if listing.meeting.status != "active":
        return replace(commitment, off="meeting-closed")
    occurrence = occurrence_on(listing.meeting, commitment.occurrence.date)
    if occurrence is None:
        return replace(commitment, off="meeting-moved")
    return replace(commitment, occurrence=in_utc(occurrence), off=None)


def in_utc(occurrence: Occurrence) -> Occurrence:
    """Two times of one zone would be compared by their wall clocks, which show some hours twice."""
    return replace(occurrence, start=occurrence.start.astimezone(UTC), end=occurrence.end.astimezone(UTC))


def as_made(commitment: Commitment, listing: Listing | None) -> Commitment:
    """A commitment just heard of, against a directory that may be ahead of it or behind.

    Times are the later word's. A closed meeting is closed either way: to send somebody to a locked door is worse
    than not to remind them.
    """
    if listing is None or commitment.made is None:
        return commitment
    if listing.said > commitment.made or listing.meeting.status != "active":
        return as_listed(commitment, listing)
    return commitment


def as_ended(commitment: Commitment, at: datetime) -> Commitment:
    """Withdrawn when the pathway ends before its start (3-fama, the table of commitments)."""
    if commitment.occurrence is None or commitment.occurrence.start <= at or commitment.word_has_come:
        return commitment
    return replace(commitment, withdrawn=True)
