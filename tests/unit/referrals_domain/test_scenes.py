"""The scenes that show whether it is FAMA (3-fama), as far as they are about the pathway."""

from services.referrals.domain.commands_sessions import HandoutNoted
from services.referrals.domain.evidence import evidence, not_heard_from, shown_state
from services.referrals.domain.flags import flags_shown
from services.referrals.domain.session_parts import Experience
from services.referrals.domain.stages import suggest_next
from tests.unit.referrals_domain.story import AA, AL_ANON, SMART, Story, at, day


def test_stage_2_ends_without_a_commitment_and_stage_2_is_suggested_again() -> None:
    story = Story()
    goal = story.agree("choose-meeting", at(0), due=day(7))
    story.hold(2, at(3))
    assert [session.stage for session in story.pathway.sessions] == [2]
    suggestion = suggest_next(story.pathway)
    assert suggestion is not None
    assert suggestion.stage == 2
    assert story.goal(goal).state == "agreed"
    # What reminders are planned from.
    assert story.pathway.commitments == ()


def test_going_to_another_meeting_in_the_week_achieves_the_goal_and_credits_only_that_one() -> None:
    story = Story()
    tuesday = story.commit(AA, at(1, 19), made=at(0))
    story.fact(SMART, at(3, 18))
    assert story.said() == ["AttendanceNoted", "CommitmentOutcomeNoted", "GoalAchieved"]
    assert story.commitment(tuesday).state == "went-to-another"
    goal = story.the_goal()
    assert goal.state == "achieved"
    assert goal.achieved_by is not None
    assert (goal.achieved_by.meeting_id, goal.achieved_by.date) == (SMART, day(3))
    assert [attendance.meeting_id for attendance in story.pathway.attendance if attendance.went] == [SMART]


def test_a_disagreement_is_one_flag_and_leaves_the_goal_untouched() -> None:
    story = Story()
    tuesday = story.commit(AA, at(1, 19), made=at(0))
    story.fact(AA, at(1, 19), "attended", decided_by="client")
    goal = story.the_goal()
    story.fact(AA, at(1, 19), "attended", decided_by="client", disagreement=True, observed=at(2))
    assert story.said() == ["AttendanceNoted", "CommitmentOutcomeNoted"]
    assert story.the_goal() == goal
    assert (story.commitment(tuesday).state, story.commitment(tuesday).disagreement) == ("attended", True)
    story.fact(AA, at(1, 19), "attended", decided_by="client", disagreement=True, observed=at(3))
    [flag] = flags_shown(story.pathway, at(4))
    assert (flag.code, flag.since, flag.about) == ("disagreement", at(2), str(tuesday))


def test_no_word_for_ten_days_is_not_heard_from_and_the_goal_is_still_in_progress() -> None:
    story = Story()
    tuesday = story.commit(AA, at(1, 19), made=at(0))
    assert shown_state(story.commitment(tuesday), at(1, 18)) == "planned"
    assert shown_state(story.commitment(tuesday), at(1, 21)) == "not-heard-yet"
    assert not_heard_from(story.pathway, at(11, 20)) == []
    [silent] = not_heard_from(story.pathway, at(11, 21))
    assert silent.commitment_id == tuesday
    assert story.commitment(tuesday).state == "planned"
    assert story.the_goal().state == "agreed"
    assert [flag.code for flag in flags_shown(story.pathway, at(12))] == ["not-heard-from"]


def test_returning_after_a_relapse_carries_over_experience_and_starts_evidence_at_nought() -> None:
    before = Story(opened=at(-730, 9))
    known = Experience(organisation="AA", level="years-then-relapse", perceptions="Liked the Tuesday group")
    before.hold(1, at(-729), experience=(known,))
    before.commit(AA, at(-727, 19), made=at(-728))
    before.fact(AA, at(-727, 19))
    before.end("engaged", at(-700))
    again = Story(earlier=(before.pathway,))
    again.fact(AA, at(-2, 19))
    assert again.pathway.carried_over == (known,)
    assert again.pathway.earlier == (before.pathway.referral_id,)
    assert evidence(again.pathway, day(0)).attended == 0
    suggestion = suggest_next(again.pathway)
    assert suggestion is not None
    assert suggestion.stage == 2
    again.hold(2, at(0))
    assert again.pathway.stage == 2
    assert before.the_goal().state == "achieved"


def test_self_and_family_are_both_open_and_neither_hears_of_the_other() -> None:
    own = Story("self")
    own.hold(1, at(0), experience=(Experience(organisation="AA", level="some"),))
    family = Story("family", earlier=(own.pathway,))
    assert family.pathway.carried_over == ()
    assert family.pathway.earlier == ()
    own.commit(AA, at(1, 19), made=at(0))
    family.commit(AL_ANON, at(2, 19), made=at(0), audience="family")
    for story in (own, family):
        story.fact(AA, at(1, 19))
        story.fact(AL_ANON, at(2, 19), audience="family")
    assert [attendance.meeting_id for attendance in own.pathway.attendance] == [AA]
    assert [attendance.meeting_id for attendance in family.pathway.attendance] == [AL_ANON]
    assert [own.the_goal().state, family.the_goal().state] == ["achieved", "achieved"]


def test_every_date_of_a_handout_is_kept_and_a_session_needs_only_date_and_stage() -> None:
    story = Story()
    story.hold(2, at(1), handouts=(HandoutNoted(number=5, state="talked-through"),))
    story.hold(
        3,
        at(8),
        handouts=(HandoutNoted(number=5, state="talked-through"), HandoutNoted(number=1, state="talked-through")),
    )
    story.hold(3, at(15))
    kept = [(h.number, h.state, h.date) for session in story.pathway.sessions for h in session.handouts]
    assert kept == [(5, "talked-through", day(1)), (5, "talked-through", day(8)), (1, "talked-through", day(8))]
    bare = story.pathway.sessions[-1]
    assert (bare.how, bare.present, bare.handouts, bare.concerns) == (None, (), (), ())
