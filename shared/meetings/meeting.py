"""One meeting of the directory, as every service knows it (3-fama, *Meetings*)."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.meetings.recurrence import wrong_recurrence
from shared.meetings.zones import is_zone

Format = Literal["in-person", "online", "hybrid"]
Status = Literal["active", "closed-for-now", "withdrawn"]
# For whom: the person themselves, or somebody's family and friends.
Audience = Literal["self", "family", "both"]
ForWhat = Literal["alcohol", "drug", "gambling", "other"]

LONGEST = 24 * 60
# No slash: `a` + `b/c` and `a/b` + `c` must not become one meeting.
_FEED = re.compile(r"[a-z0-9][a-z0-9\-]{0,62}", re.ASCII)


def is_feed_name(name: str) -> bool:
    """Whether a feed may be called so: lower-case letters, digits and dashes, 63 at most."""
    return _FEED.fullmatch(name) is not None


def meeting_id(feed: str, source_id: str) -> UUID:
    """The meeting's id in the directory: the same for the same feed and source's id, for ever (7-running, *Ids*)."""
    if not is_feed_name(feed):
        raise ValueError(f"feed: {feed!r} is not lower-case letters, digits and dashes")
    return uuid5(NAMESPACE_URL, f"https://famalink.example/meeting/{feed}/{source_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of every week or of some, or by appointment (no weekday, no start). ValueError names what cannot be.

    `weekday` is ISO (1 = Monday), `start` the local time there, to the minute; `length` is in minutes and may cross
    midnight. `kinds` are codes of `shared.meetings.kinds`, `organisation` one of `shared.meetings.organisations`.
    `every_weeks`: 2 is every second week, counted from a date on which it is held (`counted_from`); `weeks_of_month`: 1
    is the first such weekday of a month, -1 the last. Without either it is every week.
    `in_feed_on`: last seen in the feed; `confirmed_on`: last confirmed by a person, which alone makes it fresh.
    """

    meeting_id: UUID
    feed: str
    source_id: str
    name: str
    organisation: str
    format: Format
    place_name: str | None = None
    address: str | None = None
    finding_the_door: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    online_link: str | None = None
    weekday: int | None = None
    start: time | None = None
    length: int
    time_zone: str
    kinds: tuple[str, ...] = ()
    audience: Audience
    for_what: tuple[ForWhat, ...]
    status: Status = "active"
    in_feed_on: date
    confirmed_on: date | None = None
    every_weeks: int | None = None
    counted_from: date | None = None
    weeks_of_month: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if self.weekday is not None and self.weekday not in range(1, 8):
            raise ValueError(f"weekday: {self.weekday} is not 1 (Monday) to 7 (Sunday)")
        if (self.weekday is None) != (self.start is None):
            raise ValueError("start: a weekday and a start come together, or neither (by appointment)")
        if self.start is not None and (self.start.tzinfo is not None or self.start.second or self.start.microsecond):
            raise ValueError("start: a local time to the minute, without a zone")
        if not 1 <= self.length <= LONGEST:
            raise ValueError(f"length: {self.length} minutes is not 1 to {LONGEST}")
        if not is_zone(self.time_zone):
            raise ValueError(f"time_zone: {self.time_zone!r} is not the name of a time zone")
        if wrong := wrong_recurrence(self):
            raise ValueError(wrong)

    @property
    def by_appointment(self) -> bool:
        return self.weekday is None
