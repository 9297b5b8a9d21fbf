"""Safety: who is under 18 is sent to no adult meeting and no adult peer without the lead's named agreement."""

from datetime import date

import pytest

from services.referrals.domain.commitments import commit_to_meeting
from services.referrals.domain.pathway import Circumstances
from services.referrals.domain.young import may_have_adult_peer, under_18
from tests.unit.referrals_domain.story import AA, Story, at, commit_command, day, refused
from tests.unit.referrals_domain.test_circumstances import be

SEVENTEEN = date(2009, 1, 1)
AGREED = Circumstances(safeguarding_agreed_by="Sam Lead", safeguarding_agreed_on=day(0))


@pytest.mark.parametrize(
    ("born", "on", "young"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), True),
        (date(2008, 11, 24), date(2026, 11, 24), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(1980, 2, 3), date(2026, 11, 24), False),
    ],
)
def test_eighteen_begins_on_the_birthday(born: date, on: date, young: bool) -> None:
    assert under_18(born, on) is young


def test_under_18_an_adult_meeting_is_refused_unless_the_safeguarding_lead_agreed_by_name() -> None:
    pathway = Story().pathway
    planned = commit_command(AA, at(3, 19), at(1), birth_date=SEVENTEEN)
    assert refused(commit_to_meeting(pathway, planned)) == ("adult-meeting", "meetingId")
    assert isinstance(commit_to_meeting(be(pathway, AGREED), planned), list)


def test_under_18_young_peoples_and_alateen_meetings_are_open() -> None:
    young = commit_command(AA, at(3, 19), at(1), birth_date=SEVENTEEN, kinds=("young-people",))
    assert isinstance(commit_to_meeting(Story().pathway, young), list)
    alateen = commit_command(AA, at(3, 19), at(1), birth_date=SEVENTEEN, organisation="alateen", audience="family")
    assert isinstance(commit_to_meeting(Story("family").pathway, alateen), list)


def test_age_is_that_on_the_day_of_the_meeting() -> None:
    planned = commit_command(AA, at(3, 19), at(1), birth_date=date(2008, 11, 5))
    assert day(3) == date(2026, 11, 5)
    assert isinstance(commit_to_meeting(Story().pathway, planned), list)


def test_under_18_no_adult_goes_with_them_without_the_leads_agreement() -> None:
    assert not may_have_adult_peer(SEVENTEEN, day(1), Circumstances())
    assert may_have_adult_peer(SEVENTEEN, day(1), AGREED)
    assert may_have_adult_peer(date(1980, 2, 3), day(1), Circumstances())
