from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.directory.choosing import coming
from services.referrals.directory.filters import unmet
from services.referrals.directory.places import Places, distance
from services.referrals.directory.slots import NEVER, Slot, Slots
from services.referrals.directory.wanted import AHEAD, Free, Near, Wanted
from shared.meetings import occurrences
from tests.unit.choosing_builder import choice, chosen, some_meetings
from tests.unit.meeting_builder import a_meeting

WEDNESDAY = 3
EVENING = Free(WEDNESDAY, 18 * 60, 20 * 60)
ZONES = ["Europe/London", "America/New_York", "Pacific/Apia", "America/St_Johns", "Asia/Kolkata", "America/Nuuk"]
AROUND_CHANGES = [
    datetime(2026, 3, 25, 12, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, 1, tzinfo=UTC),
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    datetime(2011, 12, 28, 8, tzinfo=UTC),
]


@pytest.mark.parametrize(("zone", "now"), list(product(ZONES, AROUND_CHANGES)))
def test_a_slot_comes_when_its_meetings_come(zone: str, now: datetime) -> None:
    for weekday, start in product(range(1, 8), (time(0), time(1, 30), time(2, 15), time(12), time(23, 30))):
        meeting = a_meeting(weekday=weekday, start=start, time_zone=zone)
        slots = Slots([Slot(weekday, start, 60, zone, 0, 1)])
        dates = coming(meeting, now, AHEAD)
        assert slots.timed(Wanted(), now).starts == [dates[0].start.timestamp() if dates else NEVER]
        from_, to = now.date(), now.date() + AHEAD
        planned = list(occurrences(meeting, from_, to))
        first = slots.timed(Wanted(from_=from_, to=to), now).starts
        assert first == [planned[0].start.timestamp() if planned else NEVER]


@pytest.mark.parametrize(
    "weeks",
    [{"weeks_of_month": (1,)}, {"weeks_of_month": (2, -1)}, {"every_weeks": 2, "counted_from": date(2026, 11, 25)}],
)
def test_a_slot_of_some_weeks_comes_in_them(weeks: dict[str, Any]) -> None:
    meeting = a_meeting(**weeks)
    slots = Slots([Slot(3, time(19), 60, "Europe/London", 0, 1, **weeks)])
    for now in (datetime(2026, 11, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(60)):
        dates, far = coming(meeting, now, AHEAD), now.date() + 5 * AHEAD
        assert slots.timed(Wanted(), now).starts == [dates[0].start.timestamp() if dates else NEVER]
        first = slots.timed(Wanted(from_=now.date(), to=far), now).starts
        assert first == [next(occurrences(meeting, now.date(), far)).start.timestamp()]


def test_meetings_of_different_weeks_are_not_mixed_up() -> None:
    """On Tuesday, 24 November 2026: the next day is the last Wednesday of the month, and the fourth."""
    meetings = some_meetings(
        weekly={}, first={"weeks_of_month": (1,)}, last={"weeks_of_month": (-1,)}, fourth={"weeks_of_month": (4,)}
    )
    assert set(chosen(meetings, weekdays=[3])) == {"fourth", "last", "weekly"}
    assert chosen(meetings)[-1] == "first"


@given(
    near=st.builds(Near, st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 500)),
    places=st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=30),
    around=st.lists(st.tuples(st.floats(-2, 2), st.floats(-2, 2)), max_size=30),
)
def test_what_is_near_is_what_is_not_far(
    near: Near, places: list[tuple[float, float]], around: list[tuple[float, float]]
) -> None:
    places += [(near.latitude + north, near.longitude + east) for north, east in around if abs(near.latitude) < 88]
    within = set(Places((*place, n) for n, place in enumerate(places)).within(near))
    for n, place in enumerate(places):
        km = distance(near, *place)
        assert abs(km - near.within) < 0.001 or (n in within) == (km < near.within)


@pytest.mark.parametrize(
    ("own", "free"),
    [
        ({}, True),
        ({"length": 61}, False),
        ({"start": time(18)}, True),
        ({"start": time(17, 59)}, False),
        ({"weekday": 2}, False),
        ({"weekday": None, "start": None}, False),
    ],
)
def test_a_meeting_fits_if_it_begins_and_ends_while_the_client_is_free(own: dict[str, Any], free: bool) -> None:
    assert bool(chosen(some_meetings(one=own), free=[Free(1, 0, 24 * 60), EVENING])) == free


def test_free_time_is_told_by_the_clients_clock_if_it_is_said_which() -> None:
    meetings = some_meetings(there={"start": time(14), "time_zone": "America/New_York"}, here={})
    assert chosen(meetings, free=[EVENING]) == ["here"]
    late = Free(WEDNESDAY, 19 * 60, 20 * 60)
    assert set(chosen(meetings, free=[late], free_zone="Europe/London")) == {"here", "there"}


def test_organisations_are_left_out() -> None:
    meetings = some_meetings(na={}, aa={"organisation": "aa"}, smart={"organisation": "smart-recovery"})
    assert chosen(meetings, leave_out=["na", "aa"]) == ["smart"]


def test_without_meetings_nothing_is_found() -> None:
    assert chosen([], kinds=["women"], near=Near(0, 0, 10), weekdays=[1], free=[EVENING]) == []


def test_what_to_leave_out_is_said_with_what_it_finds_the_most_first() -> None:
    meetings = some_meetings(
        women={"kinds": ("women",)}, open={"kinds": ("open",)}, other={"kinds": ("open",), "weekday": 5}
    )
    found = choice(meetings, kinds=["women", "open"])
    assert [(each.filter.field, each.filter.value, each.finds) for each in found.relax] == [
        ("kind", "women", 2),
        ("kind", "open", 1),
    ]


def test_whom_a_meeting_is_for_is_never_left_out() -> None:
    meetings = some_meetings(self={"organisation": "aa"}, family={"organisation": "al-anon", "audience": "family"})
    assert choice(meetings, audience="family", organisations=["aa"]).relax[0].filter.field == "organisation"
    assert len(choice(meetings, audience="family", organisations=["aa"]).relax) == 1


def test_if_hardly_anything_fits_what_to_leave_out_is_said_as_well() -> None:
    meetings = some_meetings(**{f"open {n}": {"kinds": ("open",)} for n in range(9)}, women={"kinds": ("women",)})
    assert [each.finds for each in choice(meetings, kinds=["women"]).relax] == [10]
    assert choice(meetings, kinds=["open"]).relax == []


def test_an_unmet_need_is_counted_by_the_filter_that_alone_stood_in_the_way() -> None:
    meetings = some_meetings(one={}, two={"weekday": 5})
    assert unmet(choice(meetings, kinds=["language-cy"]).relax) == {"language"}
    assert unmet(choice(meetings, kinds=["women", "secular"]).relax) == {"several"}
    assert unmet(choice(meetings, near=Near(0, 0, 1)).relax) == {"near"}
    assert unmet(choice(meetings, from_=date(2026, 11, 26), to=date(2026, 11, 26)).relax) == {"from"}
