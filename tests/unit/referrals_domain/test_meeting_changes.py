"""A meeting that moves, closes or disappears is flagged before the client stands there (3-fama, *Meetings*)."""

from dataclasses import replace
from datetime import time
from typing import Any, get_args

import pytest

from services.referrals.domain.commands_flags import SeeFlag
from services.referrals.domain.events import Event
from services.referrals.domain.flags import see_flag
from services.referrals.domain.meeting_changes import WORDS, Change, note_meeting_change, note_meeting_paused, standing
from services.referrals.domain.vocabulary import MeetingChange
from shared.meetings import Meeting
from tests.unit.meeting_builder import a_meeting
from tests.unit.referrals_domain.story import AA, SMART, Story, at, day

THURSDAY = a_meeting(meeting_id=AA, weekday=4, length=90, place_name="Hall", address="1 High Street")


def planned(now_day: int = 0) -> tuple[Story, str]:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(now_day))
    return story, str(made)


def changes(story: Story, before: Meeting, after: Meeting, when: int = 1) -> None:
    story.events += note_meeting_change(story.pathway, Change(before, after), at(when))


def flags(story: Story) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(flag.code, flag.about, flag.what) for flag in story.pathway.flags]


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"weekday": 5}, ("day",)),
        ({"start": time(18, 30)}, ("time",)),
        ({"length": 60}, ("time",)),
        ({"address": "2 High Street"}, ("place",)),
        ({"finding_the_door": "Round the back"}, ("place",)),
        ({"format": "online", "online_link": "https://meet.example/1"}, ("format",)),
        ({"online_link": "https://meet.example/2"}, ("link",)),
        ({"kinds": ("women",)}, ("who-may-come",)),
        ({"start": time(20), "place_name": "Library"}, ("time", "place")),
        ({"name": "Another name"}, ()),
        ({"address": " 1  high STREET"}, ()),
        ({"latitude": 53.9, "longitude": -4.2}, ()),
        ({"kinds": ("newcomer",)}, ()),
    ],
)
def test_what_has_changed_about_a_meeting_ahead_is_on_the_flag(said: dict[str, Any], what: tuple[str, ...]) -> None:
    story, made = planned()
    changes(story, THURSDAY, replace(THURSDAY, **said))
    assert flags(story) == ([("meeting-changed", made, what)] if what else [])


def test_every_change_has_words_for_the_keyworker() -> None:
    assert set(WORDS) == set(get_args(MeetingChange))


def test_a_meeting_that_is_not_held_any_more_is_closed_and_the_commitment_stands() -> None:
    story, made = planned()
    changes(story, THURSDAY, replace(THURSDAY, status="withdrawn"))
    assert flags(story) == [("meeting-closed", made, ())]
    assert story.pathway.commitments[0].state == "planned"


def test_one_that_is_held_again_is_no_longer_flagged_as_closed_but_as_held_again() -> None:
    story, made = planned()
    closed = replace(THURSDAY, status="closed-for-now")
    changes(story, THURSDAY, closed)
    changes(story, closed, THURSDAY)
    assert flags(story) == [("meeting-changed", made, ("held-again",))]


def test_a_time_that_is_set_back_before_anybody_looked_leaves_no_flag() -> None:
    story, _ = planned()
    later = replace(THURSDAY, start=time(20))
    changes(story, THURSDAY, later)
    changes(story, later, THURSDAY)
    assert flags(story) == []


def test_what_was_seen_is_not_told_again_by_another_change() -> None:
    story, made = planned()
    later = replace(THURSDAY, start=time(20))
    changes(story, THURSDAY, later)
    story.events += seen(story, made)
    changes(story, later, replace(later, name="Another name"))
    assert flags(story) == []
    changes(story, later, replace(later, place_name="Library"))
    assert flags(story) == [("meeting-changed", made, ("place",))]


def test_two_changes_are_one_flag_with_both() -> None:
    story, made = planned()
    moved = replace(THURSDAY, place_name="Library")
    changes(story, THURSDAY, moved)
    changes(story, moved, replace(moved, start=time(18)))
    changes(story, moved, replace(moved, start=time(18)))
    assert flags(story) == [("meeting-changed", made, ("time", "place"))]


def test_one_that_is_held_again_on_another_day_is_said_to_be_on_another_day_alone() -> None:
    story, made = planned()
    closed = replace(THURSDAY, status="closed-for-now")
    changes(story, THURSDAY, closed)
    changes(story, closed, replace(THURSDAY, weekday=5))
    assert flags(story) == [("meeting-changed", made, ("day",))]


def test_one_that_closes_once_more_is_not_said_to_be_held_again() -> None:
    story, made = planned()
    closed = replace(THURSDAY, status="closed-for-now")
    changes(story, THURSDAY, closed)
    changes(story, closed, replace(THURSDAY, start=time(20), place_name="Library"))
    assert flags(story) == [("meeting-changed", made, ("time", "place", "held-again"))]
    changes(story, replace(THURSDAY, start=time(20), place_name="Library"), closed)
    assert flags(story) == [("meeting-closed", made, ()), ("meeting-changed", made, ("place",))]


def test_one_that_comes_back_at_another_time_says_so_though_the_time_was_told_before() -> None:
    story, made = planned()
    later = replace(THURSDAY, start=time(20))
    closed = replace(later, status="withdrawn")
    changes(story, THURSDAY, later)
    changes(story, later, closed)
    assert flags(story) == [("meeting-closed", made, ())]
    changes(story, closed, later)
    assert flags(story) == [("meeting-changed", made, ("time", "held-again"))]


def test_a_meeting_that_is_over_or_another_one_is_no_concern() -> None:
    story, _ = planned()
    changes(story, THURSDAY, replace(THURSDAY, status="withdrawn"), when=4)
    other = replace(THURSDAY, meeting_id=SMART)
    changes(story, other, replace(other, status="withdrawn"))
    assert flags(story) == []


def test_who_went_to_another_meeting_may_still_go_to_this_one_and_is_told() -> None:
    story, made = planned()
    story.fact(SMART, at(1, 19))
    changes(story, THURSDAY, replace(THURSDAY, weekday=5), when=2)
    assert flags(story) == [("meeting-changed", made, ("day",))]


@pytest.mark.parametrize("how", ["withdrawn", "ended", "word"])
def test_the_flag_goes_with_the_commitment(how: str) -> None:
    story, _ = planned()
    changes(story, THURSDAY, replace(THURSDAY, weekday=5))
    if how == "withdrawn":
        story.withdraw(story.pathway.commitments[0].commitment_id, at(2))
    elif how == "ended":
        story.end("engaged", at(2))
    else:
        story.fact(AA, at(3, 19))
    assert flags(story) == []


def test_a_flag_is_put_away_once() -> None:
    story, made = planned()
    changes(story, THURSDAY, replace(THURSDAY, weekday=5))
    story.events += seen(story, made)
    assert flags(story) == []
    assert seen(story, made) == []


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({}, "as-planned"),
        ({"weekday": 5}, "not-that-day"),
        ({"start": time(20)}, "other-time"),
        ({"status": "closed-for-now"}, "closed"),
    ],
)
def test_a_commitment_shows_whether_the_meeting_is_still_held_as_planned(said: dict[str, Any], stands: str) -> None:
    story, _ = planned()
    [made] = story.pathway.commitments
    assert made.date == day(3)
    assert standing(made, replace(THURSDAY, **said)) == stands


def seen(story: Story, about: str) -> list[Event]:
    return see_flag(story.pathway, SeeFlag(code="meeting-changed", about=about, at=at(2)))


def test_who_plans_to_go_to_a_meeting_that_is_paused_is_flagged_and_the_commitment_stands() -> None:
    story, about = planned()
    assert note_meeting_paused(story.pathway, SMART, True, at(1)) == []
    story.events += note_meeting_paused(story.pathway, AA, True, at(1))
    assert note_meeting_paused(story.pathway, AA, True, at(2)) == [], "once"
    assert flags(story) == [("meeting-paused", about, ())]
    assert story.pathway.commitments[0].state == "planned"
    story.events += note_meeting_paused(story.pathway, AA, False, at(2))
    assert flags(story) == []
    assert note_meeting_paused(story.pathway, AA, True, at(3, 20)) == [], "it has begun"
