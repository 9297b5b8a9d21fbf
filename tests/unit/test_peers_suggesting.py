"""Whom to ask to go along: reasons in words, never a score, and never somebody who must not be asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from services.referrals.domain.accompanying import Company, Wish
from services.referrals.domain.ids import CommitmentId, CompanyId, MeetingId, PeerId
from services.referrals.domain.pathway import Commitment
from services.referrals.peers.peer import MODELS, Details, Peer, problems_of
from services.referrals.peers.request import Request
from services.referrals.peers.suggesting import suggest
from services.referrals.peers.wording import invitation
from tests.unit.meeting_builder import a_meeting

START = datetime(2026, 11, 26, 19, tzinfo=UTC)
ROWAN = Details(
    name="Rowan Featherstonehaugh",
    known_as="Rowan",
    model="recovery-champion",
    agreed_on=date(2026, 1, 5),
    checked_on=date(2026, 1, 12),
    phone="07700 900111",
    contact="phone",
    organisations=("aa",),
    days=("thursday",),
    areas=("Northgate",),
    gender="woman",
)


def a_peer(details: Details = ROWAN, **known: Any) -> Peer:  # noqa: ANN401 - as in Peer
    return Peer(peer_id=PeerId(uuid4()), provider="X99", team="north", details=details, **known)


def a_request(declined: tuple[PeerId, ...] = (), **wish: Any) -> Request:  # noqa: ANN401 - as in Wish
    made = Commitment(
        commitment_id=CommitmentId(uuid4()),
        meeting_id=MeetingId(uuid4()),
        date=START.date(),
        start=START,
        end=START + timedelta(hours=1),
        time_zone="Europe/London",
        made_at=START - timedelta(days=3),
        made_on=date(2026, 11, 23),
    )
    company = Company(
        company_id=CompanyId(uuid4()),
        commitment_id=made.commitment_id,
        state="asked",
        since=made.made_at,
        wish=Wish(**wish),
        declined=declined,
    )
    meeting = a_meeting(organisation="aa", format="in-person", place_name="St Mark's Hall", address="Northgate, York")
    return Request(company=company, made=made, time_zone="Europe/London", meeting=meeting)


def told(peer: Peer, request: Request) -> list[str]:
    [suggestion] = suggest(request, [peer])
    return [reason.text for reason in suggestion.reasons]


def test_each_reason_for_and_against_is_said_in_words() -> None:
    asked_before = a_peer(last_asked_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    assert told(asked_before, a_request(offers=("go-with", "lift"), preference="woman", area="Northgate")) == [
        "Knows Alcoholics Anonymous.",
        "Free on Thursdays.",
        "Goes along in Northgate.",
        "Offers going along.",
        "Does not offer a lift.",
        "A woman, as asked for.",
        "Last asked on 3 November 2026.",
    ]


def test_what_has_not_been_said_speaks_neither_for_nor_against() -> None:
    unsaid = replace(ROWAN, organisations=(), days=(), areas=(), gender=None, checked_on=None)
    assert told(a_peer(unsaid), a_request(preference="woman")) == [
        "Has not said on which days they are free.",
        "Offers going along.",
        "Asked for: a woman. They have not said.",
        "No checks are noted.",
        "Has not been asked before.",
    ]


def test_whom_most_speaks_for_is_first_and_among_equals_who_was_asked_longest_ago() -> None:
    never = a_peer()
    long_ago = a_peer(last_asked_at=START - timedelta(days=90))
    lately = a_peer(last_asked_at=START - timedelta(days=2))
    less = a_peer(replace(ROWAN, days=("monday",)))
    found = suggest(a_request(), [lately, less, long_ago, never])
    assert [one.peer for one in found] == [never, long_ago, lately, less]


def test_who_was_to_come_to_this_very_meeting_and_could_not_is_last_and_it_is_said() -> None:
    pulled_out, less = a_peer(), a_peer(replace(ROWAN, days=("monday",), areas=("Leeds",), organisations=("na",)))
    request = replace(a_request(), cannot={pulled_out.peer_id})
    assert [one.peer for one in suggest(request, [pulled_out, less])] == [less, pulled_out]
    assert told(pulled_out, request)[0] == "Was to come to this meeting, and could not after all."


def test_nobody_paused_kept_apart_or_who_said_no_is_suggested() -> None:
    paused, apart, said_no, left = a_peer(paused=True), a_peer(), a_peer(), a_peer()
    left.details = None
    request = a_request(declined=(said_no.peer_id,))
    assert suggest(request, [paused, apart, said_no, left], avoided={apart.peer_id}) == []


def test_who_asks_for_a_woman_is_not_suggested_a_man_nor_a_man_to_who_goes_with_women_only() -> None:
    man = a_peer(replace(ROWAN, gender="man"))
    women_only = a_peer(replace(ROWAN, goes_with="woman"))
    assert suggest(a_request(preference="woman"), [man]) == []
    assert suggest(a_request(asker="man"), [women_only]) == []
    assert "Goes along with women only: ask the keyworker first." in told(women_only, a_request())


def test_what_is_wrong_with_a_description_is_said_at_its_field() -> None:
    wrong = replace(
        ROWAN,
        agreed_on=date(2027, 1, 1),
        checked_on=date(2027, 1, 1),
        offers=(),
        contact="email",
        organisations=("aa", "nobody"),
    )
    found = problems_of(wrong, ["established-client"], date(2026, 11, 24))
    assert [(problem.field, problem.code) for problem in found] == [
        ("model", "not-run-here"),
        ("agreedOn", "in-the-future"),
        ("checkedOn", "in-the-future"),
        ("offers", "missing"),
        ("contact", "nothing-to-pass-on"),
        ("organisations.1", "unknown"),
    ]
    assert problems_of(ROWAN, MODELS, date(2026, 11, 24)) == []


def test_the_day_and_hour_are_by_the_clients_clock_also_when_the_meeting_goes_by_another() -> None:
    """An online meeting on Tuesday evening in Los Angeles: in London it is Wednesday morning."""
    asked = a_request()
    start = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    elsewhere = replace(asked, made=replace(asked.made, start=start, time_zone="America/Los_Angeles"))
    assert f"{elsewhere.day:%A}" == "Wednesday"
    assert "Wednesday 25 November at 3am" in invitation("Sam", elsewhere, "https://link.example")
