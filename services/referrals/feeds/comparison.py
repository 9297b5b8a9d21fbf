"""A feed as read today beside what the directory holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.referrals.feeds.parsed import Parsed, RefusedLine
from shared.meetings import Meeting
from shared.problems import Problem

# [3-fama] "A feed that comes back empty, broken or 30 % smaller never deletes anything."
SMALLER_BY_PERCENT = 30
MOST_SHOWN = 1000
"""Refused lines in a report: a file that is no list at all may have a million."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an import would do, each meeting as it is to be stored: the gone ones withdrawn, none ever deleted.

    `held`: why nothing of it may be applied before a person has looked; None when all is well.
    """

    new: tuple[Meeting, ...]
    changed: tuple[Meeting, ...]
    unchanged: tuple[Meeting, ...]
    gone: tuple[Meeting, ...]
    refused: tuple[RefusedLine, ...]
    held: Problem | None
    notes: tuple[str, ...] = ()

    def report(self) -> dict[str, object]:
        """`{new, changed, unchanged, gone, refused: [{line, field, reason}]}`, the first four as numbers; `notes`."""
        counts = {name: len(getattr(self, name)) for name in ("new", "changed", "unchanged", "gone")}
        notes = list(self.notes)
        if len(self.refused) > MOST_SHOWN:
            notes.append(f"{len(self.refused):,} lines were refused; the first {MOST_SHOWN:,} are shown.")
        report = {**counts, "refused": [line.as_dict() for line in self.refused[:MOST_SHOWN]]}
        return report | ({"notes": notes} if notes else {})


def compare(existing: Mapping[UUID, Meeting], parsed: Parsed) -> Comparison:
    """`existing` is everything the directory holds of this one feed, withdrawn meetings included."""
    read = {meeting.meeting_id: meeting for meeting in parsed.meetings}
    merged = [_with_confirmation(existing[key], meeting) for key, meeting in read.items() if key in existing]
    listed = [meeting for meeting in existing.values() if meeting.status != "withdrawn"]
    absent = [meeting for meeting in listed if meeting.meeting_id not in read]
    unreadable = {line.source_id for line in parsed.refused}
    same = {meeting.meeting_id for meeting in merged if _says_the_same(existing[meeting.meeting_id], meeting)}
    return Comparison(
        new=tuple(meeting for key, meeting in read.items() if key not in existing),
        changed=tuple(meeting for meeting in merged if meeting.meeting_id not in same),
        unchanged=tuple(meeting for meeting in merged if meeting.meeting_id in same),
        gone=tuple(replace(meeting, status="withdrawn") for meeting in absent if not _is_one_of(meeting, unreadable)),
        refused=parsed.refused,
        notes=parsed.notes,
        held=_doubt(listed=len(listed), read=len(read), known=len(listed) - len(absent)),
    )


def _doubt(*, listed: int, read: int, known: int) -> Problem | None:
    if not read:
        return Problem("feed", "empty", "No meeting can be read in it.")
    if read * 100 <= listed * (100 - SMALLER_BY_PERCENT):
        return Problem(
            "feed", "smaller", f"It has {read} meetings, {listed} are listed: {SMALLER_BY_PERCENT} % fewer, or worse."
        )
    if listed and not known:
        return Problem(
            "feed", "another", f"None of the {listed} meetings that are listed is in it: is it another feed?"
        )
    return None


def _with_confirmation(before: Meeting, now: Meeting) -> Meeting:
    """A person's confirmation stays as long as what they confirmed: where and when."""
    if _where_and_when(before) != _where_and_when(now):
        return now
    return replace(now, confirmed_on=max(filter(None, (before.confirmed_on, now.confirmed_on)), default=None))


def _where_and_when(meeting: Meeting) -> tuple[object, ...]:
    where = (meeting.format, meeting.place_name, meeting.address, meeting.online_link)
    weeks = (meeting.every_weeks, meeting.counted_from, meeting.weeks_of_month)
    return (*where, meeting.weekday, meeting.start, meeting.length, meeting.time_zone, *weeks)


def _says_the_same(before: Meeting, now: Meeting) -> bool:
    """That it was in the feed again is no change."""
    return replace(before, in_feed_on=now.in_feed_on) == now


def _is_one_of(meeting: Meeting, source_ids: set[str | None]) -> bool:
    """By its own id, or by that of a line which stands for several days."""
    return meeting.source_id in source_ids or meeting.source_id.rpartition("/")[0] in source_ids
