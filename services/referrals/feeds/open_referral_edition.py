"""Open Referral UK's two editions: what they call the same things, and lists inside of lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.referrals.feeds.parsed import Unreadable
from services.referrals.feeds.values import Line


@dataclass(frozen=True, slots=True)
class Edition:
    """The names of a service's lists; `term` is what a classification holds."""

    schedules: str
    addresses: str
    classifications: str
    term: str


V3 = Edition("schedules", "addresses", "attributes", "taxonomy_term")
V1 = Edition("regular_schedules", "physical_addresses", "service_taxonomys", "taxonomy")
# 1.0 has the schedules of a service at one place in the singular; publishers write both.
_ONE_PLACES_SCHEDULES = "regular_schedule"


def edition_of(service: Line) -> Edition:
    """By its own names, not by what it is wrapped in: a service is also published alone, or in a plain list."""
    names = {*service, *(name for place in inside(service, "service_at_locations") for name in place)}
    return V1 if names & {V1.schedules, V1.classifications, _ONE_PLACES_SCHEDULES} else V3


def schedules_at(place: Line, edition: Edition) -> Sequence[Line]:
    """Those of the service at this one place."""
    return inside(place, edition.schedules) or (inside(place, _ONE_PLACES_SCHEDULES) if edition is V1 else ())


def inside(line: Line, field: str) -> Sequence[Line]:
    """A list of objects; nothing there is none."""
    listed = line.get(field) or []
    if not isinstance(listed, list) or not all(isinstance(each, Mapping) for each in listed):
        raise Unreadable(field, "is not a list of names and values")
    return listed


def one_inside(line: Line, field: str) -> Line:
    """An object; nothing there is an empty one."""
    found = line.get(field) or {}
    if not isinstance(found, Mapping):
        raise Unreadable(field, "is not names and values")
    return found
