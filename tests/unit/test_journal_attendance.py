"""From a report to a fact, or why not (4-events, *Attendance from outside*)."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from services.journal.domain.attendance import Fact, correction_problem, says_the_same
from services.journal.domain.directory import description
from services.journal.domain.refusals import NotTaken
from tests.unit.journal_cases import (
    CLIENT,
    MEETING,
    NOW,
    SOURCE,
    a_client,
    a_directory,
    a_report,
    an_emitter,
    decided,
    refused,
    taken,
)
from tests.unit.meeting_builder import a_meeting

AT = description("NA", "st mary's  HALL")


def test_a_report_becomes_a_fact_about_client_meeting_and_local_date() -> None:
    fact = taken(decided(a_report()))

    assert (fact.client, fact.meeting_id, fact.date) == (CLIENT, MEETING.meeting_id, date(2026, 11, 18))
    assert fact.start == datetime(2026, 11, 18, 19, tzinfo=ZoneInfo("Europe/London"))
    assert (fact.provider, fact.team, fact.source) == ("X99", "north", SOURCE)


@pytest.mark.parametrize("minutes", [0, 2, -20, 90])
def test_a_start_some_minutes_off_is_the_same_occurrence(minutes: int) -> None:
    start = datetime(2026, 11, 18, 19, tzinfo=UTC) + timedelta(minutes=minutes)

    assert taken(decided(a_report(start=start))).start.hour == 19


def test_without_a_start_it_is_the_last_one_begun() -> None:
    early = datetime(2026, 11, 18, 18, 59, tzinfo=UTC)

    assert taken(decided(a_report(observed_at=early))).date == date(2026, 11, 11)


def test_who_comes_early_says_which_one_by_its_start() -> None:
    start = datetime(2026, 11, 18, 19, tzinfo=UTC)

    assert taken(decided(a_report(start=start, observed_at=start - timedelta(minutes=30)))).date == date(2026, 11, 18)


def test_a_late_evening_elsewhere_is_that_days_meeting_there() -> None:
    meeting = a_meeting(time_zone="America/Los_Angeles", weekday=3, start=time(19))
    thursday_in_utc = datetime(2026, 11, 19, 3, 10, tzinfo=UTC)

    fact = taken(
        decided(
            a_report(meeting_id=meeting.meeting_id, observed_at=thursday_in_utc, start=thursday_in_utc),
            directory=a_directory(meeting),
            now=thursday_in_utc,
        )
    )

    assert fact.date == date(2026, 11, 18)


def test_a_meeting_that_was_withdrawn_since_can_still_be_reported() -> None:
    gone = a_meeting(status="withdrawn")

    assert isinstance(decided(a_report(meeting_id=gone.meeting_id), directory=a_directory(gone)), Fact)


@pytest.mark.parametrize(
    ("observed_at", "code"),
    [
        (NOW + timedelta(minutes=5), None),
        (NOW + timedelta(minutes=5, seconds=1), "in-the-future"),
        (NOW + timedelta(hours=1), "in-the-future"),
        (NOW - timedelta(days=365), None),
        (NOW - timedelta(days=367), "too-long-ago"),
    ],
)
def test_observed_at_is_up_to_a_year_back_and_five_minutes_ahead(observed_at: datetime, code: str | None) -> None:
    answer = decided(a_report(observed_at=observed_at))

    assert (refused(answer) == ("data.observedAt", code)) if code else isinstance(answer, Fact)


@pytest.mark.parametrize(
    ("start", "code"), [(NOW + timedelta(days=7), "in-the-future"), (NOW - timedelta(days=364 + 7), "too-long-ago")]
)
def test_a_start_is_neither_to_come_nor_older_than_a_year(start: datetime, code: str) -> None:
    assert refused(decided(a_report(start=start))) == ("data.start", code)


def test_the_envelopes_time_is_five_minutes_ahead_at_most() -> None:
    assert refused(decided(a_report(time=NOW + timedelta(hours=1)))) == ("time", "in-the-future")
    assert isinstance(decided(a_report(time=NOW + timedelta(minutes=4))), Fact)


@pytest.mark.parametrize(("early", "code"), [(timedelta(minutes=50), None), (timedelta(hours=2), "in-the-future")])
def test_whoever_comes_early_is_there_and_whoever_comes_hours_before_is_not(early: timedelta, code: str | None) -> None:
    begins = datetime(2026, 11, 18, 19, 0, tzinfo=UTC)
    answer = decided(a_report(start=begins, observed_at=begins - early), now=begins)
    assert (refused(answer) == ("data.start", code)) if code else isinstance(answer, Fact)


def test_a_meeting_known_by_organisation_and_place_is_found_by_when_it_began() -> None:
    start = datetime(2026, 11, 18, 19, 5, tzinfo=UTC)

    fact = taken(decided(a_report(meeting_id=None, described=AT, start=start)))

    assert fact.meeting_id == MEETING.meeting_id


@pytest.mark.parametrize("organisation", ["na", "NA", "narcotics anonymous", "Narcotics  Anonymous"])
@pytest.mark.parametrize("place", ["St Mary's Hall", "1 church lane, leeds"])
def test_an_organisation_goes_by_code_or_name_and_a_place_by_name_or_address(organisation: str, place: str) -> None:
    described = description(organisation, place)

    assert isinstance(decided(a_report(meeting_id=None, described=described, start=NOW)), Fact)


def test_of_two_meetings_at_one_place_the_nearer_start_is_meant() -> None:
    noon = a_meeting(source_id="2", place_name="St Mary's Hall", start=time(12))
    at_noon = datetime(2026, 11, 18, 12, 10, tzinfo=UTC)

    fact = taken(decided(a_report(meeting_id=None, described=AT, start=at_noon), directory=a_directory(MEETING, noon)))

    assert fact.meeting_id == noon.meeting_id


def test_a_listed_meeting_is_meant_before_one_that_was_withdrawn() -> None:
    gone = a_meeting(source_id="2", place_name="St Mary's Hall", status="withdrawn")

    fact = taken(decided(a_report(meeting_id=None, described=AT, start=NOW), directory=a_directory(gone, MEETING)))

    assert fact.meeting_id == MEETING.meeting_id


def test_meetings_that_cannot_be_told_apart_need_their_id() -> None:
    twin = a_meeting(source_id="2", place_name="St Mary's Hall")
    answer = decided(a_report(meeting_id=None, described=AT, start=NOW), directory=a_directory(MEETING, twin))

    assert refused(answer) == ("data.place", "unknown-meeting")


def test_a_meeting_that_moved_is_no_longer_found_at_its_old_place() -> None:
    directory = a_directory(MEETING)
    directory.put([a_meeting(place_name="Town Hall")])

    answer = decided(a_report(meeting_id=None, described=AT, start=NOW), directory=directory)

    assert refused(answer) == ("data.place", "unknown-meeting")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"meeting_id": uuid4()}, ("data.meetingId", "unknown-meeting")),
        (
            {"meeting_id": None, "described": description("aa", "nowhere"), "start": NOW},
            ("data.place", "unknown-meeting"),
        ),
        ({"start": NOW - timedelta(days=1)}, ("data.start", "no-such-occurrence")),
        (
            {"meeting_id": None, "described": AT, "start": NOW - timedelta(days=1)},
            ("data.start", "no-such-occurrence"),
        ),
    ],
)
def test_what_the_directory_does_not_know_waits_for_it(said: dict[str, object], expected: tuple[str, str]) -> None:
    answer = decided(a_report(**said))

    assert refused(answer) == expected
    assert isinstance(answer, NotTaken)
    assert answer.awaits is not None


def test_a_meeting_by_appointment_has_no_occurrence_to_report() -> None:
    meeting = a_meeting(weekday=None, start=None)
    answer = decided(a_report(meeting_id=meeting.meeting_id), directory=a_directory(meeting))

    assert refused(answer) == ("data.observedAt", "no-such-occurrence")


def test_an_unknown_client_and_an_unknown_card_are_told_apart() -> None:
    assert refused(decided(a_report(), known=False)) == ("data.client", "unknown-client")
    assert refused(decided(a_report(client=None, card=b"c" * 32), known=False)) == ("data.cardCode", "unknown-card")


def test_a_client_of_another_provider_is_unknown_to_this_emitter() -> None:
    assert refused(decided(a_report(), client=a_client(provider="X98"))) == ("data.client", "unknown-client")


def test_a_source_that_two_providers_registered_reports_to_each_its_own() -> None:
    emitters = (an_emitter(), an_emitter(provider="X98", active=False))

    assert isinstance(decided(a_report(), emitters=emitters), Fact)
    assert refused(decided(a_report(), emitters=emitters, client=a_client(provider="X98"))) == (
        "source",
        "source-disabled",
    )


def test_a_source_that_nobody_registered_waits() -> None:
    answer = decided(a_report(), emitters=())

    assert refused(answer) == ("source", "unknown-source")
    assert isinstance(answer, NotTaken)
    assert answer.awaits == f"source {SOURCE}"


@pytest.mark.parametrize(
    ("reports_as", "reported_by", "allowed"),
    [
        ("emitter", "emitter", True),
        ("emitter", "peer", False),
        ("emitter", "client", False),
        ("peer", "emitter", True),
        ("keyworker", "client", False),
        ("client", "keyworker", True),
        ("client", "client", True),
    ],
)
def test_nobody_reports_as_more_than_they_are_registered_for(reports_as: str, reported_by: str, allowed: bool) -> None:
    answer = decided(
        a_report(reported_by=reported_by), emitters=(an_emitter(reports_as=reports_as),), client=a_client(peers=True)
    )

    assert isinstance(answer, Fact) if allowed else refused(answer) == ("data.reportedBy", "not-registered-for")


@pytest.mark.parametrize(
    ("reported_by", "consents", "expected"),
    [
        ("emitter", {"emitters": []}, ("source", "source-not-consented")),
        ("emitter", {"emitters": ["https://other.example"]}, ("source", "source-not-consented")),
        ("peer", {"peers": False}, ("data.reportedBy", "source-not-consented")),
        ("peer", {"peers": True, "emitters": []}, None),
        ("keyworker", {"emitters": []}, None),
        ("client", {"emitters": []}, None),
    ],
)
def test_peers_and_each_emitter_need_the_clients_consent(
    reported_by: str, consents: dict[str, object], expected: tuple[str, str] | None
) -> None:
    answer = decided(
        a_report(reported_by=reported_by), client=a_client(**consents), emitters=(an_emitter(reports_as="client"),)
    )

    assert refused(answer) == expected if expected else isinstance(answer, Fact)
    if isinstance(answer, NotTaken):
        assert answer.awaits is None, "a later consent must not apply it"


def test_nothing_is_kept_about_somebody_who_was_erased() -> None:
    assert refused(decided(a_report(), client=a_client(erased=True))) == ("data.client", "erased")


@pytest.mark.parametrize(
    ("again", "same"),
    [
        ({"content": b"other", "observed_at": NOW.astimezone(ZoneInfo("Asia/Tokyo"))}, True),
        ({"start": NOW}, True),
        ({"outcome": "not-known"}, False),
        ({"reported_by": "client"}, False),
        ({"observed_at": NOW - timedelta(seconds=1)}, False),
        ({"observed_at": NOW - timedelta(days=7)}, False),
        ({"corrects": UUID(int=9)}, False),
        ({"client": None, "card": b"c" * 32}, True),
        ({"meeting_id": uuid4()}, False),
    ],
)
def test_an_event_sent_again_is_known_by_what_it_says_not_by_how_it_is_written(
    again: dict[str, object], same: bool
) -> None:
    emitter = an_emitter(reports_as="client")
    first = taken(decided(a_report(), emitters=(emitter,)))

    assert says_the_same(first, decided(a_report(**again), emitters=(emitter,))) is same


def test_a_correction_is_of_an_earlier_fact_about_the_same_occasion() -> None:
    first = taken(decided(a_report()))
    again = taken(decided(a_report(fact_id=UUID(int=2), corrects=first.fact_id, outcome="not-known")))
    earlier = {first.fact_id.int: first}

    assert correction_problem(again, earlier) is None
    unknown = correction_problem(again, {})
    assert unknown is not None
    assert refused(unknown) == ("data.corrects", "unknown-correction")
    elsewhere = taken(decided(a_report(corrects=first.fact_id, observed_at=NOW - timedelta(days=7))))
    other = correction_problem(elsewhere, earlier)
    assert other is not None
    assert refused(other) == ("data.corrects", "corrects-another-occurrence")
    assert other.awaits is None
