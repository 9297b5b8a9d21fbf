"""Stage 1, step 2 of the guide: past experience and perceptions, per organisation."""

from services.referrals.domain.evidence import evidence
from services.referrals.domain.experience import experience_shown
from services.referrals.domain.fitting import did_not_fit, fitted
from services.referrals.domain.session_parts import DidNotFit, Experience
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, day

HEARD = Experience(organisation="aa", level="none", perceptions="All about God", concerns=("talk-of-god",))
BEEN = Experience(organisation="aa", level="some", perceptions="Friendly")
SMARTS = Experience(organisation="smart-recovery", level="none", concerns=("how-to-join",))


def test_a_later_word_on_an_organisation_replaces_the_earlier_one() -> None:
    story = Story()
    story.hold(2, at(8), experience=(BEEN,))
    story.hold(1, at(1), experience=(HEARD, SMARTS))
    assert experience_shown(story.pathway) == (BEEN, SMARTS)
    assert [session.experience for session in story.pathway.sessions_by_date] == [(HEARD, SMARTS), (BEEN,)]


def test_a_new_pathway_carries_over_experience_what_fitted_and_what_did_not() -> None:
    before = Story(opened=at(-60, 9))
    before.hold(3, at(-50), experience=(BEEN,), did_not_fit=(DidNotFit(organisation="na", reasons=("size",)),))
    for back in (-40, -33):
        before.fact(AA, at(back, 19))
    before.fact(SMART, at(-35, 19))
    before.end("lost-contact", at(-30))
    again = Story(earlier=(before.pathway,)).pathway
    assert again.carried_over == (BEEN,)
    assert fitted(again) == again.fitted_before == (AA,)
    assert did_not_fit(again) == again.did_not_fit_before == (DidNotFit(organisation="na", reasons=("size",)),)
    assert again.earlier == (before.pathway.referral_id,)
    assert evidence(again, day(0)).attended == 0


def test_a_meeting_that_the_client_went_back_to_fitted_unless_they_say_otherwise() -> None:
    story = Story()
    for number in (1, 8):
        story.fact(AA, at(number, 19))
        story.fact(NA, at(number, 12))
    story.hold(3, at(9), did_not_fit=(DidNotFit(organisation="na", meeting_id=NA, reasons=("a-few-dominate",)),))
    assert fitted(story.pathway) == (AA,)


def test_a_later_word_on_what_did_not_fit_replaces_the_earlier_one() -> None:
    story = Story()
    first = DidNotFit(organisation="na", meeting_id=NA, reasons=("size",))
    later = DidNotFit(organisation="na", meeting_id=NA, reasons=("too-strict", "values"))
    story.hold(3, at(8), did_not_fit=(later,))
    story.hold(3, at(1), did_not_fit=(first, DidNotFit(organisation="na", reasons=("values",))))
    assert did_not_fit(story.pathway) == (later, DidNotFit(organisation="na", reasons=("values",)))
