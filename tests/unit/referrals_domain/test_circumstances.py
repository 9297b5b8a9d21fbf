import pytest

from services.referrals.domain.circumstances import set_circumstances
from services.referrals.domain.commands_client import SetCircumstances
from services.referrals.domain.events import Event
from services.referrals.domain.pathway import Circumstances, Pathway
from services.referrals.domain.replay import replay
from tests.unit.referrals_domain.story import Story, at, day, refused


def be(pathway: Pathway, circumstances: Circumstances) -> Pathway:
    return replay(said(pathway, circumstances), pathway)


def said(pathway: Pathway, circumstances: Circumstances) -> list[Event]:
    answer = set_circumstances(pathway, SetCircumstances(circumstances=circumstances, at=at(1), recorded_at=at(1)))
    assert isinstance(answer, list)
    return answer


def test_circumstances_are_set_as_a_whole_and_said_once() -> None:
    ordered = Circumstances(court_ordered=True, court_set_by="Magistrates' court", no_phone=True)
    pathway = be(Story().pathway, ordered)
    assert (pathway.circumstances, pathway.commands_version) == (ordered, 2)
    assert said(pathway, ordered) == []
    assert be(pathway, Circumstances()).circumstances == Circumstances()


@pytest.mark.parametrize(
    ("circumstances", "expected"),
    [
        (Circumstances(court_set_by="the court"), ("not-court-ordered", "courtOrdered")),
        (Circumstances(safeguarding_agreed_by="Sam Lead"), ("agreement-incomplete", "safeguardingAgreedOn")),
        (Circumstances(safeguarding_agreed_on=day(1)), ("agreement-incomplete", "safeguardingAgreedBy")),
    ],
)
def test_half_a_circumstance_is_refused_by_field(circumstances: Circumstances, expected: tuple[str, str]) -> None:
    command = SetCircumstances(circumstances=circumstances, at=at(1), recorded_at=at(1))
    assert refused(set_circumstances(Story().pathway, command)) == expected


def test_release_from_detox_is_not_kept_on_a_family_pathway() -> None:
    command = SetCircumstances(circumstances=Circumstances(release_from="detox"), at=at(1), recorded_at=at(1))
    assert refused(set_circumstances(Story("family").pathway, command)) == ("implies-own-use", "releaseFrom")
    assert isinstance(set_circumstances(Story("self").pathway, command), list)
