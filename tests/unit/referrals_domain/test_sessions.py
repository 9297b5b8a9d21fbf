from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_sessions import HandoutNoted, HoldSession
from services.referrals.domain.events_sessions import SessionHeld
from services.referrals.domain.ids import SessionId
from services.referrals.domain.session_parts import Experience
from services.referrals.domain.sessions import correct_session, hold_session
from services.referrals.domain.vocabulary import Stage
from tests.unit.referrals_domain.story import AA, Story, at, day, refused, wanted

COMMAND = HoldSession(session_id=SessionId(uuid4()), stage=1, held_at=at(1), recorded_at=at(1))


def test_nothing_forces_an_order_of_stages() -> None:
    story = Story()
    order: tuple[Stage, ...] = (3, 1, 2, 2)
    for number, stage in enumerate(order):
        story.hold(stage, at(number))
    assert [session.stage for session in story.pathway.sessions] == [3, 1, 2, 2]


def test_the_stage_is_that_of_the_session_held_last_not_of_the_one_written_down_last() -> None:
    story = Story()
    story.hold(2, at(5))
    story.hold(1, at(3))
    assert story.pathway.stage == 2


def test_goals_of_a_session_are_agreed_on_its_day() -> None:
    story = Story()
    story.hold(1, at(1, 23, 30), goals=(wanted("read-handouts", due=day(8)), wanted("own-words", words="Sleep")))
    assert [(goal.kind, goal.state, goal.agreed_on) for goal in story.pathway.goals] == [
        ("read-handouts", "agreed", day(1)),
        ("own-words", "agreed", day(1)),
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (replace(COMMAND, held_at=at(1) + timedelta(hours=1)), ("in-the-future", "heldAt")),
        (replace(COMMAND, held_at=at(1).replace(tzinfo=None)), ("no-time-zone", "heldAt")),
        (
            replace(COMMAND, handouts=(HandoutNoted(number=1, state="read"), HandoutNoted(number=11, state="read"))),
            ("unknown-handout", "handouts[1].number"),
        ),
        (
            replace(COMMAND, handouts=(HandoutNoted(number=1, state="read", date=day(2)),)),
            ("in-the-future", "handouts[0].date"),
        ),
        (replace(COMMAND, goals=(wanted("own-words", words=" "),)), ("words-missing", "goals[0].words")),
    ],
)
def test_what_cannot_be_is_refused_by_field(command: HoldSession, expected: tuple[str, str]) -> None:
    assert refused(hold_session(Story().pathway, command)) == expected


def test_a_handout_has_its_own_date_or_the_sessions() -> None:
    story = Story()
    read, given = HandoutNoted(number=1, state="read", date=day(0)), HandoutNoted(number=2, state="given", date=day(1))
    story.hold(1, at(1), handouts=(read, given, HandoutNoted(number=3, state="given", format="large print")))
    [session] = story.pathway.sessions
    assert [handout.date for handout in session.handouts] == [day(0), day(1), day(1)]


def test_a_relapse_is_never_written_down_on_a_family_pathway() -> None:
    relapse = Experience(organisation="AA", level="years-then-relapse")
    known = Experience(organisation="Al-Anon", level="some")
    command = replace(COMMAND, experience=(known, relapse))
    assert refused(hold_session(Story("family").pathway, command)) == ("implies-own-use", "experience[1].level")
    assert isinstance(hold_session(Story("self").pathway, command), list)


def test_a_session_before_the_opening_is_taken_with_a_warning() -> None:
    story = Story()
    story.hold(1, at(-1))
    [held] = story.latest
    assert isinstance(held, SessionHeld)
    assert [caution.code for caution in held.cautions] == ["before-opening"]


def test_late_paperwork_is_taken_after_the_ending_and_what_it_agreed_ends_with_the_pathway() -> None:
    story = Story()
    story.end("engaged", at(10))
    command = replace(COMMAND, held_at=at(9), recorded_at=at(20), goals=(wanted("choose-meeting"),))
    events = hold_session(story.pathway, command)
    assert isinstance(events, list)
    assert [type(event).__name__ for event in events] == ["SessionHeld", "GoalAgreed", "GoalDropped"]
    assert refused(hold_session(story.pathway, replace(command, held_at=at(10)))) == ("pathway-ended", "heldAt")


def test_a_correction_replaces_the_whole_session() -> None:
    story = Story()
    session_id = story.hold(
        1, at(1), how="phone", concerns=("cost",), handouts=(HandoutNoted(number=1, state="given"),)
    )
    story.correct(session_id, 2, at(2), how="video")
    [session] = story.pathway.sessions
    assert (session.stage, session.held_at, session.how) == (2, at(2), "video")
    assert (session.concerns, session.handouts) == ((), ())


def test_a_correction_moves_the_sessions_goals_and_adds_new_ones_but_ends_none() -> None:
    story = Story()
    session_id = story.hold(1, at(5), goals=(wanted("read-handouts", due=day(7)), wanted("choose-meeting", due=day(9))))
    before = story.pathway.goals
    story.correct(session_id, 1, at(4), goals=(wanted("choose-meeting", due=day(8)), wanted("keep-journal")))
    goals = story.pathway.goals
    assert [goal.goal_id for goal in goals[:2]] == [goal.goal_id for goal in before]
    assert [(goal.kind, goal.state, goal.agreed_on, goal.due) for goal in goals] == [
        ("read-handouts", "agreed", day(4), day(7)),
        ("choose-meeting", "agreed", day(4), day(8)),
        ("keep-journal", "agreed", day(4), None),
    ]


def test_the_same_correction_again_says_nothing_new_about_goals() -> None:
    story = Story()
    session_id = story.hold(
        1, at(5), goals=(wanted("choose-meeting", due=day(8)), wanted("choose-meeting", due=day(8)))
    )
    story.correct(
        session_id, 1, at(5), goals=(wanted("choose-meeting", due=day(8)), wanted("choose-meeting", due=day(8)))
    )
    assert story.said() == ["SessionCorrected"]


def test_a_correction_of_the_day_lets_an_earlier_meeting_achieve_the_goal() -> None:
    story = Story()
    session_id = story.hold(1, at(5), goals=(wanted("attend-meeting", due=day(12)),))
    story.fact(AA, at(4, 19))
    assert story.the_goal().state == "agreed"
    story.correct(session_id, 1, at(3), goals=(wanted("attend-meeting", due=day(12)),))
    assert story.the_goal().state == "achieved"


def test_an_unknown_session_cannot_be_corrected() -> None:
    assert refused(correct_session(Story().pathway, COMMAND)) == ("unknown-session", None)


def test_a_session_of_more_than_five_years_ago_is_taken_with_a_warning() -> None:
    story = Story()
    events = hold_session(story.pathway, replace(COMMAND, held_at=at(-6 * 366)))
    assert not isinstance(events, Refusal)
    assert [caution.code for event in events for caution in getattr(event, "cautions", ())] == [
        "long-ago",
        "before-opening",
    ]
