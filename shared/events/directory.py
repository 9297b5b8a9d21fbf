"""A meeting of the directory, whole: the topic is compacted, so the last record is all there is to know."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.events.contract import Contract, Instant
from shared.events.referrals import Subject


class MeetingListed(Contract):
    """`weekday` is ISO (1 = Monday), none when by appointment; `start` is local in `time_zone`; `length` in minutes.

    It is held every week, unless `every_weeks` (2: every second) counts them from a date on which it is held
    (`counted_from`), or `weeks_of_month` says in which of a month: 1 is its first such weekday, -1 its last.
    """

    meeting_id: UUID
    feed: str
    source_id: str
    name: str
    organisation: str
    format: Literal["in-person", "online", "hybrid"]
    place_name: str | None = None
    address: str | None = None
    finding_the_door: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    online_link: str | None = None
    weekday: Annotated[int, Field(ge=1, le=7)] | None = None
    start: time | None = None
    length: Annotated[int, Field(gt=0, le=1440)]
    time_zone: str
    kinds: tuple[str, ...] = ()
    audience: Literal["self", "family", "both"]
    for_what: tuple[Subject, ...]
    status: Literal["active", "closed-for-now", "withdrawn"]
    in_feed_on: date
    confirmed_on: date | None = None
    every_weeks: Annotated[int, Field(ge=2, le=52)] | None = None
    counted_from: date | None = None
    weeks_of_month: tuple[Literal[1, 2, 3, 4, -1], ...] | None = None


class _OfProvider(Contract):
    """What a provider does with a meeting, for its own clients. Its key is `meetingId/provider`, see ADR 0130."""

    meeting_id: UUID
    provider: str
    at: Instant


class MeetingPaused(_OfProvider):
    """Not to be suggested by this provider until it is resumed."""


class MeetingResumed(_OfProvider):
    pass
