"""What somebody asks for who helps a client to choose a meeting. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from shared.meetings import Format, ForWhat
from shared.problems import Problem

AHEAD = timedelta(days=7)
"""[G] "at least one dated meeting in the coming week"."""
LONGEST_PERIOD = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Near:
    """Degrees, and at most so many kilometres away. Asked with and forgotten: where a client is, is kept nowhere."""

    latitude: float
    longitude: float
    within: float


@dataclass(frozen=True, slots=True)
class Free:
    """When the client has time: ISO weekday, minutes after midnight. A meeting begins and ends in it."""

    weekday: int
    from_: int
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Nothing said means any; of several kinds a meeting has all. What is preferred leaves nothing out.

    `from_` and `to` are local dates where the meeting is; without `from_` what has begun is left out. `free` is by the
    clocks of `free_zone`, else of the meeting. `or_online`: near there, or joined from home.
    `among`: one of these only.
    """

    organisations: Sequence[str] | None = None
    leave_out: Sequence[str] = ()
    formats: Sequence[Format] | None = None
    audience: Literal["self", "family"] | None = None
    for_what: Sequence[ForWhat] | None = None
    kinds: Sequence[str] = ()
    preferred: Sequence[str] = ()
    weekdays: Sequence[int] | None = None
    free: Sequence[Free] | None = None
    free_zone: str | None = None
    from_: date | None = None
    to: date | None = None
    near: Near | None = None
    or_online: bool = False
    among: Collection[UUID] | None = None
    limit: int = 50

    @property
    def between_dates(self) -> bool:
        return self.from_ is not None or self.to is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minding:
    """What is known of the one for whom it is asked, or of the provider. No filter of it is ever to be relaxed.

    `left_out`: meetings. `under_18`: young people's and Alateen meetings only. `last` and `first` are meetings and
    organisations that come after, or before, others; `co_occurring`: what is made for people who also have a mental
    health condition comes first.
    """

    left_out: Collection[UUID] = ()
    under_18: bool = False
    last: Collection[UUID] = ()
    last_organisations: Collection[str] = ()
    first: Collection[UUID] = ()
    first_organisations: Collection[str] = ()
    co_occurring: bool = False


NOTHING_TO_MIND = Minding()


def period(wanted: Wanted, today: date) -> tuple[date, date]:
    """Local dates, both included."""
    from_ = wanted.from_ or today
    return from_, wanted.to or min(from_, date.max - AHEAD) + AHEAD


def period_problem(wanted: Wanted, now: datetime) -> Problem | None:
    from_, to = period(wanted, now.date())
    if to < from_:
        return Problem("to", "before-from", "The last day comes before the first one.")
    if to - from_ > LONGEST_PERIOD:
        return Problem("to", "too-far", f"Ask for {LONGEST_PERIOD.days} days at most.")
    return None
