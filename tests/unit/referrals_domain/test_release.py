"""Prison, detox, rehab: what the day of release needs, and no phone is assumed."""

from services.referrals.domain.events_commitments import CommitmentMade
from services.referrals.domain.pathway import Circumstances, Pathway
from services.referrals.domain.release import phone_assumed, release_day
from services.referrals.domain.session_parts import Barrier
from tests.unit.referrals_domain.story import AA, Story, at, day
from tests.unit.referrals_domain.test_circumstances import said

LEAVES = Circumstances(release_from="prison", release_on=day(20), release_area="Leeds")


def to_be_released(circumstances: Circumstances = LEAVES) -> Story:
    story = Story()
    story.events += said(story.pathway, circumstances)
    return story


def lacks(pathway: Pathway, on: int = 5) -> list[str]:
    return [one.code for one in release_day(pathway, day(on))]


def test_a_first_meeting_and_company_are_suggested_for_the_day_of_release() -> None:
    story = to_be_released()
    assert lacks(story.pathway) == ["release-day-meeting", "release-day-company"]
    story.commit(AA, at(19, 19), made=at(5))
    assert lacks(story.pathway) == ["release-day-meeting", "release-day-company"]
    story.commit(AA, at(20, 19), made=at(5), accompanied=True)
    assert lacks(story.pathway) == []


def test_the_area_is_asked_for_while_it_is_not_known_and_nothing_once_the_day_is_over() -> None:
    story = to_be_released(Circumstances(release_from="rehab", release_on=day(20)))
    assert lacks(story.pathway)[0] == "release-area"
    assert lacks(story.pathway, on=21) == []
    assert lacks(Story().pathway) == []


def test_a_first_meeting_on_the_day_of_release_may_be_planned_weeks_ahead() -> None:
    story = to_be_released()
    story.commit(AA, at(20, 19), made=at(1))
    made = story.latest[0]
    assert isinstance(made, CommitmentMade)
    assert made.cautions == ()


def test_no_phone_is_assumed_before_release_nor_on_its_day() -> None:
    pathway = to_be_released().pathway
    assert [phone_assumed(pathway, day(number)) for number in (5, 20, 21)] == [False, False, True]
    assert not phone_assumed(to_be_released(Circumstances(no_phone=True)).pathway, day(5))
    assert phone_assumed(Story().pathway, day(5))


def test_a_barrier_is_signposted_and_no_more() -> None:
    story = Story()
    barrier = Barrier(kind="childcare", where="Family hub", on=day(1), taken_up=False)
    story.hold(2, at(1), barriers=(barrier,))
    assert story.said() == ["SessionHeld"]
    assert story.pathway.sessions[0].barriers == (barrier,)
