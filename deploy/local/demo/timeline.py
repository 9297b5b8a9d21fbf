"""From days of a story to moments. All of them follow from when the referral was opened, so that a second telling
finds what the first one left."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from deploy.local.demo.lists import HERE, UK
from deploy.local.demo.story import Dated
from shared.meetings import meeting_id

ZONE = ZoneInfo("Europe/London")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Occasion:
    meeting_id: UUID
    start: datetime
    end: datetime

    @property
    def date(self) -> date:
        return self.start.date()


@dataclass(frozen=True, slots=True)
class Timeline:
    opened_at: datetime

    def day(self, number: int) -> date:
        return self.opened_at.astimezone(ZONE).date() + timedelta(days=number)

    def at(self, number: int, clock: str) -> datetime:
        return datetime.combine(self.day(number), time.fromisoformat(clock), ZONE)

    def occasion(self, dated: Dated) -> Occasion:
        weekday, start, length = _meetings()[dated.meeting]
        first = self.day(dated.after + 1)
        day = first + timedelta(days=(weekday - first.weekday()) % 7)
        begins = datetime.combine(day, start, ZONE)
        return Occasion(meeting_id(UK.feed, dated.meeting), begins, begins + length)


def opening(days_ago: int, now: datetime) -> datetime:
    """At ten in the morning."""
    return datetime.combine(now.astimezone(ZONE).date() - timedelta(days=days_ago), time(10), ZONE)


@cache
def _meetings() -> dict[str, tuple[int, time, timedelta]]:
    """Weekday (Monday is 0), start and length of the UK list's meetings."""
    with (HERE / UK.file).open(encoding="utf-8", newline="") as lines:
        return {
            line["id"]: (
                _DAYS.index(line["weekday"]),
                time.fromisoformat(line["start"]),
                timedelta(minutes=int(line["minutes"])),
            )
            for line in csv.DictReader(lines)
            if line["weekday"]
        }
