"""Past experience and perceptions, per organisation (stage 1, step 2 of the guide)."""

from services.referrals.domain.experience import experience_shown
from services.referrals.domain.session_parts import Experience
from tests.unit.referrals_domain.story import Story, at


def test_a_later_word_on_an_organisation_replaces_the_earlier_one() -> None:
    story = Story()
    story.hold(1, at(3), experience=(Experience(organisation="AA", level="some", perceptions="Warm"),))
    story.hold(1, at(1), experience=(Experience(organisation="AA", level="none"),))
    story.hold(2, at(8), experience=(Experience(organisation="SMART", level="none"),))
    assert [(word.organisation, word.level) for word in experience_shown(story.pathway)] == [
        ("AA", "some"),
        ("SMART", "none"),
    ]
