"""What people keep about meetings, without a database: due lists, local knowledge, side by side."""

from datetime import date, timedelta

import pytest

from services.referrals.directory.choosing import shown
from services.referrals.directory.comparing import side_by_side
from services.referrals.directory.due import LISTED, Area, due_by, due_this_month
from services.referrals.directory.local import LocalKnowledge, local_facts, on_the_way
from services.referrals.directory.organisations import TOPICS
from services.referrals.directory.wanted import Near
from shared.meetings import Meeting
from tests.unit.choosing_builder import NOW, indexed, some_meetings
from tests.unit.meeting_builder import a_meeting

TODAY = date(2026, 11, 24)
TOWN = Area("town", "kay", Near(53.95, -4.2, 10))
ONLINE = Area("online", "kim", None)
HERE = {"latitude": 53.95, "longitude": -4.2}
KNOWN = LocalKnowledge(
    our_premises=True,
    door="The blue one",
    greeted_by="secretary",
    step_free="yes",
    parking="Behind",
    last_bus="21:50",
    last_went_on=date(2026, 11, 3),
    known_by=("kay",),
)


def due_names(meetings: list[Meeting], area: Area) -> list[str]:
    names = {meeting.meeting_id: meeting.name for meeting in meetings}
    return [names[each] for each in due_this_month(indexed(meetings), area, TODAY).meetings]


def test_what_is_stale_or_will_be_before_the_month_is_over_is_due() -> None:
    meetings = some_meetings(
        never=HERE,
        stale={**HERE, "confirmed_on": date(2026, 6, 1)},
        by_the_30th={**HERE, "confirmed_on": date(2026, 9, 1)},
        next_month={**HERE, "confirmed_on": date(2026, 9, 2)},
        fresh={**HERE, "confirmed_on": date(2026, 11, 20)},
        elsewhere={"latitude": 51.5, "longitude": -0.1},
        online={"format": "online"},
    )
    assert due_names(meetings, TOWN) == ["never", "stale", "by_the_30th"]
    assert due_names(meetings, ONLINE) == ["online"]


@pytest.mark.parametrize(
    ("confirmed", "by"),
    [(None, TODAY), (date(2026, 6, 1), TODAY), (date(2026, 9, 1), date(2026, 11, 30))],
)
def test_a_meeting_is_due_by_the_last_day_on_which_it_counts_as_confirmed(confirmed: date | None, by: date) -> None:
    assert due_by(confirmed, TODAY) == by


def test_of_a_long_list_the_first_are_named_and_all_counted() -> None:
    meetings = [a_meeting(source_id=str(n), name=str(n), **HERE) for n in range(LISTED + 5)]
    due = due_this_month(indexed(meetings), TOWN, TODAY)
    assert (len(due.meetings), due.count) == (LISTED, LISTED + 5)


def test_a_confirmation_is_followed_without_a_new_index() -> None:
    [meeting] = meetings = some_meetings(never=HERE)
    index = indexed(meetings)
    index.note_confirmed(meeting.meeting_id, TODAY - timedelta(days=1))
    index.note_confirmed(a_meeting(source_id="unknown").meeting_id, TODAY)
    assert due_this_month(index, TOWN, TODAY).count == 0


def test_local_knowledge_is_said_in_the_order_in_which_somebody_on_the_way_needs_it() -> None:
    assert [fact.code for fact in local_facts(KNOWN)] == [
        "our-premises",
        "door",
        "greeted-by",
        "step-free",
        "parking",
        "last-bus",
        "known-in-team",
    ]
    assert list(local_facts(LocalKnowledge())) == []


def test_paper_that_a_client_takes_along_has_the_way_in_and_back_and_no_staff() -> None:
    door = "The blue one. The secretary greets new people"
    assert on_the_way(KNOWN) == (door, "Parking: Behind", "Last bus: 21:50")
    assert on_the_way(None) == on_the_way(LocalKnowledge()) == ("", "", "")


def test_meetings_side_by_side_have_the_same_facts_in_the_same_order() -> None:
    two = [
        a_meeting(source_id="1", organisation="aa", kinds=("newcomer",), **HERE, address="1 High Street"),
        a_meeting(source_id="2", organisation="lifering", format="online", weekday=None, start=None),
    ]
    lines = side_by_side([shown(meeting, [], NOW, Near(53.95, -4.2, 10)) for meeting in two])
    by_code = {line.code: line.values for line in lines}
    assert [line.code for line in lines][-len(TOPICS) :] == list(TOPICS)
    assert by_code["when"] == ["Wednesdays, 19:00, 60 minutes", "By appointment"]
    assert by_code["where"] == ["1 High Street", None]
    assert by_code["distance"] == ["About 1 km", None]
    assert by_code["facts"] == ["Newcomers are welcome", None]
    assert all(len(line.values) == len(two) for line in lines)
