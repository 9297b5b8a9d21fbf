"""Reading and communication needs (stage 1, step 4 of the guide)."""

from services.referrals.domain.needs import handouts_together, needs_now, reads_text
from services.referrals.domain.session_parts import Needs
from tests.unit.referrals_domain.story import Story, at


def test_needs_are_those_noted_last_and_a_session_that_asked_nothing_changes_nothing() -> None:
    story = Story()
    assert needs_now(story.pathway) is None
    story.hold(1, at(1), needs=Needs(large_print=True))
    story.hold(2, at(8), needs=Needs(unread_text=True, onward_referral="offered-declined"))
    story.hold(3, at(15))
    assert needs_now(story.pathway) == Needs(unread_text=True, onward_referral="offered-declined")
    story.hold(3, at(5), needs=Needs())
    assert needs_now(story.pathway) == Needs(unread_text=True, onward_referral="offered-declined")


def test_unread_text_needs_stop_text_messages_and_the_latest_word_of_all_pathways_counts() -> None:
    own, family = Story("self"), Story("family")
    assert reads_text([own.pathway, family.pathway])
    own.hold(1, at(1), needs=Needs(unread_text=True))
    assert not reads_text([own.pathway, family.pathway])
    family.hold(1, at(2), needs=Needs(large_print=True))
    assert reads_text([own.pathway, family.pathway])


def test_hand_outs_gone_through_together_are_no_reading_that_is_missing() -> None:
    story = Story()
    assert not handouts_together(story.pathway)
    story.hold(1, at(1), needs=Needs(reading_together=True, onward_referral="offered-declined"))
    assert handouts_together(story.pathway)
