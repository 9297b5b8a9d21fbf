"""Which meeting a flag is about, and who goes along, as a keyworker reads it."""

from dataclasses import replace

from services.referrals.domain.flags import flags_shown, raise_flag
from services.referrals.pages.meeting_words import along, which
from tests.unit.referrals_domain.company_story import ROWAN, CompanyStory
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at


def test_a_flag_about_a_planned_meeting_says_which_and_when_by_the_clients_clock() -> None:
    story = Story()
    story.commit(AA, at(3, 23, 30), made=at(0), organisation="aa")
    about = story.commit(SMART, at(4, 19), made=at(0), organisation="smart-recovery")
    story.events += raise_flag(story.pathway, "meeting-changed", str(about), at(1))
    [flag] = story.pathway.flags
    assert which(flag, story.pathway) == "SMART Recovery, Friday 6 November 2026, 19:00"
    assert which(replace(flag, about=None), story.pathway) == ""


def test_a_disagreement_about_a_meeting_that_nobody_had_planned_says_which() -> None:
    story = Story()
    story.fact(NA, at(1, 19), disagreement=True, organisation="na")
    [flag] = flags_shown(story.pathway, at(2))
    assert which(flag, story.pathway) == "Narcotics Anonymous, Tuesday 3 November 2026, 19:00"


def test_somebody_goes_along_once_they_agreed_and_is_looked_for_until_the_meeting_begins() -> None:
    story = CompanyStory()
    said = [along(story.commitment(story.commitment_id), story.pathway, at(0, 11))]
    story.ask(at(0, 11))
    said.append(along(story.commitment(story.commitment_id), story.pathway, at(0, 12)))
    said.append(along(story.commitment(story.commitment_id), story.pathway, at(3, 20)))
    story.offered(ROWAN, at(1))
    story.answered(ROWAN, "yes", at(1, 20))
    said.append(along(story.commitment(story.commitment_id), story.pathway, at(2)))
    assert said == ["", "somebody to go with is looked for", "", "somebody goes along"]
