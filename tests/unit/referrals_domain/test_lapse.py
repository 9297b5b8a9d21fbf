"""A lapse closes nothing, fails no goal, and brings the next contact forward."""

from services.referrals.domain.flags import asked_to_talk, raise_flag
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.suggestions import suggestions
from tests.unit.referrals_domain.story import AA, Story, at, day


def flags(pathway: Pathway) -> list[str]:
    return [flag.code for flag in pathway.flags]


def test_a_lapse_closes_nothing_fails_no_goal_and_brings_the_next_contact_forward() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(1))
    before = story.pathway
    story.hold(3, at(2), lapse_on=day(1))
    after = story.pathway
    assert (after.state, after.goals, after.commitments) == (before.state, before.goals, before.commitments)
    assert flags(after) == ["lapse"]
    assert [one.code for one in suggestions(after, at(2))] == ["contact-sooner"]


def test_the_next_session_held_has_seen_to_the_lapse() -> None:
    story = Story()
    story.hold(3, at(5), lapse_on=day(1))
    story.hold(2, at(4))
    assert flags(story.pathway) == ["lapse"], "late paperwork of an earlier day sees to nothing"
    story.hold(3, at(6))
    assert flags(story.pathway) == []
    story.hold(3, at(8), lapse_on=day(7))
    story.hold(3, at(9), lapse_on=day(9))
    assert [flag.since for flag in story.pathway.flags] == [at(9)]


def test_a_lapse_noted_of_a_session_before_the_last_one_is_kept_and_raises_nothing() -> None:
    story = Story()
    story.hold(3, at(6))
    story.hold(3, at(5), lapse_on=day(4))
    assert flags(story.pathway) == []
    assert story.pathway.sessions[-1].lapse_on == day(4)


def test_a_correction_that_takes_the_lapse_back_lowers_its_flag() -> None:
    story = Story()
    session_id = story.hold(3, at(5), lapse_on=day(1))
    story.correct(session_id, 3, at(5), lapse_on=day(2))
    assert flags(story.pathway) == ["lapse"]
    story.correct(session_id, 3, at(5))
    assert flags(story.pathway) == []


def test_who_has_talked_since_is_not_flagged_for_having_wanted_to() -> None:
    story = Story()
    story.hold(3, at(6))
    assert asked_to_talk(story.pathway, at(5)) == []
    assert len(asked_to_talk(story.pathway, at(7))) == 1


def test_who_wanted_to_talk_is_seen_to_by_the_next_session() -> None:
    story = Story()
    story.events += raise_flag(story.pathway, "wants-to-talk", None, at(5))
    story.events += raise_flag(story.pathway, "message-undeliverable", None, at(5))
    story.hold(3, at(4))
    assert flags(story.pathway) == ["wants-to-talk", "message-undeliverable"]
    story.hold(3, at(6))
    assert flags(story.pathway) == ["message-undeliverable"]
