"""All meetings that are held, by what can be asked of them: in memory, without their texts. Pure."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from services.referrals.directory.places import Places
from services.referrals.directory.positions import mask
from services.referrals.directory.slots import Slot, Slots


class Row(NamedTuple):
    """Of an active meeting; in the order of slots (see `Slot`), then as meetings of one slot are to be listed."""

    weekday: int | None
    start: time | None
    length: int
    time_zone: str
    every_weeks: int | None
    counted_from: date | None
    weeks_of_month: Sequence[int] | None
    meeting_id: UUID
    organisation: str
    format: str
    audience: str
    for_what: Sequence[str]
    kinds: Sequence[str]
    latitude: float | None
    longitude: float | None
    confirmed_on: date | None


class Index:
    """A meeting is its position; what many of them have in common is one set of positions (`positions`).

    It holds no texts: the rows of a few are fetched once they are chosen.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.size = len(rows)
        self.everything = (1 << self.size) - 1
        self.slots = Slots(list(_slots(rows)))
        numbered = enumerate(self.slots.all)
        self.slot_of = array("L", [number for number, slot in numbered for _ in range(slot.first, slot.end)])
        self.places = Places(_places(rows))
        # Ordinals: 0 was never confirmed.
        self.confirmed = array("l", [row.confirmed_on.toordinal() if row.confirmed_on else 0 for row in rows])
        self._ids = b"".join(row.meeting_id.bytes for row in rows)
        self._by_id = array("L", sorted(range(self.size), key=self._id))
        self._having = _having(rows)

    def meeting_id(self, position: int) -> UUID:
        return UUID(bytes=self._ids[16 * position : 16 * position + 16])

    def position(self, meeting_id: UUID) -> int | None:
        """None: it is not held, or not known."""
        found = bisect_left(self._by_id, meeting_id.bytes, key=self._id)
        if found == self.size or self._id(self._by_id[found]) != meeting_id.bytes:
            return None
        return self._by_id[found]

    def those(self, meetings: Iterable[UUID]) -> int:
        """Of these the ones that are held."""
        return mask((each for each in map(self.position, meetings) if each is not None), self.size)

    def note_confirmed(self, meeting_id: UUID, on: date) -> None:
        """The one thing that changes without a new index."""
        if (position := self.position(meeting_id)) is not None:
            self.confirmed[position] = on.toordinal()

    def _id(self, position: int) -> bytes:
        return self._ids[16 * position : 16 * position + 16]

    def having(self, field: str, *values: str) -> int:
        """Those that have one of the values."""
        found = 0
        for value in values:
            found |= self._having.get((field, value), 0)
        return found

    def having_other(self, field: str, values: Sequence[str]) -> int:
        """Those that have a value beside these."""
        return self.having(field, *(value for named, value in self._having if named == field and value not in values))


def _slots(rows: Sequence[Row]) -> Iterator[Slot]:
    end = 0
    for (weekday, start, length, time_zone, every, since, of_month), group in groupby(rows, key=lambda row: row[:7]):
        first, end = end, end + sum(1 for _ in group)
        yield Slot(weekday, start, length, time_zone, first, end, every, since, of_month and tuple(of_month))


def _places(rows: Sequence[Row]) -> Iterator[tuple[float, float, int]]:
    for position, row in enumerate(rows):
        if row.latitude is not None and row.longitude is not None:
            yield row.latitude, row.longitude, position


def _having(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        for named in _values(row):
            found[named].append(position)
    return {named: mask(positions, len(rows)) for named, positions in found.items()}


def _values(row: Row) -> Iterator[tuple[str, str]]:
    yield "organisation", row.organisation
    yield "format", row.format
    yield "audience", row.audience
    yield "timeZone", row.time_zone
    for value in row.for_what:
        yield "forWhat", value
    for value in row.kinds:
        yield "kind", value
