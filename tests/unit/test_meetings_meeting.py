from dataclasses import asdict, fields, replace
from datetime import UTC, time
from uuid import UUID

import pytest

from shared.events.contract import name_based_id
from shared.events.directory import MeetingListed
from shared.meetings import ORGANISATIONS, Meeting, meeting_id
from shared.meetings.kinds import is_kind
from shared.meetings.zones import is_zone
from tests.unit.meeting_builder import a_meeting


def test_the_same_feed_and_source_id_are_the_same_meeting_for_ever() -> None:
    assert meeting_id("new-york", "2") == UUID("a910d183-9fc5-5ae1-a91a-157af3377989")
    assert meeting_id("new-york", "2") == name_based_id("meeting", "new-york/2")
    assert meeting_id("new-york", "3") != meeting_id("new-york", "2") != meeting_id("york", "2")


@pytest.mark.parametrize("feed", ["", "a/b", "New York", "-a", "a" * 64, "ü"])
def test_a_feed_whose_name_could_be_mistaken_is_refused(feed: str) -> None:
    with pytest.raises(ValueError, match="feed"):
        meeting_id(feed, "1")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"weekday": 0}, "weekday"),
        ({"weekday": 8}, "weekday"),
        ({"weekday": None}, "start"),
        ({"start": None}, "start"),
        ({"start": time(19, 0, 1)}, "start"),
        ({"start": time(19, tzinfo=UTC)}, "start"),
        ({"length": 0}, "length"),
        ({"length": 1441}, "length"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "Europe"}, "time_zone"),
        ({"time_zone": "right/Europe/London"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
    ],
)
def test_a_meeting_that_cannot_be_names_the_field(said: dict[str, object], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}:"):
        a_meeting(**said)


def test_every_zone_of_the_real_feeds_is_known() -> None:
    assert all(map(is_zone, ["Europe/London", "Europe/Kiev", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"]))


def test_the_contract_event_carries_the_whole_meeting() -> None:
    meeting = a_meeting(online_link="https://meet.example.org/1", kinds=("open", "language-cy"), latitude=51.5)
    assert {field.name for field in fields(Meeting)} == set(MeetingListed.model_fields)
    told = MeetingListed.model_validate_json(MeetingListed(**asdict(meeting)).model_dump_json())
    assert Meeting(**dict(told)) == meeting
    monthly = replace(meeting, weeks_of_month=(1, -1))
    assert Meeting(**dict(MeetingListed(**asdict(monthly)))) == monthly
    assert Meeting(**dict(MeetingListed(**asdict(by_appointment := replace(meeting, weekday=None, start=None))))) == (
        by_appointment
    )


def test_organisations_are_known_by_their_code() -> None:
    assert ORGANISATIONS["aa"].twelve_step
    assert not ORGANISATIONS["smart-recovery"].twelve_step
    assert {code for code, known in ORGANISATIONS.items() if known.audience == "family"} == {
        "al-anon", "alateen", "nar-anon", "co-anon", "families-anonymous", "gam-anon", "smart-family-friends",
    }  # fmt: skip
    assert all(known.for_what for known in ORGANISATIONS.values())


def test_a_language_is_a_kind_and_a_stray_word_is_not() -> None:
    assert is_kind("open")
    assert is_kind("language-cy")
    assert not is_kind("language-Welsh")
    assert not is_kind("opened")
