from datetime import date, time

from tests.unit.choosing_builder import chosen, some_meetings

THURSDAY, FRIDAY = 4, 5
FRESH, STALE = date(2026, 8, 26), date(2026, 8, 25)
"""90 and 91 days before the Tuesday of the tests."""


def test_the_soonest_comes_first_and_one_by_appointment_last() -> None:
    meetings = some_meetings(
        appointment={"weekday": None, "start": None}, friday={"weekday": FRIDAY}, early={"start": time(9)}, usual={}
    )
    assert chosen(meetings) == ["early", "usual", "friday", "appointment"]


def test_the_soonest_is_told_by_the_instant_and_not_by_the_clock_on_the_wall() -> None:
    meetings = some_meetings(
        london={"start": time(19)},
        new_york={"start": time(15), "time_zone": "America/New_York"},
        athens={"start": time(20), "time_zone": "Europe/Athens"},
    )
    assert chosen(meetings) == ["athens", "london", "new_york"]


def test_what_the_client_prefers_comes_before_what_is_sooner() -> None:
    meetings = some_meetings(sooner={}, preferred={"weekday": FRIDAY, "kinds": ("women",)})
    assert chosen(meetings, preferred=["women"]) == ["preferred", "sooner"]


def test_a_meeting_by_the_clients_own_clocks_comes_before_one_by_others() -> None:
    meetings = some_meetings(
        new_york={"start": time(9), "time_zone": "America/New_York"}, friday={"weekday": FRIDAY, "start": time(19)}
    )
    assert chosen(meetings) == ["new_york", "friday"]
    assert chosen(meetings, free_zone="Europe/London") == ["friday", "new_york"]


def test_what_was_named_first_counts_before_all_that_was_named_after_it() -> None:
    meetings = some_meetings(
        second_and_third={"kinds": ("secular", "open")}, first={"weekday": FRIDAY, "kinds": ("women",)}
    )
    assert chosen(meetings, preferred=["women", "secular", "open"]) == ["first", "second_and_third"]


def test_a_group_meant_for_this_alone_comes_before_one_for_others_as_well() -> None:
    meetings = some_meetings(
        family_alone={"weekday": THURSDAY, "audience": "family"},
        for_both={"audience": "both"},
        alcohol_alone={"weekday": FRIDAY, "audience": "both", "for_what": ("alcohol",)},
    )
    assert chosen(meetings, audience="family") == ["family_alone", "for_both", "alcohol_alone"]
    meetings = some_meetings(
        several={"for_what": ("alcohol", "drug")}, alone={"weekday": FRIDAY, "for_what": ("alcohol",)}
    )
    assert chosen(meetings, for_what=["alcohol"]) == ["alone", "several"]


def test_of_meetings_at_the_same_moment_one_confirmed_within_ninety_days_comes_first() -> None:
    meetings = some_meetings(
        a_never={}, b_stale={"confirmed_on": STALE}, c_fresh={"confirmed_on": FRESH}, d_longer={"length": 90}
    )
    assert chosen(meetings)[0] == "c_fresh"
    assert set(chosen(meetings)[1:]) == {"a_never", "b_stale", "d_longer"}


def test_a_stale_meeting_that_is_sooner_comes_before_a_confirmed_one() -> None:
    meetings = some_meetings(fresh={"weekday": THURSDAY, "confirmed_on": FRESH}, stale={"confirmed_on": STALE})
    assert chosen(meetings) == ["stale", "fresh"]


def test_the_order_is_the_same_however_the_limit_is() -> None:
    meetings = some_meetings(**{f"group {n}": {"start": time(n % 24), "weekday": n % 7 + 1} for n in range(60)})
    whole = chosen(meetings, limit=60)
    assert len(whole) == 60
    assert all(chosen(meetings, limit=limit) == whole[:limit] for limit in (1, 7, 59))
