"""How events are named and kept: for ever, so old ones must still be read."""

from importlib import import_module
from pkgutil import iter_modules

from services.referrals import domain
from services.referrals.domain.events import Event
from services.referrals.domain.events_company import OfCompany
from services.referrals.domain.upcasting import EVENTS, NAMES, upcast, version_of
from tests.unit.referrals_domain.kept import event_kept_and_loaded, pathway_kept_and_loaded
from tests.unit.referrals_domain.story import AA, LONDON, Story, at


def test_every_event_has_a_name_of_its_own() -> None:
    names = [found.name for found in iter_modules(domain.__path__) if found.name.startswith("events")]
    here = [kind for name in names for kind in vars(import_module(f"{domain.__name__}.{name}")).values()]
    declared = {kind for kind in here if isinstance(kind, type) and issubclass(kind, Event)} - {Event, OfCompany}
    assert set(EVENTS.values()) == declared
    assert len(NAMES) == len(EVENTS)


def test_no_upcast_waits_for_a_version_that_is_not_todays() -> None:
    assert {version_of(name) for name in EVENTS} == {1}


def test_an_old_event_is_brought_up_to_date_step_by_step() -> None:
    steps = {
        ("session-held", 1): lambda data: {**data, "language": None},
        ("session-held", 2): lambda data: {**data, "pages": data["number"] * 2},
    }
    assert upcast("session-held", 1, {"number": 4}, steps) == {"number": 4, "language": None, "pages": 8}
    assert upcast("session-held", 2, {"number": 4}, steps) == {"number": 4, "pages": 8}
    assert upcast("session-held", 3, {"number": 4}, steps) == {"number": 4}
    assert upcast("goal-agreed", 1, {"number": 4}, steps) == {"number": 4}


def test_moments_are_kept_in_utc_so_that_the_night_the_clocks_change_is_told_apart() -> None:
    """01:30 comes twice on 31 October 2027; by the wall clock the second would not be later."""
    story = Story()
    first = at(0).replace(year=2027, month=10, day=31, hour=1, minute=30, tzinfo=LONDON)
    story.hold(1, first.replace(fold=1))
    story.hold(2, first)
    assert [session.stage for session in story.pathway.sessions_by_date] == [2, 1]
    story.commit(AA, first.replace(fold=1), made=first)
    assert pathway_kept_and_loaded(story.pathway) == story.pathway
    assert [event_kept_and_loaded(event) for event in story.events] == story.events
