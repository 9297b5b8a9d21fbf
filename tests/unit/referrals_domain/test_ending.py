from dataclasses import replace
from typing import get_args

import pytest

from services.referrals.domain.commands_client import SetRecordsConsent
from services.referrals.domain.commands_opening import EndPathway, ReopenPathway
from services.referrals.domain.consents import set_records_consent
from services.referrals.domain.ending import end_pathway, end_with_another, reopen_pathway
from services.referrals.domain.flags import flags_shown, flags_waiting, raise_flag
from services.referrals.domain.replay import replay
from services.referrals.domain.vocabulary import EndingKind, FlagCode
from tests.unit.referrals_domain.story import AA, AL_ANON, SMART, Story, at, refused

ENDINGS = get_args(EndingKind)


def test_there_are_six_ways_to_end() -> None:
    assert len(ENDINGS) == 6


@pytest.mark.parametrize("kind", ENDINGS)
def test_an_ending_stops_what_is_planned_and_agreed_and_leaves_the_rest(kind: EndingKind) -> None:
    story = Story()
    held, to_come = story.commit(AA, at(1, 19), made=at(0)), story.commit(SMART, at(3, 19), made=at(0))
    proposed, achieved = story.propose("sponsor", at(0)), story.agree("home-group", at(0))
    story.say(achieved, "achieved", at(1))
    story.end(kind, at(2))
    resting = "paused" if kind == "not-at-this-time" else "dropped"
    assert (story.pathway.state, story.pathway.ending, story.pathway.ended_at) == ("ended", kind, at(2))
    assert [story.commitment(made).state for made in (held, to_come)] == ["planned", "withdrawn"]
    assert story.the_goal().state == resting
    assert [story.goal(goal).state for goal in (proposed, achieved)] == ["proposed", "achieved"]


def test_what_begins_as_the_pathway_ends_is_still_to_come() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    story.end("transferred", at(1, 19))
    assert story.commitment(made).state == "withdrawn"


def test_when_a_client_has_died_every_pathway_of_theirs_ends() -> None:
    died = EndPathway(kind="died", at=at(3), recorded_at=at(6))
    for opened in (at(0), at(5)):
        story = Story("family", opened=opened)
        story.commit(AL_ANON, at(7, 19), made=at(5, 13), audience="family")
        ended = end_with_another(story.pathway, died)
        assert isinstance(ended, list)
        pathway = replay(ended, story.pathway)
        assert (pathway.ending, pathway.ended_at) == ("died", max(at(3), opened))
        assert [made.state for made in pathway.commitments] == ["withdrawn"]


@pytest.mark.parametrize("kind", [kind for kind in ENDINGS if kind != "died"])
def test_every_ending_but_the_last_can_be_reopened_and_only_paused_goals_are_resumed(kind: EndingKind) -> None:
    story = Story()
    goal = story.agree("sponsor", at(0))
    story.end(kind, at(2))
    story.reopen(at(5))
    assert (story.pathway.state, story.pathway.ending, story.pathway.ended_at) == ("open", None, None)
    assert story.goal(goal).state == ("agreed" if kind == "not-at-this-time" else "dropped")


def test_who_has_died_is_not_reopened() -> None:
    story = Story()
    story.end("died", at(2))
    assert refused(reopen_pathway(story.pathway, ReopenPathway(at=at(3), recorded_at=at(3)))) == ("died", None)


def test_endings_and_reopenings_that_cannot_be_are_refused() -> None:
    story = Story()
    end, reopen = EndPathway(kind="engaged", at=at(2), recorded_at=at(2)), ReopenPathway(at=at(3), recorded_at=at(3))
    assert refused(reopen_pathway(story.pathway, reopen)) == ("pathway-open", None)
    assert refused(end_pathway(story.pathway, replace(end, at=at(-1)))) == ("before-opening", "at")
    assert refused(end_pathway(story.pathway, replace(end, at=at(3)))) == ("in-the-future", "at")
    story.end("engaged", at(2))
    assert refused(end_pathway(story.pathway, end)) == ("pathway-ended", None)
    assert refused(reopen_pathway(story.pathway, replace(reopen, at=at(1)))) == ("before-ending", "at")
    assert refused(reopen_pathway(story.pathway, replace(reopen, another_is_open=True))) == ("already-open", None)
    assert refused(reopen_pathway(story.pathway, replace(reopen, at=at(4)))) == ("in-the-future", "at")


def test_what_a_team_left_ended_it_does_not_reopen_once_the_client_has_moved_on() -> None:
    story = Story()
    story.end("transferred", at(2))
    reopen = ReopenPathway(at=at(3), recorded_at=at(3), in_care_of="south")
    assert refused(reopen_pathway(story.pathway, reopen)) == ("other-team", None)
    assert isinstance(reopen_pathway(story.pathway, replace(reopen, in_care_of="north")), list)


def test_a_goal_dropped_by_a_first_ending_is_not_achieved_after_a_second_one() -> None:
    story = Story()
    story.agree("attend-meeting", at(0))
    story.end("lost-contact", at(2))
    story.reopen(at(3))
    story.end("engaged", at(10))
    story.fact(AA, at(5, 19))
    assert story.the_goal().state == "dropped"


def test_consent_to_records_is_given_and_withdrawn_also_after_the_ending() -> None:
    story = Story()
    assert not story.pathway.records
    agreed = replay(set_records_consent(story.pathway, SetRecordsConsent(records=True, at=at(1))), story.pathway)
    assert (agreed.records, agreed.commands_version) == (True, 2)
    assert set_records_consent(agreed, SetRecordsConsent(records=True, at=at(2))) == []
    ended = end_pathway(agreed, EndPathway(kind="died", at=at(3), recorded_at=at(3)))
    assert isinstance(ended, list)
    dead = replay(ended, agreed)
    assert not replay(set_records_consent(dead, SetRecordsConsent(records=False, at=at(4))), dead).records


def with_every_flag(kind: EndingKind) -> Story:
    story = Story()
    story.fact(AA, at(1, 19), disagreement=True)
    story.commit(SMART, at(2, 19), made=at(1, 21))
    raised: set[FlagCode] = {*get_args(FlagCode)} - {"disagreement", "not-heard-from"}
    for code in sorted(raised):
        story.events += raise_flag(story.pathway, code, None, at(3))
    story.end(kind, at(20))
    return story


def shown(story: Story) -> set[str]:
    return {flag.code for flag in flags_shown(story.pathway, at(21))}


def test_after_a_death_only_telling_the_peer_and_a_broken_glass_are_left_to_look_at() -> None:
    assert shown(with_every_flag("died")) == {"tell-the-peer", "glass-broken"}


@pytest.mark.parametrize("kind", [kind for kind in ENDINGS if kind != "died"])
def test_after_an_ending_no_next_contact_is_brought_forward_until_it_is_reopened(kind: EndingKind) -> None:
    story = with_every_flag(kind)
    assert shown(story) == {"tell-the-peer", "glass-broken", "wants-to-talk", "disagreement"}
    waiting = {flag.code for flag in flags_waiting(story.pathway, at(21))}
    assert waiting == {"tell-the-peer", "glass-broken", "wants-to-talk"}
    story.reopen(at(21))
    assert {"lapse", "message-undeliverable", "not-heard-from"} <= shown(story)
