"""Many meetings a week are encouraged; a plan that sets the client up to fail is warned about."""

from dataclasses import replace

from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.suggestions import suggestions
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, commit_command


def cautions(story: Story) -> list[str]:
    made = story.latest[0]
    assert isinstance(made, CommitmentMade)
    return [caution.code for caution in made.cautions]


def test_a_meeting_on_each_day_of_the_week_is_encouraged_without_a_warning() -> None:
    story = Story()
    for number in range(1, 8):
        story.commit(AA, at(number, 19), made=at(1))
        assert cautions(story) == []
    assert [one.code for one in suggestions(story.pathway, at(1))] == ["many-meetings"]


def test_less_than_half_an_hour_between_two_meetings_is_a_warning_unless_one_is_online() -> None:
    story = Story()
    story.commit(AA, at(2, 18), made=at(1))
    story.commit(SMART, at(2, 19, 45), made=at(1))
    assert cautions(story) == ["no-time-between"]
    other = Story()
    other.commit(AA, at(2, 18), made=at(1))
    other.commit(SMART, at(2, 20), made=at(1))
    assert cautions(other) == []
    other.commit(NA, at(3, 18), made=at(1))
    other.commit(SMART, at(3, 19, 45), made=at(1), format="online")
    assert "no-time-between" not in cautions(other)


def test_a_third_meeting_on_one_day_is_a_warning() -> None:
    story = Story()
    for meeting, hour in ((AA, 8), (SMART, 12), (NA, 19)):
        story.commit(meeting, at(2, hour), made=at(1))
    assert cautions(story) == ["many-on-one-day"]


def test_a_meeting_not_got_to_twice_is_asked_about_before_the_third() -> None:
    story = Story()
    for number in (2, 9):
        story.commit(AA, at(number, 19), made=at(number - 1))
        story.fact(AA, at(number, 19), "not-attended")
    story.commit(AA, at(16, 19), made=at(15))
    assert cautions(story) == ["not-got-there-before"]
    story.fact(AA, at(16, 19))
    story.commit(AA, at(23, 19), made=at(22))
    assert cautions(story) == []


def test_a_meeting_whose_list_speaks_of_certain_weeks_is_a_warning() -> None:
    answer = commit_to_meeting(Story().pathway, replace(commit_command(AA, at(3, 19), at(1)), weeks_noted=True))
    assert isinstance(answer, list)
    [made, *_] = answer
    assert isinstance(made, CommitmentMade)
    assert "weeks-noted" in [caution.code for caution in made.cautions]


def test_a_meeting_that_the_team_lead_has_paused_is_a_warning() -> None:
    paused = replace(commit_command(AA, at(3, 19), at(1)), paused=True)
    answer = commit_to_meeting(Story().pathway, paused)
    assert isinstance(answer, list)
    [made, *_] = answer
    assert isinstance(made, CommitmentMade)
    assert "paused" in [caution.code for caution in made.cautions]
