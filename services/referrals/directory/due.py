"""Which meetings are to be confirmed this month, and by whom (3-fama, *Meetings* [O]: staleness is 90 days). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.referrals.directory.index import Index
from services.referrals.directory.positions import digits, mask, positions
from services.referrals.directory.ranking import STALE_AFTER
from services.referrals.directory.wanted import Near
from services.referrals.domain.rules import rule

LISTED = 200
"""Of one area; more is no list that anybody works off."""


@dataclass(frozen=True, slots=True)
class Area:
    """A provider's: a name for it, who owns it, and where; no place is what is held online only."""

    area: str
    owner: str
    near: Near | None


@dataclass(frozen=True, slots=True)
class Due:
    """`meetings` are the first of `count`: never confirmed before longest ago."""

    area: Area
    meetings: Sequence[UUID]
    count: int


@rule("What is stale or will be before the month is over is due.", source="O", effect="keeps", where="Meetings")
def due_this_month(index: Index, area: Area, today: date) -> Due:
    """Those that are stale, or will be before the month is over."""
    last_fresh = (_first_of_next_month(today) - STALE_AFTER).toordinal()
    those = mask(index.places.within(area.near), index.size) if area.near else index.having("format", "online")
    stale = [each for each in positions(digits(those, index.size), 0, index.size) if index.confirmed[each] < last_fresh]
    first = sorted(stale, key=lambda each: (index.confirmed[each], each))[:LISTED]
    return Due(area, [index.meeting_id(each) for each in first], len(stale))


def due_by(confirmed_on: date | None, today: date) -> date:
    """The last day on which it still counts as confirmed; today if it does not any more."""
    return max(confirmed_on + STALE_AFTER, today) if confirmed_on else today


def _first_of_next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
