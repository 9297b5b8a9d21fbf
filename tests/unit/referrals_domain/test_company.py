"""Someone to go with: asked, offered, agreed, went together or fell through (3-fama, stage 2, step 5)."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.referrals.domain import company
from services.referrals.domain.accompanying import Wish
from services.referrals.domain.commands_flags import SeeFlag
from services.referrals.domain.flags import flags_shown, see_flag
from services.referrals.domain.history import history
from services.referrals.domain.ids import CompanyId
from services.referrals.domain.pathway import Circumstances
from services.referrals.publish import publish
from tests.unit.referrals_domain.company_story import ROWAN, SASHA, START, CompanyStory
from tests.unit.referrals_domain.kept import event_kept_and_loaded, pathway_kept_and_loaded
from tests.unit.referrals_domain.story import AA, SMART, at, refused


def test_company_is_asked_for_offered_agreed_and_gone_to_together() -> None:
    story = CompanyStory()
    about = str(story.commitment_id)
    story.ask(at(0, 11))
    assert (story.company.state, story.flags()) == ("asked", [("company-to-arrange", about)])
    story.offered(ROWAN, at(1))
    assert (story.company.state, story.company.peer_id) == ("offered", ROWAN)
    assert not story.commitment(story.commitment_id).accompanied
    story.answered(ROWAN, "yes", at(1, 20))
    assert (story.company.state, story.flags()) == ("agreed", [])
    assert story.commitment(story.commitment_id).accompanied
    story.answered(ROWAN, "went", at(4), by="keyworker")
    assert story.company.state == "went"
    assert pathway_kept_and_loaded(story.pathway) == story.pathway
    assert [event_kept_and_loaded(event) for event in story.events] == story.events


def test_what_leaves_the_house_says_that_there_is_company_and_never_whose() -> None:
    story = CompanyStory()
    story.agreed()
    story.answered(ROWAN, "cannot-come", at(3, 16))
    said = [contract for event in story.events for contract in publish(event, story.pathway)]
    names = [type(contract).__name__ for contract in said if "Company" in type(contract).__name__]
    assert names == ["CompanyAsked", "CompanyOffered", "CompanyAgreed", "CompanyFellThrough"]
    text = "".join(contract.model_dump_json() for contract in said)
    assert str(ROWAN) not in text
    assert "Robin" not in text
    assert "Robin" not in str(history(story.events))


def test_who_says_no_is_not_asked_again() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    story.answered(ROWAN, "no", at(1, 13))
    assert (story.company.state, story.company.peer_id, story.company.declined) == ("asked", None, (ROWAN,))
    assert story.flags() == [("company-to-arrange", str(story.commitment_id))]
    assert refused(story.answer(ROWAN, "yes", at(1, 14))) == ("no-longer-asked", None)


def test_one_peer_supporter_is_asked_at_a_time() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    assert refused(story.offer(SASHA, at(1, 13))) == ("offered-already", None)
    assert story.offer(ROWAN, at(1, 13)) == []
    story.taken_back(at(1, 14))
    story.offered(SASHA, at(1, 15))
    assert refused(story.answer(ROWAN, "yes", at(1, 16))) == ("no-longer-asked", None)


@pytest.mark.parametrize("answer", ["yes", "cannot-come"])
def test_an_answer_given_twice_is_given_once(answer: str) -> None:
    story = CompanyStory()
    story.agreed()
    if answer == "cannot-come":
        story.answered(ROWAN, "cannot-come", at(3, 16))
        assert story.answer(ROWAN, "cannot-come", at(3, 17)) == []
    else:
        assert story.answer(ROWAN, "yes", at(3, 16)) == []
    assert refused(story.answer(ROWAN, "no", at(3, 17)))[0] in ("agreed-already", "no-longer-asked")


def test_a_peer_who_falls_through_leaves_the_commitment_standing_and_flags_the_keyworker() -> None:
    story = CompanyStory()
    story.agreed()
    story.answered(ROWAN, "cannot-come", at(3, 16))
    made = story.commitment(story.commitment_id)
    assert (story.company.state, made.state, made.accompanied) == ("fell-through", "planned", False)
    assert story.flags() == [("company-fell-through", str(story.commitment_id))]


def test_without_a_phone_the_keyworker_is_told_to_act() -> None:
    story = CompanyStory()
    story.live_with(Circumstances(no_phone=True), at(0, 10, 30))
    story.agreed()
    story.answered(ROWAN, "cannot-come", at(3, 16))
    about = str(story.commitment_id)
    assert story.flags() == [("company-fell-through", about), ("act-by-hand", about)]


def test_somebody_else_may_go_along_after_all_and_nothing_is_left_to_do() -> None:
    story = CompanyStory()
    story.live_with(Circumstances(no_phone=True), at(0, 10, 30))
    story.agreed()
    story.answered(ROWAN, "cannot-come", at(3, 9))
    story.ask(at(3, 10))
    story.offered(SASHA, at(3, 11))
    story.answered(SASHA, "yes", at(3, 12))
    assert story.flags() == []
    assert story.commitment(story.commitment_id).accompanied
    assert [each.state for each in story.pathway.company] == ["fell-through", "agreed"]


def test_company_stops_with_the_commitment_or_the_pathway() -> None:
    story = CompanyStory()
    story.agreed()
    story.withdraw(story.commitment_id, at(2))
    assert story.company.state == "withdrawn"
    assert story.flags() == [("tell-the-peer", str(story.commitment_id))]


def test_when_the_client_died_a_person_tells_the_peer() -> None:
    story = CompanyStory()
    story.agreed()
    story.end("died", at(2))
    assert story.company.state == "withdrawn"
    assert story.flags() == [("tell-the-peer", str(story.commitment_id))]


def test_company_ends_with_the_pathway_also_where_the_client_went_to_another_meeting() -> None:
    story = CompanyStory()
    story.agreed()
    story.fact(SMART, at(1, 21))
    assert story.commitment(story.commitment_id).state == "went-to-another"
    assert story.flags() == []
    story.end("died", at(2))
    assert [each.state for each in story.pathway.company] == ["withdrawn"]


def test_nobody_has_to_be_told_who_had_not_agreed() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    story.withdraw(story.commitment_id, at(2))
    assert (story.company.state, story.flags()) == ("withdrawn", [])


def test_a_peers_word_of_having_been_there_says_that_they_went_together() -> None:
    story = CompanyStory()
    story.agreed()
    story.fact(AA, START, decided_by="peer")
    assert story.company.state == "went"


def test_attendance_alone_does_not_say_with_whom() -> None:
    story = CompanyStory()
    story.agreed()
    story.fact(AA, START, decided_by="client")
    assert story.company.state == "agreed"
    assert story.commitment(story.commitment_id).accompanied


def test_a_request_that_nobody_took_up_is_over_with_the_meeting() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.fact(AA, START, "not-attended")
    assert (story.company.state, story.flags()) == ("withdrawn", [])


def test_the_client_may_rather_go_alone() -> None:
    story = CompanyStory()
    story.agreed()
    story.rather_alone(at(2))
    made = story.commitment(story.commitment_id)
    assert (story.company.state, made.state, made.accompanied) == ("withdrawn", "planned", False)
    assert story.flags() == [("tell-the-peer", str(story.commitment_id))]
    assert company.withdraw_company(story.pathway, story.ending(at(2, 13))) == []


def test_under_18_no_adult_goes_with_them_without_the_leads_agreement() -> None:
    story = CompanyStory()
    seventeen = date(2009, 6, 1)
    asked = company.ask_for_company(story.pathway, story.asking(at(0, 11), seventeen))
    assert refused(asked) == ("safeguarding", "safeguardingAgreedBy")
    agreement = Circumstances(safeguarding_agreed_by="Sal Safeguarding", safeguarding_agreed_on=at(0).date())
    story.live_with(agreement, at(0, 11))
    story.ask(at(0, 12), seventeen)
    assert story.company.state == "asked"


def test_a_paused_or_kept_apart_peer_supporter_is_never_offered() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    assert refused(story.offer(ROWAN, at(1), paused=True)) == ("peer-not-asked-now", "peerId")
    assert refused(story.offer(ROWAN, at(1), kept_apart=True)) == ("peer-not-asked-now", "peerId")


def test_that_somebody_is_wanted_stays_until_it_is_answered() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    [flag] = story.pathway.flags
    assert see_flag(story.pathway, SeeFlag(code=flag.code, about=flag.about, at=at(1, 12))) == []
    story.answered(ROWAN, "yes", at(1, 20))
    assert story.flags() == []


def test_a_peer_supporter_goes_along_with_one_client_at_a_time() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    assert refused(story.offer(ROWAN, at(1), busy=True)) == ("peer-busy", "peerId")
    story.offered(ROWAN, at(1))
    assert refused(story.answer(ROWAN, "yes", at(1, 20), busy=True)) == ("peer-busy", "peerId")
    story.answered(ROWAN, "no", at(1, 21))


def test_company_is_asked_for_once_per_meeting_and_before_it_begins() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    assert refused(company.ask_for_company(story.pathway, story.asking(at(0, 12)))) == ("already-asked", None)
    story.rather_alone(at(0, 13))
    assert refused(company.ask_for_company(story.pathway, story.asking(at(3, 19)))) == ("already-begun", None)
    nothing = story.asking(at(1), wish=Wish(offers=()))
    assert refused(company.ask_for_company(story.pathway, nothing)) == ("nothing-asked", "offers")


def test_nobody_has_gone_together_before_the_meeting() -> None:
    story = CompanyStory()
    story.agreed()
    assert refused(story.answer(ROWAN, "went", at(2))) == ("not-yet", None)
    story.answered(ROWAN, "cannot-come", at(4), by="keyworker")
    assert (story.company.state, story.flags()) == ("fell-through", [])
    story.answered(ROWAN, "went", at(5), by="keyworker")
    assert story.company.state == "went"


def test_someone_to_go_with_is_asked_for_for_one_planned_meeting() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    assert [each.commitment_id for each in story.pathway.company] == [story.commitment_id]


def test_nobody_is_offered_where_nobody_asked() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    nobody = replace(story.ending(at(1)), company_id=CompanyId(uuid4()))
    assert refused(company.take_back_offer(story.pathway, nobody)) == ("unknown-company", None)
    assert refused(company.withdraw_company(story.pathway, nobody)) == ("unknown-company", None)


def test_who_is_no_longer_asked_changes_nothing() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    assert refused(story.answer(SASHA, "yes", at(1, 13))) == ("no-longer-asked", None)
    story.rather_alone(at(1, 14))
    assert refused(story.answer(ROWAN, "yes", at(1, 15))) == ("no-longer-asked", None)


def test_only_what_was_agreed_falls_through_or_is_gone_to() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(1))
    assert refused(story.answer(ROWAN, "cannot-come", at(1, 13))) == ("not-agreed", None)
    assert refused(story.answer(ROWAN, "went", at(1, 13))) == ("not-agreed", None)


def test_what_is_over_is_not_withdrawn() -> None:
    story = CompanyStory()
    story.agreed()
    story.answered(ROWAN, "cannot-come", at(2))
    assert refused(company.withdraw_company(story.pathway, story.ending(at(2, 13)))) == ("already-over", None)


def test_only_an_offer_that_waits_is_taken_back() -> None:
    story = CompanyStory()
    story.agreed()
    assert refused(company.take_back_offer(story.pathway, story.ending(at(2)))) == ("not-offered", None)


def test_what_is_agreed_or_over_is_not_offered_again() -> None:
    story = CompanyStory()
    story.agreed()
    assert refused(story.offer(SASHA, at(2))) == ("not-asked", None)


def test_a_no_after_a_yes_is_that_they_cannot_come() -> None:
    story = CompanyStory()
    story.agreed()
    assert refused(story.answer(ROWAN, "no", at(2))) == ("agreed-already", "answer")


def test_once_the_meeting_has_begun_nobody_is_looked_for_any_more() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    shown = [[flag.code for flag in flags_shown(story.pathway, when)] for when in (at(3, 18), at(3, 20))]
    assert shown == [["company-to-arrange"], []]
