"""Hand-out 6a: what is printed of a meeting, and what is left to write."""

from datetime import date, time
from itertools import pairwise
from typing import Any

import pytest

from services.referrals.directory.local import LocalKnowledge
from services.referrals.handouts.blocks import Card, Text
from services.referrals.handouts.content.h06_local_groups import local_groups
from services.referrals.handouts.markup import markup
from services.referrals.handouts.meeting_cards import blank_cards, meeting_cards
from shared.meetings import Meeting
from tests.unit.meeting_builder import a_meeting

PRINTED = date(2026, 11, 24)
DIRECTIONS = ["On foot", "By car", "By bus or train", "Who goes with me"]


def card(meeting: Meeting, **known: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401 - as in LocalKnowledge
    local = {meeting.meeting_id: LocalKnowledge(**known)}
    [shown] = [block for block in meeting_cards([meeting], PRINTED, local) if isinstance(block, Card)]
    return shown.title, dict(shown.facts)


def test_a_card_says_when_where_and_which_door() -> None:
    title, facts = card(
        a_meeting(
            name="New Hope",
            organisation="aa",
            weekday=2,
            start=time(19, 30),
            place_name="Old School",
            address="1 Mill Lane",
            finding_the_door="Blue door at the back",
            kinds=("wheelchair", "language-cy"),
            confirmed_on=date(2026, 11, 3),
        )
    )
    assert title == "New Hope"
    assert {name: said for name, said in facts.items() if said} == {
        "Group": "Alcoholics Anonymous",
        "When": "Tuesdays, 7:30pm",
        "Where": "Old School, 1 Mill Lane",
        "Finding the door": "Blue door at the back",
        "Good to know": "Wheelchair accessible",
        "Checked": "A person checked this on 3 November 2026.",
    }


def test_directions_and_company_are_left_to_write() -> None:
    _, facts = card(a_meeting())
    assert [name for name in DIRECTIONS if facts[name] == ""] == DIRECTIONS
    assert facts["Where"] == facts["Finding the door"] == ""
    assert "Good to know" not in facts


def test_what_the_team_knows_of_the_way_is_at_its_line() -> None:
    _, facts = card(
        a_meeting(finding_the_door="Ring the bell."),
        door="The blue one",
        greeted_by="greeter",
        parking="Behind the mill",
        last_bus="12 at 21:50",
    )
    assert facts["Finding the door"] == "Ring the bell. The blue one. Somebody stands at the door to greet people"
    assert (facts["By car"], facts["By bus or train"]) == ("Parking: Behind the mill", "Last bus: 12 at 21:50")
    assert facts["On foot"] == ""


def test_a_meeting_whose_list_speaks_of_certain_weeks_is_to_be_asked_about() -> None:
    _, facts = card(a_meeting(finding_the_door="No meeting on the 1st Wednesday"))
    assert facts["When"].endswith("Some weeks are different: ask first")


def test_what_no_person_confirmed_says_so_though_it_was_in_the_feed() -> None:
    assert card(a_meeting(in_feed_on=PRINTED))[1]["Checked"] == "Not yet. Please ask before you go."


def test_a_meeting_by_appointment_has_no_time() -> None:
    assert card(a_meeting(weekday=None, start=None))[1]["When"] == "By appointment: ask the group"


def test_a_meeting_of_some_weeks_says_which() -> None:
    assert card(a_meeting(weeks_of_month=(1,)))[1]["When"] == "On the first Wednesday of the month, 7pm"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (time(0), "midnight"),
        (time(0, 30), "12:30am"),
        (time(9), "9am"),
        (time(12), "midday"),
        (time(12, 5), "12:05pm"),
        (time(19), "7pm"),
    ],
)
def test_times_are_said_as_people_say_them(start: time, said: str) -> None:
    assert card(a_meeting(start=start))[1]["When"] == f"Wednesdays, {said}"


def test_a_link_is_shown_where_one_can_join_by_it() -> None:
    link = "https://meet.example/new-hope"
    assert card(a_meeting(format="hybrid", place_name="Hall", online_link=link))[1]["Where"] == f"Hall, {link}"
    assert card(a_meeting(format="in-person", place_name="Hall", online_link=link))[1]["Where"] == "Hall"


def test_cards_go_through_the_week_and_by_appointment_comes_last() -> None:
    days = [(5, time(10)), (None, None), (1, time(20)), (1, time(9))]
    blocks = meeting_cards((a_meeting(weekday=day, start=start) for day, start in days), PRINTED)
    when = [dict(block.facts)["When"] for block in blocks if isinstance(block, Card)]
    assert when == ["Mondays, 9am", "Mondays, 8pm", "Fridays, 10am", "By appointment: ask the group"]


def test_a_meeting_without_a_name_is_called_by_its_organisation() -> None:
    assert card(a_meeting(name="  "))[0] == "Narcotics Anonymous"


def test_the_day_it_was_printed_is_on_the_sheet() -> None:
    assert meeting_cards([], PRINTED) == [Text("Printed on 24 November 2026.")]


def test_without_meetings_everything_is_left_to_write() -> None:
    assert all(said == "" for one in blank_cards() for _, said in one.facts)


def test_the_three_parts_follow_each_other() -> None:
    source = markup(local_groups(meeting_cards([a_meeting(name="New Hope")], PRINTED)), "normal")
    places = [source.index(part) for part in ("6a.", "New Hope", "6b.", "6c.")]
    assert all(earlier < later for earlier, later in pairwise(places))
