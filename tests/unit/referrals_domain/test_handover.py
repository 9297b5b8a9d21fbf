"""Handover: one step, everything open goes along, nothing else changes."""

from dataclasses import replace

from services.referrals.domain.commands_opening import HandOver
from services.referrals.domain.flags import raise_flag
from services.referrals.domain.handover import goes_along, hand_over
from services.referrals.domain.history import history
from services.referrals.domain.pathway import Pathway
from services.referrals.domain.replay import replay
from tests.unit.referrals_domain.company_story import CompanyStory
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at, refused

TO_SAM = HandOver(to="sam", team="north", at=at(5), recorded_at=at(5))


def handed(pathway: Pathway, command: HandOver = TO_SAM) -> Pathway:
    events = hand_over(pathway, command)
    assert isinstance(events, list)
    return replay(events, pathway)


def test_handover_to_another_keyworker_is_one_step() -> None:
    story = Story()
    story.commit(AA, at(7, 19), at(1))
    after = handed(story.pathway)
    assert (after.keyworker, after.team) == ("sam", "north")
    assert after.commands_version == story.pathway.commands_version + 1
    before = replace(story.pathway, keyworker="sam", version=after.version, commands_version=after.commands_version)
    assert after == before, "nothing else changes"


def test_handing_over_twice_is_once() -> None:
    assert hand_over(handed(Story().pathway), TO_SAM) == []


def test_another_team_may_take_a_client_on_before_it_has_a_keyworker_for_them() -> None:
    after = handed(Story().pathway, replace(TO_SAM, to=None, team="south"))
    assert (after.keyworker, after.team) == (None, "south")


def test_nobody_is_handed_over_to_somebody_they_are_kept_apart_from() -> None:
    assert refused(hand_over(Story().pathway, replace(TO_SAM, kept_apart=True))) == ("kept-apart", "to")


def test_an_ended_pathway_is_not_handed_over() -> None:
    story = Story()
    story.end("engaged", at(3))
    assert refused(hand_over(story.pathway, TO_SAM)) == ("pathway-ended", None)


def test_what_is_due_goes_along_with_a_handover() -> None:
    story = Story()
    silent = story.commit(NA, at(2, 19), at(1))
    coming = story.commit(AA, at(7, 19), at(1))
    story.withdraw(story.commit(SMART, at(8, 19), at(1)), at(2))
    flagged = replay(raise_flag(story.pathway, "wants-to-talk", None, at(4)), story.pathway)
    along = goes_along(flagged, at(5))
    assert [made.commitment_id for made in along.commitments] == [silent, coming]
    assert [flag.code for flag in along.flags] == ["wants-to-talk"]
    stays = goes_along(handed(flagged), at(5))
    assert stays == along


def test_company_that_is_looked_for_or_arranged_goes_along() -> None:
    story = CompanyStory()
    story.agreed()
    assert [each.state for each in goes_along(story.pathway, at(2)).company] == ["agreed"]
    story.rather_alone(at(2))
    assert goes_along(story.pathway, at(2)).company == ()


def test_history_says_that_it_happened_and_names_nobody() -> None:
    events = hand_over(Story().pathway, TO_SAM)
    elsewhere = hand_over(Story().pathway, replace(TO_SAM, team="south"))
    assert isinstance(events, list)
    assert isinstance(elsewhere, list)
    assert [line.words for line in history([*events, *elsewhere])] == [
        "Handed over to another keyworker",
        "Handed over to another team",
    ]
