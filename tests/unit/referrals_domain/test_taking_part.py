"""Stage 3, step 4 of the guide: taking part, in the ways that a kind of group has."""

from typing import get_args
from uuid import uuid4

from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.goal_kinds import goals_to_choose
from services.referrals.domain.ids import SessionId
from services.referrals.domain.kinds_of_group import kind_of_group
from services.referrals.domain.session_parts import TakingPart
from services.referrals.domain.sessions import hold_session
from services.referrals.domain.suggestions import suggestions
from services.referrals.domain.taking_part import WAYS, WORDS, next_way, takes_part
from services.referrals.domain.vocabulary import GoalKind, Way
from services.referrals.http.shown_session import taking_part_json
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, day, refused


def way(way: Way, organisation: str = "aa") -> TakingPart:
    return TakingPart(organisation=organisation, way=way)


def test_ways_of_taking_part_differ_per_kind_of_group() -> None:
    assert [kind_of_group(code) for code in ("aa", "al-anon", "smart-recovery", "lifering", "local")] == [
        *("12-step", "12-step", "smart", "other", "other")
    ]
    assert {"sponsor", "home-group", "doing-service"}.isdisjoint(WAYS["smart"])
    assert "facilitator-training" not in WAYS["12-step"]
    assert set(WORDS) == {way for ways in WAYS.values() for way in ways}


def test_the_next_way_is_the_one_after_the_furthest_that_was_said() -> None:
    assert next_way("aa", []) == "talk-at-meetings"
    assert next_way("aa", [way("home-group")]) == "speak-about-sponsorship"
    assert next_way("smart-recovery", [way("swap-numbers", "smart-recovery")]) == "regular-meeting"
    assert next_way("aa", [way("doing-service")]) is None
    assert next_way("lifering", [TakingPart(organisation="lifering", words="Reads the opening")]) is None


def test_another_groups_way_is_pointed_out_and_taken_all_the_same() -> None:
    story = Story()
    story.hold(3, at(1), taking_part=(way("sponsor", "smart-recovery"), way("sponsor", "aa")))
    [held] = story.latest
    assert isinstance(held, SessionHeld)
    assert [caution.code for caution in held.cautions] == ["another-groups-way"]
    assert len(held.session.taking_part) == 2


def test_taking_part_is_a_way_or_the_clients_own_words() -> None:
    nothing = (way("talk-at-meetings"), TakingPart(organisation="local", words=" "))
    command = HoldSession(session_id=SessionId(uuid4()), stage=3, held_at=at(1), recorded_at=at(1), taking_part=nothing)
    assert refused(hold_session(Story().pathway, command)) == ("words-missing", "takingPart[1].words")


def test_where_the_client_goes_a_first_way_is_suggested_and_none_where_the_group_has_none() -> None:
    story = Story()
    story.fact(AA, at(1, 19), organisation="aa")
    story.fact(NA, at(2, 19), organisation="lifering")
    [there] = takes_part(story.pathway)
    assert (there.organisation, there.said, there.next_way) == ("aa", (), "talk-at-meetings")


def test_goals_of_another_kind_of_group_are_not_offered_to_who_goes_to_one_kind() -> None:
    story = Story()
    assert set(goals_to_choose(story.pathway)) == set(get_args(GoalKind))
    story.fact(SMART, at(1, 19), organisation="smart-recovery")
    offered = set(goals_to_choose(story.pathway))
    assert offered.isdisjoint({"sponsor", "home-group", "speak-about-sponsorship", "doing-service"})
    assert {"facilitator-training", "attend-meeting", "own-words"} <= offered
    story.commit(AA, at(3, 19), made=at(2), organisation="aa")
    assert set(goals_to_choose(story.pathway)) == set(get_args(GoalKind))


def test_scene_5_smart_only_for_eight_weeks_shows_facilitator_training_and_no_sponsor_anywhere() -> None:
    story = Story()
    smarts: tuple[Way, ...] = ("talk-at-meetings", "swap-numbers", "regular-meeting")
    for number, said in enumerate(smarts):
        story.hold(3, at(14 * number), taking_part=(way(said, "smart-recovery"),))
    [so_far] = takes_part(story.pathway)
    assert so_far.next_way == "facilitator-training"
    assert [one.code for one in suggestions(story.pathway, at(40))] == ["next-way"]

    story.hold(3, at(56), taking_part=(way("facilitator-training", "smart-recovery"),))
    [shown] = takes_part(story.pathway)
    assert [(part.way, on) for part, on in shown.said][-1] == ("facilitator-training", day(56))
    assert shown.next_way is None
    everywhere = f"{taking_part_json(shown)} {suggestions(story.pathway, at(57))}"
    assert "sponsor" not in everywhere
    assert "home" not in everywhere
