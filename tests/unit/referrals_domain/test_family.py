"""Family, partners and friends are clients in their own right: nothing says or implies that they use."""

from datetime import timedelta
from uuid import uuid4

import pytest

from services.referrals.domain.commands_sessions import HoldSession
from services.referrals.domain.ids import SessionId
from services.referrals.domain.session_parts import DidNotFit, Experience, TakingPart
from services.referrals.domain.sessions import hold_session
from tests.unit.referrals_domain.story import OfSession, Story, at, day, refused


def session(what: OfSession) -> HoldSession:
    return HoldSession(session_id=SessionId(uuid4()), stage=2, held_at=at(1), recorded_at=at(1), **what)


IMPLIES: list[tuple[OfSession, str]] = [
    ({"experience": (Experience(organisation="AA", level="some"),)}, "experience[0].organisation"),
    ({"experience": (Experience(organisation="al-anon", level="years-then-relapse"),)}, "experience[0].level"),
    ({"taking_part": (TakingPart(organisation="aa", way="sponsor"),)}, "takingPart[0].organisation"),
    ({"did_not_fit": (DidNotFit(organisation="na", reasons=("size",)),)}, "didNotFit[0].organisation"),
    ({"preferred_organisation": "smart-recovery"}, "preferredOrganisation"),
    ({"lapse_on": day(0)}, "lapseOn"),
    ({"risks": ("crisis", "severe-dependence")}, "risks"),
    ({"risks": ("withdrawal-risk",)}, "risks"),
    ({"concerns": ("cost", "prescribed-medicine")}, "concerns"),
    (
        {"experience": (Experience(organisation="aa", level="none", concerns=("not-aiming-at-abstinence",)),)},
        "experience[0].concerns",
    ),
]


@pytest.mark.parametrize(("what", "field"), IMPLIES, ids=[field for _, field in IMPLIES])
def test_what_would_imply_own_use_is_not_kept_of_a_family_member(what: OfSession, field: str) -> None:
    assert refused(hold_session(Story("family").pathway, session(what))) == ("implies-own-use", field)
    assert isinstance(hold_session(Story("self").pathway, session(what)), list)


def test_a_family_member_may_have_heard_of_any_group_and_be_in_need_themselves() -> None:
    heard = Experience(organisation="aa", level="none", perceptions="He went there once")
    been = Experience(organisation="al-anon", level="regular", concerns=("boundaries",))
    taking_part = (TakingPart(organisation="al-anon", way="home-group"),)
    what = OfSession(experience=(heard, been), taking_part=taking_part, risks=("crisis",), concerns=("guilt",))
    assert isinstance(hold_session(Story("family").pathway, session(what)), list)


def test_what_has_not_happened_yet_cannot_be_noted() -> None:
    tomorrow = (at(1) + timedelta(days=1)).date()
    assert refused(hold_session(Story().pathway, session({"lapse_on": tomorrow}))) == ("in-the-future", "lapseOn")
