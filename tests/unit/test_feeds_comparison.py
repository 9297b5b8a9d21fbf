from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from services.referrals.feeds import Parsed, RefusedLine, compare
from shared.meetings import Meeting
from shared.problems import Problem
from tests.unit.feed_samples import new_york, online_aa
from tests.unit.meeting_builder import a_meeting


def listed(meetings: Iterable[Meeting]) -> dict[UUID, Meeting]:
    return {meeting.meeting_id: meeting for meeting in meetings}


def ten(**said: object) -> list[Meeting]:
    return [a_meeting(source_id=str(n), **said) for n in range(10)]


def test_the_first_import_is_all_new() -> None:
    comparison = compare({}, online_aa())
    assert comparison.held is None
    left_out = "Types that are no kind of meeting here were left out, so many times each: “XT” (1), “LO-I” (1)."
    report = {"new": 160, "changed": 0, "unchanged": 0, "gone": 0, "refused": [], "notes": [left_out]}
    assert comparison.report() == report


def test_the_same_feed_again_changes_nothing_on_whatever_day() -> None:
    parsed = new_york()
    before = [replace(meeting, in_feed_on=date(2026, 1, 1)) for meeting in parsed.meetings]
    comparison = compare(listed(before), parsed)
    assert comparison.report() == {"new": 0, "changed": 0, "unchanged": 1513, "gone": 0, "refused": []}
    assert comparison.unchanged == parsed.meetings, "and notes that it was in the feed today"


def test_new_changed_and_gone_are_told_apart_and_the_gone_are_withdrawn() -> None:
    before = ten()
    moved = replace(before[0], start=time(20))
    comparison = compare(listed(before), Parsed((moved, *before[1:9], a_meeting(source_id="new")), ()))
    assert [m.source_id for m in comparison.new] == ["new"]
    assert comparison.changed == (moved,)
    assert len(comparison.unchanged) == 8
    assert comparison.gone == (replace(before[9], status="withdrawn"),)
    assert comparison.held is None


@pytest.mark.parametrize(("left", "code"), [(10, None), (8, None), (7, "smaller"), (6, "smaller"), (0, "empty")])
def test_a_feed_that_is_thirty_per_cent_smaller_waits_for_a_person(left: int, code: str | None) -> None:
    comparison = compare(listed(ten()), Parsed(tuple(ten()[:left]), ()))
    assert (comparison.held and comparison.held.code) == code


def test_an_empty_first_import_waits_for_a_person_too() -> None:
    comparison = compare({}, Parsed((), ()))
    assert comparison.held is not None
    assert comparison.held.code == "empty"


def test_a_feed_with_none_of_the_listed_meetings_is_taken_for_another() -> None:
    comparison = compare(listed(ten()), online_aa())
    assert comparison.held is not None
    assert comparison.held.code == "another"


def test_a_listed_meeting_whose_line_cannot_be_read_is_not_gone() -> None:
    monday_and_friday = [a_meeting(source_id="daily/1", weekday=1), a_meeting(source_id="daily/5", weekday=5)]
    refused = (RefusedLine(9, "start", "is missing", "9"), RefusedLine(11, "time", "is missing", "daily"))
    comparison = compare(listed(ten() + monday_and_friday), Parsed(tuple(ten()[:9]), refused))
    assert comparison.gone == ()
    assert comparison.report()["refused"] == [
        {"line": 9, "field": "start", "reason": "is missing"},
        {"line": 11, "field": "time", "reason": "is missing"},
    ]


def test_a_withdrawn_meeting_that_stays_away_is_no_news_and_one_that_returns_is_changed() -> None:
    before = ten()
    before[0], before[1] = (replace(meeting, status="withdrawn") for meeting in before[:2])
    comparison = compare(listed(before), Parsed(tuple(ten()[1:]), ()))
    assert comparison.gone == ()
    assert comparison.changed == (ten()[1],)
    assert comparison.held is None


def test_a_persons_confirmation_stays_while_where_and_when_stay() -> None:
    confirmed = date(2026, 10, 1)
    before = ten(confirmed_on=confirmed)
    now = ten()
    now[0] = replace(now[0], name="Renamed")
    now[1] = replace(now[1], start=time(20))
    now[2] = replace(now[2], confirmed_on=date(2026, 11, 1))
    now[3] = replace(now[3], confirmed_on=date(2026, 9, 1))
    comparison = compare(listed(before), Parsed(tuple(now), ()))
    after = listed((*comparison.changed, *comparison.unchanged))
    dates = [after[meeting.meeting_id].confirmed_on for meeting in now]
    assert dates[:4] == [confirmed, None, date(2026, 11, 1), confirmed]
    assert set(dates[4:]) == {confirmed}
    assert len(comparison.unchanged) == 7


@pytest.mark.parametrize(("kept", "code"), [(8, None), (7, "many-gone"), (1, "many-gone"), (0, "another")])
def test_a_feed_in_which_others_stand_in_the_place_of_those_listed_waits_for_a_person(
    kept: int, code: str | None
) -> None:
    others = [a_meeting(source_id=f"other {number}") for number in range(10 - kept)]
    comparison = compare(listed(ten()), Parsed((*ten()[:kept], *others), ()))
    assert (comparison.held and comparison.held.code) == code


def test_lines_that_cannot_be_read_take_nothing_away() -> None:
    refused = tuple(RefusedLine(n, "start", "is missing", str(n)) for n in range(5, 10))
    others = tuple(a_meeting(source_id=f"other {number}") for number in range(5))
    assert compare(listed(ten()), Parsed((*ten()[:5], *others), refused)).held is None


def test_one_meeting_of_a_short_list_that_others_replace_is_asked_about_too() -> None:
    before = ten()[:3]
    now = Parsed((*before[:2], a_meeting(source_id="new")), ())
    held = compare(listed(before), now).held
    assert held is not None
    assert held.reason == "1 of the 3 meetings listed would be gone at once; others may be there in their place."


@pytest.mark.parametrize(("without", "code"), [(2, None), (3, "kinds-gone"), (10, "kinds-gone")])
def test_a_feed_that_no_longer_says_who_may_come_waits_for_a_person(without: int, code: str | None) -> None:
    now = [a_meeting(source_id=str(n), kinds=() if n < without else ("men",)) for n in range(10)]
    comparison = compare(listed(ten(kinds=("men",))), Parsed(tuple(now), ()))
    assert (comparison.held and comparison.held.code) == code


def test_what_a_reader_doubts_waits_for_a_person() -> None:
    doubt = Problem("formats", "formats-missing", "None is explained.")
    assert compare({}, Parsed(tuple(ten()), (), doubt=doubt)).held == doubt


def test_of_what_is_held_is_named_what_would_be_gone() -> None:
    before = [*ten()[:2], a_meeting(source_id="x", name="Ring first", weekday=None, start=None)]
    report = compare(listed(before), Parsed(tuple(ten()[:1]), ())).report(naming=True)
    assert report["going"] == [
        {"name": before[1].name, "weekday": before[1].weekday, "start": "19:00"},
        {"name": "Ring first", "weekday": None, "start": None},
    ]
    many = [a_meeting(source_id=str(n)) for n in range(60)]
    assert len(compare(listed(many), Parsed(tuple(many[:1]), ())).report(naming=True)["going"]) == 50  # type: ignore[arg-type]


def test_of_a_feed_without_a_readable_line_the_first_is_told() -> None:
    refused = (RefusedLine(2, "organisation", "“St Mary PCC” is none of aa, na", "1"),)
    held = compare({}, Parsed((), refused)).held
    assert held is not None
    assert held.reason == (
        "No meeting can be read in it. The first that cannot is line 2: organisation “St Mary PCC” is none of aa, na."
    )


def test_one_meeting_is_one_meeting() -> None:
    held = compare(listed(ten()), Parsed(tuple(ten()[:1]), ())).held
    assert held is not None
    assert held.reason == "It has 1 meeting, 10 are listed: 30 % fewer, or worse."
