"""The fictional people: every step of their stories lies in the past, and could be told by the services' own rules."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.local.demo.manifest import Manifest, ManifestFile
from deploy.local.demo.peers import PEERS
from deploy.local.demo.people import ROBIN, STORIES
from deploy.local.demo.story import Commitment, Ending, Reopening, Session, Story, WentTogether, Word
from deploy.local.demo.timeline import Timeline, opening
from deploy.local.sign_in.people import PEOPLE
from services.referrals.domain.identity import nhs_number
from shared.meetings import occurrence_on
from tests.unit.feed_samples import uk_directory

NOW = datetime(2026, 11, 22, 0, 5, tzinfo=UTC)
EVERY_STORY = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
MEETINGS = {meeting.source_id: meeting for meeting in uk_directory().meetings}


def line_of(story: Story) -> Timeline:
    return Timeline(opening(story.opened, NOW))


@EVERY_STORY
def test_every_nhs_number_is_valid_and_of_the_range_for_tests(story: Story) -> None:
    if story.nhs_number:
        assert nhs_number(story.nhs_number) == story.nhs_number
        assert story.nhs_number.startswith("999")


@EVERY_STORY
def test_everything_that_is_told_has_happened(story: Story) -> None:
    line = line_of(story)
    for step in story.steps:
        if isinstance(step, Session):
            assert line.at(step.day, step.at) <= NOW
        if isinstance(step, Commitment):
            assert line.at(step.to.after, step.at) <= NOW
        if isinstance(step, Word):
            assert line.occasion(step.of).end <= NOW
        if isinstance(step, Ending | Reopening):
            assert line.at(step.day, "16:00") <= NOW


@EVERY_STORY
def test_every_meeting_is_in_the_directory_on_that_day_and_for_such_a_client(story: Story) -> None:
    for step in story.steps:
        if isinstance(step, Commitment | Word):
            dated = step.to if isinstance(step, Commitment) else step.of
            occasion, meeting = line_of(story).occasion(dated), MEETINGS[dated.meeting]
            occurrence = occurrence_on(meeting, occasion.date)
            assert occurrence is not None
            assert (occurrence.start, occurrence.end) == (occasion.start, occasion.end)
            assert meeting.audience in (story.for_, "both")


@EVERY_STORY
def test_an_emitter_speaks_only_of_who_agreed_to_it(story: Story) -> None:
    assert story.emitters or not any(isinstance(step, Word) for step in story.steps)


@EVERY_STORY
def test_who_went_together_had_planned_it_and_both_of_them_are_there(story: Story) -> None:
    planned = [step.to for step in story.steps if isinstance(step, Commitment)]
    for step in story.steps:
        if isinstance(step, WentTogether):
            assert step.to in planned
            assert step.with_ in {peer.known_as for peer in PEERS}
            assert line_of(story).occasion(step.to).end <= NOW


def test_a_story_is_found_again_by_its_own_times() -> None:
    for story in STORIES:
        held = [(step.day, step.at) for step in story.steps if isinstance(step, Session)]
        assert max(Counter(held).values()) == 1


def test_the_deployment_that_is_shown_has_two_teams_and_two_providers() -> None:
    of_teams = {(PEOPLE[story.keyworker].provider, PEOPLE[story.keyworker].team) for story in STORIES}
    assert {("X99", "north"), ("X99", "south")} < of_teams
    others = [story.name for story in STORIES if PEOPLE[story.keyworker].provider == "X98"]
    assert len(others) == 1
    assert 12 <= len({story.name for story in STORIES}) - 1 <= 24


def test_the_one_in_the_readme_is_as_the_readme_says() -> None:
    assert (ROBIN.nhs_number, ROBIN.records, ROBIN.emitters) == ("9990548609", True, True)
    sessions = [step for step in ROBIN.steps if isinstance(step, Session)]
    assert sessions[-1].stage == 2
    assert sum(len(session.goals) for session in sessions) >= 4
    assert ROBIN.contact is not None
    assert ROBIN.contact.email


def test_nobody_has_anothers_number_and_who_returns_has_ended_before() -> None:
    numbers = {story.nhs_number: story.name for story in STORIES if story.nhs_number}
    assert len(numbers) == len({story.name for story in STORIES if story.nhs_number})
    for again in (story for story in STORIES if story.nth):
        earlier = [story for story in STORIES if (story.name, story.for_) == (again.name, again.for_)]
        assert [story.nth for story in earlier] == [0, 1]
        assert any(isinstance(step, Ending) for step in earlier[0].steps)


def test_a_story_starts_in_the_morning_also_in_summer() -> None:
    assert opening(30, datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).isoformat() == "2026-06-02T10:00:00+01:00"


def test_a_manifest_that_is_missing_torn_or_of_another_age_is_an_empty_one(tmp_path: Path) -> None:
    file = ManifestFile(tmp_path / "run" / "demo.json")
    assert file.read() == Manifest()
    kept = Manifest(referralId="r", told=["robin"])
    file.write(kept)
    assert file.read() == kept
    for content in (b"", b'{"referral', b'{"elsewhere": 1}', b"[]"):
        file.path.write_bytes(content)
        assert file.read() == Manifest()
