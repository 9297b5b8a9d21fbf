"""Which organisations have a meeting that somebody can get to (3-fama, *Meetings*: in reach or online). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.referrals.directory.index import Index
from services.referrals.directory.organisations import ORGANISATIONS, Organisation
from services.referrals.directory.positions import mask
from services.referrals.directory.wanted import Near


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of its meetings are held here, or somewhere if no place was named, and how many can be joined online."""

    organisation: Organisation
    here: int
    online: int


def in_reach(index: Index, near: Near | None) -> Iterator[Reach]:
    """Those with either; by appointment counts."""
    places = mask(index.places.within(near), index.size) if near else index.having("format", "in-person", "hybrid")
    online = index.having("format", "online", "hybrid")
    for code, organisation in ORGANISATIONS.items():
        theirs = index.having("organisation", code)
        reach = Reach(organisation, (theirs & places).bit_count(), (theirs & online).bit_count())
        if reach.here or reach.online:
            yield reach
