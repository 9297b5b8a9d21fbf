"""What is shown of a pathway: evidence, flags, history."""

from services.referrals.domain.evidence import evidence, not_heard_from, shown_state
from services.referrals.domain.flags import flags_shown, lower_flag, raise_flag
from services.referrals.domain.history import history
from services.referrals.domain.replay import replay
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, day


def test_evidence_counts_28_days_and_shows_not_known_as_such() -> None:
    story = Story(opened=at(-40))
    story.fact(AA, at(-28, 19))
    story.fact(AA, at(-27, 19))
    story.fact(AA, at(-20, 19), "not-known")
    story.fact(AA, at(-13, 19), "not-attended")
    story.fact(SMART, at(0, 19))
    story.fact(SMART, at(0, 19))
    seen = evidence(story.pathway, day(0))
    assert (seen.attended, seen.not_attended, seen.not_known) == (2, 1, 1)


def test_not_heard_from_ends_with_any_word_and_with_the_pathway() -> None:
    story = Story()
    story.commit(AA, at(1, 19), made=at(0))
    story.commit(SMART, at(2, 19), made=at(0))
    assert len(not_heard_from(story.pathway, at(20))) == 2
    story.fact(AA, at(1, 19), "not-known")
    assert len(not_heard_from(story.pathway, at(20))) == 1
    story.end("lost-contact", at(20))
    assert not_heard_from(story.pathway, at(20)) == []


def test_without_a_word_a_meeting_that_is_over_is_not_heard_yet_and_never_missed() -> None:
    story = Story()
    made = story.commit(AA, at(1, 19), made=at(0))
    assert shown_state(story.commitment(made), at(1, 20, 29)) == "planned"
    assert {shown_state(story.commitment(made), at(days, 21)) for days in (1, 11, 1000)} == {"not-heard-yet"}


def test_the_ten_days_begin_when_the_meeting_is_over() -> None:
    story = Story()
    story.commit(AA, at(1, 19), made=at(0))
    assert not_heard_from(story.pathway, at(11, 20, 29)) == []
    [silent] = not_heard_from(story.pathway, at(11, 20, 30))
    assert silent.since == at(11, 20, 30)


def test_a_disagreement_without_a_commitment_is_about_the_meeting_and_goes_with_it() -> None:
    story = Story()
    first = story.fact(AA, at(1, 19), "attended", disagreement=True)
    [flag] = flags_shown(story.pathway, at(2))
    assert (flag.code, flag.about) == ("disagreement", str(AA))
    story.fact(AA, at(1, 19), "attended", disagreement=False, corrects=first)
    assert flags_shown(story.pathway, at(2)) == []


def test_a_flag_is_raised_once_and_lowered_once() -> None:
    pathway = Story().pathway
    up = replay(raise_flag(pathway, "message-undeliverable", None, at(1)), pathway)
    assert raise_flag(up, "message-undeliverable", None, at(2)) == []
    assert [(flag.code, flag.since) for flag in flags_shown(up, at(2))] == [("message-undeliverable", at(1))]
    down = replay(lower_flag(up, "message-undeliverable", None, at(3)), up)
    assert flags_shown(down, at(3)) == []
    assert lower_flag(down, "message-undeliverable", None, at(4)) == []
    assert down.commands_version == pathway.commands_version


def test_history_is_told_in_the_order_in_which_things_happened() -> None:
    story = Story()
    made = story.commit(AA, at(3, 19), made=at(2))
    session = story.hold(1, at(1))
    story.fact(NA, at(3, 19))
    story.end("engaged", at(5))
    lines = history(story.events)
    assert [(line.what, line.words) for line in lines] == [
        ("referral-opened", "Referral opened"),
        ("session-held", "Stage 1 session held"),
        ("commitment-made", "Plans to go to a meeting on 5 November 2026"),
        ("goal-agreed", "Goal agreed: Go to a meeting"),
        ("attendance-noted", "The meeting on 5 November 2026: went"),
        ("commitment-outcome-noted", "Planned meeting: went to another meeting"),
        ("goal-achieved", "Goal achieved: Go to a meeting"),
        ("referral-ended", "Ended: Engaged with mutual aid"),
    ]
    assert [lines[1].about, lines[2].about, lines[4].about] == [session, made, NA]
    assert "missed" not in "".join(line.words for line in lines)


def test_a_meeting_that_was_planned_and_gone_to_is_one_line_of_the_history() -> None:
    story = Story()
    story.commit(AA, at(3, 19), made=at(2))
    story.fact(AA, at(3, 19))
    told = [line.what for line in history(story.events)]
    assert told == ["referral-opened", "commitment-made", "goal-agreed", "attendance-noted", "goal-achieved"]
