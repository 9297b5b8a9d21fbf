"""A small directory to choose from, in memory."""

from datetime import UTC, datetime
from typing import Any

from services.referrals.directory.choosing import Choice, choose
from services.referrals.directory.index import Index, Row
from services.referrals.directory.wanted import Wanted
from shared.meetings import Meeting
from tests.unit.meeting_builder import a_meeting

NOW = datetime(2026, 11, 24, 18, 20, tzinfo=UTC)
"""A Tuesday."""


def some_meetings(**said: dict[str, Any]) -> list[Meeting]:
    """By their name; each Wednesdays at 19:00 in London unless it says otherwise."""
    return [a_meeting(source_id=name, name=name, **own) for name, own in said.items()]


def indexed(meetings: list[Meeting]) -> Index:
    rows = [Row(*(getattr(meeting, column) for column in Row._fields)) for meeting in meetings]
    names = {meeting.meeting_id: meeting.name for meeting in meetings}
    return Index(sorted(rows, key=lambda row: (*map(str, row[:7]), names[row.meeting_id])))


def chosen(meetings: list[Meeting], now: datetime = NOW, **wanted: object) -> list[str]:
    """The names, the best first."""
    names = {meeting.meeting_id: meeting.name for meeting in meetings}
    return [names[each] for each in choice(meetings, now, **wanted).best]


def choice(meetings: list[Meeting], now: datetime = NOW, **wanted: object) -> Choice:
    asked: dict[str, Any] = wanted
    return choose(indexed(meetings), Wanted(**asked), now)
