"""Hand-out 6a: what somebody on their way needs to know of each meeting, and room for what only they know."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from uuid import UUID

from services.referrals.directory.local import LocalKnowledge, on_the_way
from services.referrals.handouts.blocks import Block, Card, Text
from shared.meetings import ORGANISATIONS, Meeting
from shared.meetings.kinds import KINDS
from shared.meetings.recurrence import in_words, is_weekly, sentence, weekday_name
from shared.meetings.weeks_noted import weeks_noted

_FORMATS = {"in-person": "", "online": "online", "hybrid": "in the room or online"}
_NOTHING: Mapping[UUID, LocalKnowledge] = {}
_BLANK = ("When", "Where", "Finding the door")


def meeting_cards(
    meetings: Iterable[Meeting], printed: date, local: Mapping[UUID, LocalKnowledge] = _NOTHING
) -> list[Block]:
    """Through the week, those by appointment last. `local`: what the team knows of the way to them."""
    cards = [_card(meeting, local.get(meeting.meeting_id)) for meeting in sorted(meetings, key=_through_the_week)]
    return [Text(f"Printed on {_long(printed)}."), *cards]


def blank_cards() -> list[Card]:
    """For who knows the groups better than the directory does."""
    facts = (*((label, "") for label in _BLANK), *_way(), ("Checked on", ""))
    return [Card("A group:", facts)] * 2


def _card(meeting: Meeting, local: LocalKnowledge | None) -> Card:
    organisation = ORGANISATIONS[meeting.organisation].label
    door, by_car, by_bus = on_the_way(local)
    known = (
        ("Group", organisation),
        ("When", _when(meeting)),
        ("Where", _where(meeting)),
        ("Finding the door", ". ".join(text.rstrip(". ") for text in (meeting.finding_the_door, door) if text)),
        ("Good to know", ". ".join(KINDS[code] for code in meeting.kinds if code in KINDS)),
    )
    # What the directory does not say of the kind of meeting is nothing that a client could write down.
    shown = tuple(fact for fact in known if fact[1] or fact[0] != "Good to know")
    return Card(meeting.name.strip() or organisation, (*shown, *_way(by_car, by_bus), ("Checked", _confirmed(meeting))))


def _way(by_car: str = "", by_bus: str = "") -> tuple[tuple[str, str], ...]:
    """Left to write where nothing is known."""
    return ("On foot", ""), ("By car", by_car), ("By bus or train", by_bus), ("Who goes with me", "")


def _when(meeting: Meeting) -> str:
    if meeting.weekday is None or meeting.start is None:
        return "By appointment: ask the group"
    days = f"{weekday_name(meeting.weekday)}s" if is_weekly(meeting) else sentence(in_words(meeting))
    parts = (f"{days}, {_clock(meeting.start)}", _FORMATS[meeting.format])
    said = ", ".join(part for part in parts if part)
    return f"{said}. Some weeks are different: ask first" if weeks_noted(meeting) else said


def _where(meeting: Meeting) -> str:
    said = (meeting.place_name, meeting.address, None if meeting.format == "in-person" else meeting.online_link)
    return ", ".join(part for part in said if part)


def _confirmed(meeting: Meeting) -> str:
    """By a person: that it was in the feed tells nobody that the door is open."""
    if meeting.confirmed_on is None:
        return "Not yet. Please ask before you go."
    return f"A person checked this on {_long(meeting.confirmed_on)}."


def _clock(local: time) -> str:
    """7pm, 7:30pm; noon and midnight in words, as 12am and 12pm are mixed up."""
    if (local.hour, local.minute) in ((0, 0), (12, 0)):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _through_the_week(meeting: Meeting) -> tuple[int, time, str]:
    return meeting.weekday or 8, meeting.start or time.min, meeting.name
