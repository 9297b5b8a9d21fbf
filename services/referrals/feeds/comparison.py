"""A feed as read today beside what the directory holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.referrals.feeds.parsed import Parsed, RefusedLine
from shared.meetings import Meeting
from shared.problems import Problem
from shared.rules import rule

# [3-fama] "A feed that comes back empty, broken or 30 % smaller never deletes anything."
SMALLER_BY_PERCENT, FEWEST_WITHOUT_KINDS = 30, 3
MOST_SHOWN, MOST_NAMED = 1000, 50
"""Refused lines in a report, and meetings that would be gone: a file that is no list at all may have a million."""


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

    def report(self, *, naming: bool = False) -> dict[str, object]:
        """`{new, changed, unchanged, gone, refused: [{line, field, reason}]}`, the first four as numbers; `notes`.

        `refusals` is how many were refused, when there are more than can be shown.
        `naming` also `going`, the first of those that would be gone: `[{name, weekday, start}]`.
        """
        counts = {name: len(getattr(self, name)) for name in ("new", "changed", "unchanged", "gone")}
        notes = list(self.notes)
        if len(self.refused) > MOST_SHOWN:
            notes.append(f"{len(self.refused):,} lines were refused; the first {MOST_SHOWN:,} are shown.")
            counts["refusals"] = len(self.refused)
        report = {**counts, "refused": [line.as_dict() for line in self.refused[:MOST_SHOWN]]}
        going = [_named(meeting) for meeting in self.gone[:MOST_NAMED]] if naming else []
        return report | ({"notes": notes} if notes else {}) | ({"going": going} if going else {})


@rule(
    "A feed that is empty, broken or thirty per cent smaller deletes nothing and waits for a person.",
    source="O",
    effect="keeps",
    because="safety",
)
def compare(existing: Mapping[UUID, Meeting], parsed: Parsed) -> Comparison:
    """`existing` is everything the directory holds of this one feed, withdrawn meetings included."""
    read = {meeting.meeting_id: meeting for meeting in parsed.meetings}
    merged = [_with_confirmation(existing[key], meeting) for key, meeting in read.items() if key in existing]
    listed = [meeting for meeting in existing.values() if meeting.status != "withdrawn"]
    absent = [meeting for meeting in listed if meeting.meeting_id not in read]
    unreadable = {line.source_id for line in parsed.refused}
    same = {meeting.meeting_id for meeting in merged if _says_the_same(existing[meeting.meeting_id], meeting)}
    gone = [meeting for meeting in absent if not _is_one_of(meeting, unreadable)]
    had_kinds = [meeting for meeting in merged if existing[meeting.meeting_id].kinds]
    return Comparison(
        new=tuple(meeting for key, meeting in read.items() if key not in existing),
        changed=tuple(meeting for meeting in merged if meeting.meeting_id not in same),
        unchanged=tuple(meeting for meeting in merged if meeting.meeting_id in same),
        gone=tuple(replace(meeting, status="withdrawn") for meeting in gone),
        refused=parsed.refused,
        notes=parsed.notes,
        held=_empty(parsed)
        or _much_less(listed=len(listed), read=len(read), known=len(listed) - len(absent), gone=len(gone))
        or parsed.doubt
        or _without_kinds(len(had_kinds), sum(not meeting.kinds for meeting in had_kinds)),
    )


def _empty(parsed: Parsed) -> Problem | None:
    if parsed.meetings:
        return None
    if not parsed.refused:
        return Problem("feed", "empty", "No meeting can be read in it.")
    first = parsed.refused[0]
    why = f"line {first.line}: {first.field} {first.reason}".rstrip(".")
    return Problem("feed", "empty", f"No meeting can be read in it. The first that cannot is {why}.")


def _much_less(*, listed: int, read: int, known: int, gone: int) -> Problem | None:
    """Whatever takes away 30 % or more of what is listed is looked at first.

    That is a feed with so much fewer meetings, and one with as many of which others stand under other ids: the number
    of its lines says nothing of those that somebody plans to go to. Lines that cannot be read take nothing away. Of a
    short list one meeting may be so much (one of three): a question too many is put away at once, a group that is
    lost unseen is not found again. A list that was set up anew in earnest is agreed to once.
    """
    if _is_much(listed - read, listed):
        has = f"It has {read} meeting{'' if read == 1 else 's'}, {listed} {'is' if listed == 1 else 'are'} listed"
        return Problem("feed", "smaller", f"{has}: {SMALLER_BY_PERCENT} % fewer, or worse.")
    if listed and not known:
        none = "The meeting that is listed is not" if listed == 1 else f"None of the {listed} meetings listed is"
        return Problem("feed", "another", f"{none} in it: is it another feed?")
    if _is_much(gone, listed):
        reason = f"{gone} of the {listed} meetings listed would be gone at once; others may be there in their place."
        return Problem("feed", "many-gone", reason)
    return None


def _without_kinds(had: int, none_now: int) -> Problem | None:
    """A list that stops saying who may come has lost a part of itself on the way; of one or two it is an edit."""
    if none_now < FEWEST_WITHOUT_KINDS or not _is_much(none_now, had):
        return None
    reason = (
        f"Of {none_now} of the {had} meetings whose kinds are known (closed, women, wheelchair…) none would be left."
    )
    return Problem("feed", "kinds-gone", reason)


def _is_much(lost: int, of: int) -> bool:
    return lost > 0 and lost * 100 >= of * SMALLER_BY_PERCENT


def _named(meeting: Meeting) -> dict[str, object]:
    start = meeting.start and f"{meeting.start:%H:%M}"
    return {"name": meeting.name, "weekday": meeting.weekday, "start": start}


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
