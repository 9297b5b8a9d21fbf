"""A meeting that moves, closes or disappears, told before the client stands there (3-fama, *Meetings*).

What was agreed stands as it is: the day is the client's, and only they and their keyworker make it another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.referrals.domain.events import Event
from services.referrals.domain.events_flags import FlagLowered, FlagRaised
from services.referrals.domain.flags import lower_flag, raise_flag
from services.referrals.domain.pathway import Commitment, Flag, Occurred, Pathway
from services.referrals.domain.rules import rule
from services.referrals.domain.vocabulary import FlagCode, MeetingChange
from services.referrals.domain.when import in_utc
from shared.meetings import Meeting, occurrence_on

Standing = Literal["as-planned", "other-time", "not-that-day", "closed"]
CHANGED: FlagCode = "meeting-changed"
CLOSED: FlagCode = "meeting-closed"
PAUSED: FlagCode = "meeting-paused"
WORDS: Mapping[MeetingChange, str] = {
    "day": "It is no longer held on the day that the client plans to go.",
    "time": "It begins or ends at another time on that day.",
    "place": "It is held in another place, or the way in is another.",
    "format": "It is now held in another way: in person, online or both.",
    "link": "The link to join it is another.",
    "who-may-come": "Who may come has changed.",
    "held-again": "It is held again, after it had been closed.",
}
"""For the keyworker, one sentence for each."""
_WHEN: tuple[MeetingChange, ...] = ("day", "time")
_ONLY_IF_HELD = frozenset[MeetingChange]({*_WHEN, "held-again"})
_WHO = frozenset({"closed", "women", "men", "young-people", "older-people", "lgbtq", "profession", "culture"})


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting as it was listed, and as it is now."""

    before: Meeting
    after: Meeting


def is_ahead(made: Commitment, now: datetime) -> bool:
    """The client may still go: also one who *went to another* meanwhile."""
    return made.state in ("planned", "went-to-another") and made.start > in_utc(now)


def standing(made: Commitment, meeting: Meeting) -> Standing:
    """What the directory says today of the occurrence that the client plans to go to."""
    if meeting.status != "active":
        return "closed"
    held = occurrence_on(meeting, made.date)
    if held is None:
        return "not-that-day"
    return "as-planned" if (in_utc(held.start), in_utc(held.end)) == (made.start, made.end) else "other-time"


@rule("What has changed about a meeting ahead is on the flag.", source="O", effect="warns")
@rule("A meeting that is not held any more is closed and the commitment stands.", source="O", effect="warns")
@rule("Who went to another meeting may still go to this one and is told.", source="O", effect="warns")
def note_meeting_change(pathway: Pathway, change: Change, now: datetime) -> list[Event]:
    """Flags every commitment ahead that is to this meeting; what is undone before anybody looked is lowered."""
    return [
        event
        for made in pathway.commitments
        if made.meeting_id == change.after.meeting_id and is_ahead(made, now)
        for event in _noted(pathway, made, change, in_utc(now))
    ]


@rule("Who plans to go to a meeting that is paused is flagged and the commitment stands.", source="O", effect="warns")
def note_meeting_paused(pathway: Pathway, meeting_id: UUID, paused: bool, now: datetime) -> list[Event]:
    """A concern was passed on: the keyworker talks it over with who plans to go. Suggested again, nothing is left."""
    about = [str(m.commitment_id) for m in pathway.commitments if m.meeting_id == meeting_id and is_ahead(m, now)]
    if paused:
        return [event for each in about for event in raise_flag(pathway, PAUSED, each, now)]
    return [event for each in about for event in lower_flag(pathway, PAUSED, each, now)]


@rule("The flag goes with the commitment.", source="O", effect="keeps")
def flags_settled(pathway: Pathway, at: datetime, _: Occurred | None = None) -> list[Event]:
    """Nothing is left to tell once the commitment is withdrawn, or there is word about it."""
    ahead = {str(made.commitment_id) for made in pathway.commitments if made.state in ("planned", "went-to-another")}
    return [
        FlagLowered(at=at, code=flag.code, about=flag.about)
        for flag in pathway.flags
        if flag.code in (CHANGED, CLOSED, PAUSED) and flag.about not in ahead
    ]


def differences(before: Meeting, after: Meeting) -> Iterator[MeetingChange]:
    """But for when it is held."""
    if _place(before) != _place(after):
        yield "place"
    if before.format != after.format:
        yield "format"
    elif before.online_link != after.online_link:
        yield "link"
    if (before.audience, _WHO & {*before.kinds}) != (after.audience, _WHO & {*after.kinds}):
        yield "who-may-come"


def _noted(pathway: Pathway, made: Commitment, change: Change, now: datetime) -> Iterator[Event]:
    about = str(made.commitment_id)
    closed, changed = _up(pathway, CLOSED, about), _up(pathway, CHANGED, about)
    if change.after.status != "active":
        if closed is None and change.after.status != change.before.status:
            yield FlagRaised(at=now, code=CLOSED, about=about)
        if changed:
            yield from _said_anew(changed, tuple(code for code in changed.what if code not in _ONLY_IF_HELD), now)
        return
    if closed:
        yield FlagLowered(at=now, code=CLOSED, about=about)
    what = _what(made, change, changed.what if changed else ())
    yield from _said_anew(changed or Flag(code=CHANGED, since=now, about=about), what, now)


def _said_anew(flag: Flag, what: tuple[MeetingChange, ...], now: datetime) -> Iterator[Event]:
    """One flag that says what differs now, none when nothing does."""
    if flag.what and flag.what != what:
        yield FlagLowered(at=now, code=CHANGED, about=flag.about)
    if what and flag.what != what:
        yield FlagRaised(at=now, code=CHANGED, about=flag.about, what=what)


def _what(made: Commitment, change: Change, told: tuple[MeetingChange, ...]) -> tuple[MeetingChange, ...]:
    """`told` stays told, but for when it is held: that is read anew. On another day it is not held again for them."""
    found = {*told, *differences(change.before, change.after)}
    back = change.before.status != "active"
    if back:
        found.add("held-again")
    when = _when(made, change.after)
    moved = back or occurrence_on(change.before, made.date) != occurrence_on(change.after, made.date)
    found = found.difference(_WHEN) | ({when} if when and (moved or when in told) else set())
    if when == "day":
        found.discard("held-again")
    return tuple(code for code in WORDS if code in found)


def _when(made: Commitment, meeting: Meeting) -> MeetingChange | None:
    said: Mapping[Standing, MeetingChange] = {"not-that-day": "day", "other-time": "time"}
    return said.get(standing(made, meeting))


def _up(pathway: Pathway, code: FlagCode, about: str) -> Flag | None:
    return next((flag for flag in pathway.flags if (flag.code, flag.about) == (code, about)), None)


def _place(meeting: Meeting) -> tuple[object, ...]:
    """A list that reckons coordinates anew has not moved the meeting."""
    texts = (meeting.place_name, meeting.address, meeting.finding_the_door)
    where = None if meeting.address or meeting.place_name else (meeting.latitude, meeting.longitude)
    return (*(" ".join((text or "").casefold().split()) for text in texts), where)
