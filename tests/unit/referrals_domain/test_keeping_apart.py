"""Two people who are kept apart: what the one is not suggested because of the other."""

from uuid import uuid4

from services.referrals.domain.answers import Refusal
from services.referrals.domain.keeping_apart import Other, goes_along_to, goes_to, keep_apart, who_may_see
from tests.unit.referrals_domain.company_story import ROWAN, SASHA, CompanyStory
from tests.unit.referrals_domain.story import AA, NA, SMART, Story, at


def test_nobody_is_kept_apart_from_themselves() -> None:
    client = uuid4()
    refusal = keep_apart(client, Other("client", str(client)))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == ("same-person", "other")
    assert keep_apart(client, Other("client", str(uuid4()))) is None
    assert keep_apart(client, Other("staff", str(client))) is None


def test_where_somebody_goes_is_not_suggested_to_who_is_kept_apart_from_them() -> None:
    story = Story()
    story.commit(AA, at(7, 19), at(1))
    dropped = story.commit(NA, at(8, 19), at(1))
    story.withdraw(dropped, at(2))
    assert goes_to([story.pathway], at(3)) == {AA}


def test_where_somebody_went_in_the_last_four_weeks_is_where_they_may_go_again() -> None:
    own, family = Story(), Story("family")
    own.fact(AA, at(2, 19))
    own.fact(NA, at(2, 12), "not-attended")
    family.fact(SMART, at(20, 19), audience="both")
    assert goes_to([own.pathway, family.pathway], at(25)) == {AA, SMART}
    assert goes_to([own.pathway, family.pathway], at(31)) == {SMART}


def test_a_peer_supporter_goes_where_they_have_agreed_to_go_along() -> None:
    story = CompanyStory()
    story.ask(at(0, 11))
    story.offered(ROWAN, at(0, 12))
    assert goes_along_to([story.pathway], {ROWAN}, at(1)) == frozenset()
    story.answered(ROWAN, "yes", at(0, 13))
    assert goes_along_to([story.pathway], {ROWAN}, at(1)) == {AA}
    assert goes_along_to([story.pathway], {SASHA}, at(1)) == frozenset()
    assert goes_along_to([story.pathway], {ROWAN}, at(4)) == frozenset()


def test_a_member_of_staff_who_is_kept_apart_from_a_client_sees_nothing_of_theirs_whatever_the_team() -> None:
    assert who_may_see(in_care=True, kept_apart=False)
    assert not who_may_see(in_care=True, kept_apart=True)
    assert not who_may_see(in_care=False, kept_apart=False)
