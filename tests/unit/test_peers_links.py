"""A peer supporter's link: one purpose, one offer, and an end; nothing in it can be read, made or altered."""

from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.ids import CompanyId, PeerId
from services.referrals.peers.links import Invitation, Links
from shared.privacy.master import MasterKeys

MASTER = MasterKeys("1", {"1": b"m" * 32}, b"i" * 32)
LINKS = Links(MASTER, "https://referrals.example")
UNTIL = datetime(2026, 11, 29, 20, tzinfo=UTC)
INVITATION = Invitation(CompanyId(uuid4()), PeerId(uuid4()), UNTIL)


def test_a_link_leads_back_to_the_offer_that_it_stands_for() -> None:
    link = LINKS.link(INVITATION)
    assert link.startswith("https://referrals.example/answer/")
    assert LINKS.read(link.rpartition("/")[2]) == INVITATION


def test_nothing_in_a_link_can_be_read_and_no_two_are_alike() -> None:
    one, other = LINKS.token(INVITATION), LINKS.token(INVITATION)
    assert one != other
    for hidden in (INVITATION.company_id.hex, INVITATION.peer_id.hex, str(INVITATION.peer_id)):
        assert hidden not in one


@given(st.integers(0, 90), st.sampled_from("ABCxyz019-_"))
def test_an_altered_link_is_nobodys(place: int, letter: str) -> None:
    token = LINKS.token(INVITATION)
    place %= len(token) - 1  # the last letter has bits that stand for nothing
    altered = token[:place] + letter + token[place + 1 :]
    assert LINKS.read(altered) == (INVITATION if altered == token else None)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_is_nobodys(typed: str) -> None:
    assert LINKS.read(typed) is None


def test_a_link_of_another_deployment_is_nobodys() -> None:
    other = Links(MasterKeys("1", {"1": b"m" * 32}, b"j" * 32), "https://referrals.example")
    assert LINKS.read(other.token(INVITATION)) is None
