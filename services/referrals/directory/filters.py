"""What must hold of a meeting that somebody asks for, each by itself, and which of it to leave out if nothing fits.

3-fama, *Choosing a meeting* [O]: "If nothing fits: which filter to relax, and the unmet need is counted." Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.referrals.directory.index import Index
from services.referrals.directory.positions import mask, mask_of_ranges
from services.referrals.directory.slots import NEVER, Slot, free_slots
from services.referrals.directory.wanted import NOTHING_TO_MIND, Minding, Wanted
from shared.rules import rule

NEARLY_NOTHING = 3
"""[O] With fewer to choose from, what to relax is said."""
_STAYS = frozenset({"audience", "under18", "leftOut"})
"""Who a meeting is for is no matter of taste: a group of the other kind turns the client away at the door. Nor is it
what keeps a client safe."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`field` as the caller spells it, `value` where each of several has to hold; `fitting` is a set of positions."""

    field: str
    fitting: int
    value: str | None = None

    @property
    def code(self) -> str:
        """For counting: one of few, whatever is asked."""
        return "language" if self.value and self.value.startswith("language-") else self.value or self.field


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Without this one filter, and with all others, so many meetings are found."""

    filter: Filter
    finds: int


def filters_of(index: Index, wanted: Wanted, starts: Sequence[int], minding: Minding = NOTHING_TO_MIND) -> list[Filter]:
    """`starts`: of each slot, its first in the period."""
    return [
        *_by_what_is_minded(index, minding),
        *_by_row(index, wanted),
        *_by_time(index, wanted, starts),
        *_by_place(index, wanted),
    ]


def fitting_all(index: Index, filters: Iterable[Filter]) -> int:
    found = index.everything
    for each in filters:
        found &= each.fitting
    return found


@rule("If hardly anything fits, what to leave out is said as well.", source="O", effect="suggests")
@rule("Whom a meeting is for is never left out.", source="O", effect="keeps", because="privacy")
def relaxed(index: Index, filters: Sequence[Filter], found: int) -> list[Relaxed]:
    """What finds more than `found` when it alone is left out, the most first."""
    loose = [each for each in filters if each.field not in _STAYS]
    without = [
        Relaxed(each, fitting_all(index, (other for other in filters if other is not each)).bit_count())
        for each in loose
    ]
    return sorted((each for each in without if each.finds > found), key=lambda each: -each.finds)


@rule("An unmet need is counted by the filter that alone stood in the way.", source="O", effect="keeps")
def unmet(relaxing: Sequence[Relaxed]) -> set[str]:
    """What stood in the way, when nothing was found: each filter that alone did, else that only several did."""
    return {each.filter.code for each in relaxing} or {"several"}


def _by_what_is_minded(index: Index, minding: Minding) -> Iterator[Filter]:
    if minding.left_out:
        yield Filter("leftOut", index.everything & ~index.those(minding.left_out))
    if minding.under_18:
        yield Filter("under18", index.having("kind", "young-people") | index.having("organisation", "alateen"))


def _by_row(index: Index, wanted: Wanted) -> Iterator[Filter]:
    if wanted.among is not None:
        yield Filter("name", index.those(wanted.among))
    if wanted.organisations:
        yield Filter("organisation", index.having("organisation", *wanted.organisations))
    if wanted.leave_out:
        yield Filter("leaveOut", index.everything & ~index.having("organisation", *wanted.leave_out))
    if wanted.formats:
        yield Filter("format", index.having("format", *wanted.formats))
    if wanted.audience:
        yield Filter("audience", index.having("audience", wanted.audience, "both"))
    if wanted.for_what:
        yield Filter("forWhat", index.having("forWhat", *wanted.for_what))
    for kind in dict.fromkeys(wanted.kinds):
        yield Filter("kind", index.having("kind", kind), kind)


def _by_time(index: Index, wanted: Wanted, starts: Sequence[int]) -> Iterator[Filter]:
    """A meeting by appointment is on no day."""

    def those(slots: Iterable[Slot]) -> int:
        return mask_of_ranges(((slot.first, slot.end) for slot in slots), index.size)

    def dated() -> Iterator[Slot]:
        return (slot for slot, start in zip(index.slots.all, starts, strict=True) if start != NEVER)

    if wanted.weekdays:
        days = set(wanted.weekdays)
        yield Filter("day", those(slot for slot in dated() if slot.weekday in days))
    if wanted.free:
        yield Filter("free", those(free_slots(index.slots.all, starts, wanted)))
    if wanted.between_dates:
        field = "from" if wanted.from_ else "to"
        yield Filter(field, those(dated()))


def _by_place(index: Index, wanted: Wanted) -> Iterator[Filter]:
    if wanted.near:
        from_home = index.having("format", "online", "hybrid") if wanted.or_online else 0
        yield Filter("near", mask(index.places.within(wanted.near), index.size) | from_home)
