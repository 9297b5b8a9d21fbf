"""Which meetings somebody asks for, and when they come next. Pure; the soonest first, ranking by fit comes later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from shared.meetings import Format, ForWhat, Meeting, Occurrence, occurrences
from shared.problems import Problem

AHEAD = timedelta(days=7)
"""[G] "at least one dated meeting in the coming week"."""
LONGEST_PERIOD = timedelta(days=92)
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Near:
    """Degrees, and at most so many kilometres away."""

    latitude: float
    longitude: float
    within: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Nothing said means any; of several kinds a meeting has all.

    `from_` and `to` are local dates where the meeting is; without `from_` what has begun is left out.
    """

    organisations: Sequence[str] | None = None
    formats: Sequence[Format] | None = None
    audience: Literal["self", "family"] | None = None
    for_what: Sequence[ForWhat] | None = None
    kinds: Sequence[str] = ()
    weekdays: Sequence[int] | None = None
    from_: date | None = None
    to: date | None = None
    near: Near | None = None
    limit: int = 50

    @property
    def dated(self) -> bool:
        """A meeting by appointment is on no day."""
        return any(said is not None for said in (self.weekdays, self.from_, self.to))


@dataclass(frozen=True, slots=True)
class Found:
    """`km` is how far it is, if that was asked."""

    meeting: Meeting
    occurrences: Sequence[Occurrence]
    km: float | None


def period_problem(wanted: Wanted, now: datetime) -> Problem | None:
    from_, to = _period(wanted, now)
    if to < from_:
        return Problem("to", "before-from", "The last day comes before the first one.")
    if to - from_ > LONGEST_PERIOD:
        return Problem("to", "too-far", f"Ask for {LONGEST_PERIOD.days} days at most.")
    return None


def choose(meetings: Iterable[Meeting], wanted: Wanted, now: datetime) -> list[Found]:
    """Of meetings that fit otherwise: those near enough that take place in the period, by their next start."""
    found = [_found(meeting, wanted, now) for meeting in meetings]
    fitting = [each for each in found if _near_enough(each, wanted) and (each.occurrences or not wanted.dated)]
    return sorted(fitting, key=_soonest)[: wanted.limit]


def coming(meeting: Meeting, now: datetime, ahead: timedelta) -> list[Occurrence]:
    """What of it begins from now on."""
    # A day more on either side: it may be yesterday or tomorrow there.
    day = timedelta(days=1)
    dates = occurrences(meeting, now.date() - day, (now + ahead).date() + day)
    return [each for each in dates if now <= each.start.astimezone(UTC) < now + ahead]


def _found(meeting: Meeting, wanted: Wanted, now: datetime) -> Found:
    dated = coming(meeting, now, AHEAD)
    if wanted.from_ is not None or wanted.to is not None:
        dated = list(occurrences(meeting, *_period(wanted, now)))
    return Found(meeting, dated, None if wanted.near is None else _distance(meeting, wanted.near))


def _period(wanted: Wanted, now: datetime) -> tuple[date, date]:
    from_ = wanted.from_ or now.date()
    return from_, wanted.to or min(from_, date.max - AHEAD) + AHEAD


def _near_enough(found: Found, wanted: Wanted) -> bool:
    return wanted.near is None or (found.km is not None and found.km <= wanted.near.within)


def _distance(meeting: Meeting, near: Near) -> float | None:
    """Kilometres as the crow flies; None where the meeting has no place."""
    if meeting.latitude is None or meeting.longitude is None:
        return None
    here, there = radians(near.latitude), radians(meeting.latitude)
    across = radians(meeting.longitude - near.longitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(across / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(half, 1.0)))


def _soonest(found: Found) -> tuple[datetime, str, str]:
    start = found.occurrences[0].start.astimezone(UTC) if found.occurrences else datetime.max.replace(tzinfo=UTC)
    return start, found.meeting.name, str(found.meeting.meeting_id)
