import pytest

from shared.meetings.weeks_noted import weeks_noted
from tests.unit.meeting_builder import a_meeting


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("Closed Discussion on 4th Thurs", "Closed Discussion on 4th Thurs"),
        ("Upstairs. 3rd Friday of the month 9:30 PM. No smoking", "3rd Friday of the month 9:30 PM"),
        ("1st and 3rd Tuesdays", "1st and 3rd Tuesdays"),
        ("First week: STEP meeting", "First week: STEP meeting"),
        ("Every other Thursday is JFT", "Every other Thursday is JFT"),
        ("Held fortnightly", "Held fortnightly"),
        ("No Mtg On The 1st Wednesday of month", "No Mtg On The 1st Wednesday of month"),
        ("Speaker, last Sunday of each month", "Speaker, last Sunday of each month"),
        ("Monthly: the first Sun", "Monthly: the first Sun"),
    ],
)
def test_a_phrase_that_speaks_of_certain_weeks_is_found(said: str, phrase: str) -> None:
    assert weeks_noted(a_meeting(finding_the_door=said)) == phrase
    assert weeks_noted(a_meeting(name=said)) == phrase


@pytest.mark.parametrize(
    "said",
    [
        "4th Step Workshop",
        "Second Chance",
        "Last Chance",
        "Recovery on 1st Avenue",
        "First floor, second door",
        "Step of the Month Club",
    ],
)
def test_what_only_counts_something_else_is_not_taken_for_weeks(said: str) -> None:
    assert weeks_noted(a_meeting(name=said, finding_the_door=said)) is None


def test_a_meeting_whose_weeks_are_known_has_them_in_its_fields() -> None:
    said = "First Wednesday of the month"
    assert weeks_noted(a_meeting(finding_the_door=said, weeks_of_month=(1,))) is None
    assert weeks_noted(a_meeting(finding_the_door=said, weekday=None, start=None)) is None


def test_a_long_phrase_is_cut() -> None:
    assert len(weeks_noted(a_meeting(finding_the_door="First Monday " + "and so on " * 40)) or "") == 120
