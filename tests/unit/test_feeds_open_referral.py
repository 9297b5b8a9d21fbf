import json
import os
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.feeds import BrokenFeed, Parsed, compare
from tests.unit.feed_samples import SMALL, read

SERVICE = "aaaaaaaa-0000-4000-8000-0000000000"
PLACE = "bbbbbbbb-0000-4000-8000-0000000000"
WEEKLY = {"freq": "WEEKLY", "byday": "TU", "opens_at": "19:00", "closes_at": "20:30"}


def a_place(**said: object) -> dict[str, object]:
    return {"id": "at", "location": {"id": "there", "name": "Quay House"} | said}


def a_service(*schedules: object, **said: object) -> bytes:
    usual: dict[str, object] = {"id": "one", "name": "Alcoholics Anonymous", "schedules": schedules or [WEEKLY]}
    return json.dumps([usual | {"service_at_locations": [a_place()]} | said]).encode()


def edition_3() -> Parsed:
    return read("open-referral", (SMALL / "open_referral_3.json").read_bytes())


def test_a_service_of_the_third_edition_is_a_meeting_on_each_of_its_days() -> None:
    monday, sunday = (m for m in edition_3().meetings if m.organisation == "aa")
    assert (monday.weekday, sunday.weekday) == (1, 7)
    assert [monday.source_id, sunday.source_id] == [f"{SERVICE}01/{PLACE}01.1", f"{SERVICE}01/{PLACE}01.7"]
    assert (monday.start, monday.length, monday.time_zone) == (time(19, 30), 90, "Europe/London")
    assert (monday.place_name, monday.address) == ("Tanyard Hall", "4 Tanyard Lane, Harrowmere, HM1 1AA")
    assert (monday.latitude, monday.longitude, monday.format) == (53.9512, -4.2031, "in-person")
    assert monday.finding_the_door == "The lift is out of order. · Ring the lower bell. · Not on bank holidays", (
        "its address for letters is no place to go to"
    )


def test_a_service_of_the_first_edition_is_read_by_its_own_names() -> None:
    parsed = read("open-referral", (SMALL / "open_referral_1.json").read_bytes())
    assert parsed.refused == ()
    thursday, sunday = parsed.meetings
    assert (thursday.organisation, thursday.for_what) == ("ga", ("gambling",)), "known by what it is classified as"
    assert (thursday.weekday, thursday.start, thursday.length) == (4, time(9, 30), 60)
    assert (sunday.weekday, sunday.start, sunday.length) == (7, time(18), 60)
    assert sunday.address == "1 Quay, Harrowmere, Harrowshire, HM1 2BB"


def test_each_place_has_its_own_times_and_a_second_meeting_of_the_day_its_own_id() -> None:
    evenings = {m.source_id: m for m in edition_3().meetings if m.organisation == "smart-family-friends"}
    assert {(m.start, m.format) for m in evenings.values()} == {
        (time(23, 30), "online"),
        (time(10), "in-person"),
        (time(18), "in-person"),
    }
    assert evenings[f"{SERVICE}02/{PLACE}02.2"].length == 45, "it ends on the next day"
    assert evenings[f"{SERVICE}02/{PLACE}02.2"].online_link == "https://meet.example.org/2"
    assert evenings[f"{SERVICE}02/{PLACE}03.2"].start == time(10)
    assert evenings[f"{SERVICE}02/{PLACE}03.2-2"].start == time(18)
    assert {m.status for m in evenings.values()} == {"closed-for-now"}


def test_what_is_no_mutual_aid_or_has_ended_is_passed_over_and_what_sounds_like_it_is_refused() -> None:
    parsed = edition_3()
    assert {m.source_id[:36] for m in parsed.meetings} == {f"{SERVICE}01", f"{SERVICE}02"}
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [(4, "organisation", f"{SERVICE}04")]


@pytest.mark.parametrize("edition", ["open_referral_1.json", "open_referral_3.json"])
def test_who_answers_for_a_service_is_not_kept(edition: str) -> None:
    kept = repr(read("open-referral", (SMALL / edition).read_bytes()))
    assert not [secret for secret in ("Nobody", "nobody@", "01632") if secret in kept]


@pytest.mark.parametrize(
    ("names", "organisation"),
    [
        (("AA Meeting Quayside", "Harrowmere Council"), "aa"),
        (("Quayside", "SMART Recovery UK"), "smart-recovery"),
        (("SMART Recovery Family &amp; Friends", "SMART Recovery UK"), "smart-family-friends"),
        (("Al Anon Quayside", "Alcoholics Anonymous"), "al-anon"),
        (("Quayside, with Alateen and Al-Anon", "Al-Anon Family Groups"), "al-anon"),
    ],
)
def test_an_organisation_is_known_by_the_first_name_that_means_just_one(
    names: tuple[str, str], organisation: str
) -> None:
    (meeting,) = read("open-referral", a_service(name=names[0], organization={"name": names[1]})).meetings
    assert meeting.organisation == organisation


@pytest.mark.parametrize("name", ["AA Car Rescue", "Counselling", "North American Society", "Citizens Advice"])
def test_initials_alone_name_nobody(name: str) -> None:
    parsed = read("open-referral", a_service(name=name))
    assert (parsed.meetings, parsed.refused) == ((), ())


@pytest.mark.parametrize(
    ("byday", "weekday"), [("MO", 1), ("TU", 2), ("WE", 3), ("TH", 4), ("FR", 5), ("SA", 6), ("SU", 7), ("su", 7)]
)
def test_a_day_is_read_by_icalendars_letters(byday: str, weekday: int) -> None:
    (meeting,) = read("open-referral", a_service(WEEKLY | {"byday": byday})).meetings
    assert meeting.weekday == weekday


def test_without_a_day_it_is_that_of_the_first_date() -> None:
    (meeting,) = read("open-referral", a_service(WEEKLY | {"byday": "", "dtstart": "2026-11-19"})).meetings
    assert meeting.weekday == 4


def test_a_daily_one_is_a_meeting_on_every_day() -> None:
    meetings = read("open-referral", a_service(WEEKLY | {"freq": "DAILY", "byday": None})).meetings
    assert [m.weekday for m in meetings] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"byday": "1TU"}, [(2, (1,))]),
        ({"byday": "-1FR"}, [(5, (-1,))]),
        ({"byday": "3TU, 1TU"}, [(2, (1, 3))]),
        ({"byday": "1TU,2TH"}, [(2, (1,)), (4, (2,))]),
        ({"byday": "TU", "bysetpos": "1,-1"}, [(2, (1, -1))]),
    ],
)
def test_a_month_may_have_its_first_or_last(said: dict[str, str], held: list[tuple[int, tuple[int, ...]]]) -> None:
    meetings = read("open-referral", a_service(WEEKLY | {"freq": "MONTHLY"} | said)).meetings
    assert [(m.weekday, m.weeks_of_month) for m in meetings] == held


@pytest.mark.parametrize(
    ("said", "from_"),
    [
        ({"byday": "TU", "dtstart": "2026-11-19"}, ["2026-11-17"]),
        ({"byday": "SU,TU", "dtstart": "2026-11-19"}, ["2026-11-17", "2026-11-22"]),
        ({"byday": "SU,TU", "dtstart": "2026-11-19", "wkst": "SU"}, ["2026-11-17", "2026-11-15"]),
    ],
)
def test_every_second_week_is_counted_from_that_of_the_first_date(said: dict[str, str], from_: list[str]) -> None:
    """RFC 5545, 3.3.10: an interval counts weeks, and a week begins on `wkst`, else on Monday."""
    meetings = read("open-referral", a_service(WEEKLY | {"interval": 2} | said)).meetings
    assert [(m.every_weeks, str(m.counted_from)) for m in meetings] == [(2, day) for day in from_]


def test_schedules_that_have_ended_or_are_to_come_do_not_count() -> None:
    others = [
        {"freq": "MONTHLY", "valid_to": "2026-11-21", "opens_at": "10:00"},
        {"freq": "WEEKLY", "byday": "FR", "dtstart": "2026-11-23", "opens_at": "10:00"},
    ]
    (meeting,) = read("open-referral", a_service(WEEKLY, *others)).meetings
    assert meeting.weekday == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"freq": "MONTHLY", "byday": "5MO"}, "byday"),
        ({"freq": "MONTHLY", "byday": "MO"}, "byday"),
        ({"freq": "MONTHLY", "byday": None}, "byday"),
        ({"freq": "MONTHLY", "byday": None, "bymonthday": "15"}, "bymonthday"),
        ({"freq": "MONTHLY", "byday": "MO,TU", "bysetpos": "1"}, "bysetpos"),
        ({"freq": "MONTHLY", "byday": "1MO", "interval": 2}, "interval"),
        ({"bysetpos": "1"}, "bysetpos"),
        ({"freq": "FORTNIGHTLY"}, "freq"),
        ({"freq": "YEARLY"}, "freq"),
        ({"freq": ""}, "freq"),
        ({"interval": 2}, "dtstart"),
        ({"interval": "99"}, "interval"),
        ({"interval": "2", "dtstart": "2026-11-17", "wkst": "Sunday"}, "wkst"),
        ({"freq": "DAILY", "byday": None, "interval": 2}, "interval"),
        ({"byday": "1MO"}, "byday"),
        ({"byday": "-1FR"}, "byday"),
        ({"byday": "2"}, "byday"),
        ({"byday": "Tuesday"}, "byday"),
        ({"byday": None}, "byday"),
        ({"byday": ["TU"]}, "byday"),
        ({"byday": None, "dtstart": "2026-09-10T23:00:00.000Z"}, "dtstart"),
        ({"bymonthday": "2,3,4"}, "bymonthday"),
        ({"count": 6}, "count"),
        ({"weekday": "Monday"}, "weekday"),
        ({"weekday": 1, "byday": None}, "weekday"),
        ({"opens_at": None}, "opens_at"),
        ({"opens_at": "18:00Z"}, "opens_at"),
        ({"opens_at": "18:00:00+00:00"}, "opens_at"),
        ({"opens_at": "seven"}, "opens_at"),
        ({"closes_at": "20:00Z"}, "closes_at"),
        ({"opens_at": "09:00", "closes_at": "17:00"}, "closes_at"),
        ({"timezone": "+01:00"}, "timezone"),
        ({"valid_from": "2026-12-01"}, "schedules"),
        ({"valid_from": "soon"}, "valid_from"),
    ],
)
def test_a_schedule_that_a_meeting_cannot_hold_is_refused(said: dict[str, object], field: str) -> None:
    parsed = read("open-referral", a_service(WEEKLY | said))
    assert not parsed.meetings
    assert [(r.line, r.field, r.source_id) for r in parsed.refused] == [(1, field, "one")]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"id": ""}, "id"),
        ({"name": "AA groups helpline"}, "name"),
        ({"name": "Alcoholics Anonymous and Narcotics Anonymous"}, "organisation"),
        ({"status": "unknown"}, "status"),
        ({"schedules": []}, "schedules"),
        ({"schedules": "Tuesdays"}, "schedules"),
        ({"organization": "AA"}, "organization"),
        ({"service_at_locations": []}, "service_at_locations"),
        ({"service_at_locations": [a_place(), a_place()]}, "schedules"),
        ({"service_at_locations": [a_place(name="")]}, "location"),
        ({"service_at_locations": [a_place(id="a/b")]}, "id"),
        ({"service_at_locations": [a_place(location_type="postal")]}, "location_type"),
        ({"service_at_locations": [a_place(location_type="virtual", url="ask")]}, "url"),
        ({"service_at_locations": [a_place(latitude=100, longitude=101)]}, "latitude"),
        ({"service_at_locations": [a_place(latitude=-4.2, longitude=53.9)]}, "latitude"),
    ],
)
def test_a_service_that_cannot_be_found_or_told_is_refused(said: dict[str, object], field: str) -> None:
    parsed = read("open-referral", a_service(**said))
    assert not parsed.meetings
    assert [(r.line, r.field) for r in parsed.refused] == [(1, field)]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def an_object(**fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return JSON | st.fixed_dictionaries({}, optional={name: value | JSON for name, value in fields.items()})


SCHEDULES = st.lists(an_object(**{name: st.just(value) for name, value in WEEKLY.items()}), max_size=2)
LOCATIONS = an_object(id=st.just("there"), name=st.just("Hall"), latitude=st.floats(), longitude=st.floats())
PLACES = st.lists(an_object(location=LOCATIONS, regular_schedule=SCHEDULES, schedules=SCHEDULES), max_size=2)
SERVICES = an_object(
    id=st.text(),
    name=st.just("AA group"),
    schedules=SCHEDULES,
    regular_schedules=SCHEDULES,
    service_at_locations=PLACES,
)


@given(services=st.lists(SERVICES, max_size=4))
def test_whatever_a_service_holds_it_is_meetings_a_refusal_or_passed_over(services: list[object]) -> None:
    parsed = read("open-referral", json.dumps(services).encode())
    assert len({refused.line for refused in parsed.refused}) == len(parsed.refused) <= len(services)
    assert all(refused.field and refused.reason for refused in parsed.refused)
    for meeting in parsed.meetings:
        repr(meeting).encode()


def test_a_service_that_turns_monthly_stays_listed_until_somebody_has_looked() -> None:
    listed = {meeting.meeting_id: meeting for meeting in read("open-referral", a_service()).meetings}
    assert compare(listed, read("open-referral", a_service(WEEKLY | {"freq": "MONTHLY"}))).gone == ()


@pytest.mark.parametrize(
    "ended",
    [
        a_service(status="inactive"),
        a_service(WEEKLY | {"valid_to": "2026-11-01"}),
        a_service(WEEKLY | {"until": "2026-11-01T00:00:00Z"}),
    ],
)
def test_a_service_that_has_ended_is_gone(ended: bytes) -> None:
    listed = {m.meeting_id: m for m in read("open-referral", a_service(WEEKLY | {"valid_to": "2026-12-31"})).meetings}
    found = compare(listed, read("open-referral", ended))
    assert [(meeting.source_id, meeting.status) for meeting in found.gone] == [("one/there.2", "withdrawn")]
    assert (found.refused, found.notes) == ((), ("1 service has ended and was passed over.",))


def test_where_one_place_has_ended_the_others_go_on() -> None:
    quay = a_place(id="quay") | {"schedules": [WEEKLY | {"valid_to": "2026-11-01"}]}
    hall = a_place(id="hall") | {"schedules": [WEEKLY]}
    parsed = read("open-referral", a_service(schedules=[], service_at_locations=[quay, hall]))
    assert [meeting.source_id for meeting in parsed.meetings] == ["one/hall.2"]
    assert (parsed.refused, parsed.notes) == ((), ())


def test_one_that_ended_and_begins_again_later_stays_listed_until_then() -> None:
    listed = {meeting.meeting_id: meeting for meeting in read("open-referral", a_service()).meetings}
    pausing = a_service(WEEKLY | {"valid_to": "2026-11-01"}, WEEKLY | {"valid_from": "2027-01-05"})
    assert compare(listed, read("open-referral", pausing)).gone == ()


def test_how_many_services_are_no_mutual_aid_is_said() -> None:
    clubs = [{"id": str(number), "name": "Chess club"} for number in range(1200)]
    assert read("open-referral", json.dumps(clubs).encode()).notes == (
        "1,200 services were passed over: they are no mutual aid by name.",
    )
    assert read("open-referral", json.dumps(clubs[:1]).encode()).notes == (
        "1 service was passed over: it is no mutual aid by name.",
    )


def test_another_time_on_the_same_day_is_the_same_meeting() -> None:
    listed = {meeting.meeting_id: meeting for meeting in read("open-referral", a_service()).meetings}
    now = read("open-referral", a_service(WEEKLY | {"opens_at": "18:00"}))
    assert [meeting.source_id for meeting in compare(listed, now).changed] == ["one/there.2"]


@pytest.mark.parametrize("page", [{"contents": [], "total_pages": 2}, {"content": [], "totalPages": "10"}])
def test_one_page_of_several_is_no_feed(page: dict[str, object]) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("open-referral", json.dumps(page).encode())
    assert broken.value.problems[0].code == "one-page"


def test_json_lines_are_no_feed() -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("open-referral", b'{"id": "1", "name": "One"}\n' * 2637)
    assert broken.value.problems[0].code == "not-json"


# The standard's own samples are not ours to keep; whoever has them says where.
SAMPLES = Path(os.environ.get("OPEN_REFERRAL_UK_SAMPLES", "-"))
with_samples = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="OPEN_REFERRAL_UK_SAMPLES names no folder of the standard's samples"
)


@with_samples
def test_the_standards_own_service_is_passed_over() -> None:
    parsed = read("open-referral", (SAMPLES / "service_full.json").read_bytes())
    assert (parsed.meetings, parsed.refused) == ((), ())


@with_samples
def test_the_standards_own_service_as_a_meeting_is_refused_for_what_is_wrong_with_it() -> None:
    whole = json.loads((SAMPLES / "service_full.json").read_text())
    whole["organization"]["name"] = "Alcoholics Anonymous"
    assert read("open-referral", json.dumps(whole).encode()).notes == ("1 service has ended and was passed over.",)
    whole["schedules"][0].pop("valid_to")
    why = []
    for wrong in ("bymonthday", "closes_at", None):
        (refused,) = read("open-referral", json.dumps(whole).encode()).refused
        why.append(refused.field)
        whole["schedules"][0].pop(wrong, None)
    assert why == ["bymonthday", "closes_at", "latitude"]


@with_samples
@pytest.mark.parametrize("name", ["service_list", "service_at_location_list", "taxonomy_term_list"])
def test_the_standards_own_pages_are_each_one_of_several(name: str) -> None:
    with pytest.raises(BrokenFeed) as broken:
        read("open-referral", (SAMPLES / f"{name}.json").read_bytes())
    assert broken.value.problems[0].code == "one-page"


@pytest.mark.parametrize("page", [{"contents": [], "total_items": 2}, {"content": [], "totalElements": "2"}])
def test_a_list_of_fewer_services_than_it_says_is_broken(page: dict[str, object]) -> None:
    wrapper = next(iter(page))
    twice = page | {wrapper: [{"id": "1", "name": "One"}, {"id": "1", "name": "One"}]}
    with pytest.raises(BrokenFeed) as broken:
        read("open-referral", json.dumps(twice).encode())
    assert broken.value.problems[0].reason == "It says that it has 2 services, and has 1."
    read("open-referral", json.dumps(page | {wrapper: [{"id": "1", "name": "A"}, {"id": "2", "name": "B"}]}).encode())
