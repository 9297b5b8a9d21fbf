"""In which order meetings that fit are shown. There is no score: each step is a reason that can be said. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, islice
from uuid import UUID

from services.referrals.directory.index import Index
from services.referrals.directory.organisations import ORGANISATIONS
from services.referrals.directory.positions import digits, positions
from services.referrals.directory.slots import Timed
from services.referrals.directory.wanted import NOTHING_TO_MIND, Minding, Wanted
from shared.rules import rule

STALE_AFTER = timedelta(days=90)
"""3-fama, *Meetings* [O]: staleness counts from when a person confirmed it, not from when a feed had it."""

_FEW = 2000
"""Fewer are sorted as they are; of more, slot by slot only as many as are wanted."""


@rule("A meeting confirmed ninety days ago is not stale yet.", source="O", effect="keeps")
def is_stale(confirmed_on: date | None, today: date) -> bool:
    return confirmed_on is None or today - confirmed_on > STALE_AFTER


@rule("The soonest comes first, and one by appointment last.", source="O", effect="suggests")
@rule("What the client prefers comes before what is sooner.", source="O", effect="suggests")
@rule("A meeting by the client's own clocks comes before one by others.", source="O", effect="suggests")
def ranked(
    fitting: int, index: Index, wanted: Wanted, timed: Timed, today: date, *, minding: Minding = NOTHING_TO_MIND
) -> list[int]:
    """The best `limit` positions of those that fit (3-fama, *Choosing a meeting* [O], *Meetings* [O], *Stage 2* [G]).

    0. What did not fit the client before comes after all others [S].
    1. What the client would like [G: "a preferred kind of group"]: whatever was named first counts before the next;
       then what is made for somebody like them, and where they went before; then what goes by their own clocks [O].
    2. Fit: meant for the audience asked for alone, then for what was asked for alone, before those for others as well.
    3. The soonest [G: "at least one dated meeting in the coming week"]; by appointment last.
    4. Of those at the same moment: confirmed by a person within 90 days before stale [O].
    5. As the index has them, so that the order is the same whenever it is asked.
    """
    stale_before = (today - STALE_AFTER).toordinal()
    best = (
        position
        for alike in _alike(fitting, _preferences(index, wanted, minding))
        for position in _soonest(alike, index, timed, stale_before)
    )
    return list(islice(best, wanted.limit))


def _preferences(index: Index, wanted: Wanted, minding: Minding) -> list[int]:
    after = _both(index, minding.last, minding.last_organisations)
    preferences = [index.everything & ~after] if after else []
    preferences += [index.having("kind", kind) for kind in wanted.preferred]
    if minding.co_occurring:
        made_for_them = (code for code, known in ORGANISATIONS.items() if known.co_occurring)
        preferences.append(index.having("kind", "co-occurring") | index.having("organisation", *made_for_them))
    if before := _both(index, minding.first, minding.first_organisations):
        preferences.append(before)
    if wanted.free_zone:
        preferences.append(index.having("timeZone", wanted.free_zone))
    if wanted.audience:
        preferences.append(index.having("audience", wanted.audience))
    if wanted.for_what:
        preferences.append(index.everything & ~index.having_other("forWhat", wanted.for_what))
    return preferences


def _both(index: Index, meetings: Collection[UUID], organisations: Collection[str]) -> int:
    return index.those(meetings) | index.having("organisation", *organisations)


def _alike(fitting: int, preferences: Sequence[int]) -> Iterator[int]:
    """Sets of which each meeting meets the same preferences, the first preference before the second."""
    if not fitting:
        return
    if not preferences:
        yield fitting
        return
    first, *others = preferences
    yield from _alike(fitting & first, others)
    yield from _alike(fitting & ~first, others)


def _soonest(alike: int, index: Index, timed: Timed, stale_before: int) -> Iterator[int]:
    starts = timed.starts
    held = digits(alike, index.size)

    def in_order(some: Iterable[int]) -> list[int]:
        return sorted(some, key=lambda each: (starts[index.slot_of[each]], index.confirmed[each] < stale_before, each))

    if alike.bit_count() < _FEW:
        yield from in_order(positions(held, 0, index.size))
        return
    for _, slots in groupby(timed.order, key=starts.__getitem__):
        ranges = [index.slots.all[number] for number in slots]
        yield from in_order(position for slot in ranges for position in positions(held, slot.first, slot.end))
