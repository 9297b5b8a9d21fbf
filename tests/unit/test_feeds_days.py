"""Hazard number one: five ways to write a weekday. What each format writes from Monday to Sunday, and what we list."""

import json

import pytest

from tests.unit.feed_samples import read

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_meeting_guide(day: int) -> bytes:
    return json.dumps([{"slug": "1", "name": "One", "day": (1, 2, 3, 4, 5, 6, 0)[day - 1], "time": "19:00"}]).encode()


def in_bmlt(day: int) -> bytes:
    line = {"id_bigint": "1", "meeting_name": "One", "start_time": "19:00"}
    return json.dumps([line | {"weekday_tinyint": ("2", "3", "4", "5", "6", "7", "1")[day - 1]}]).encode()


def in_our_csv(day: int) -> bytes:
    return f"id,name,organisation,format,weekday,start\n1,One,aa,online,{NAMES[day - 1]},19:00\n".encode()


def in_tsml(day: int) -> bytes:
    return f"Time,Day,Name,Slug\n7:00 pm,{NAMES[day - 1]},One,1\n".encode()


def a_service(name: str, schedule: dict[str, str]) -> bytes:
    place = {"location": {"id": "1", "name": "Hall"}}
    weekly = schedule | {"opens_at": "19:00"}
    return json.dumps([{"id": "1", "name": "AA group", name: [weekly], "service_at_locations": [place]}]).encode()


def in_icalendar(day: int) -> bytes:
    return a_service("schedules", {"freq": "WEEKLY", "byday": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day - 1]})


def in_icalendar_by_the_first_date(day: int) -> bytes:
    return a_service("schedules", {"freq": "WEEKLY", "dtstart": f"2026-11-{1 + day:02}"})  # the 2nd is a Monday


def in_open_referral_1(day: int) -> bytes:
    return a_service("regular_schedules", {"weekday": NAMES[day - 1]})


WRITTEN = {
    "meeting-guide": [in_meeting_guide],
    "bmlt": [in_bmlt],
    "csv": [in_our_csv],
    "tsml-csv": [in_tsml],
    "open-referral": [in_icalendar, in_icalendar_by_the_first_date, in_open_referral_1],
}


@pytest.mark.parametrize("day", range(1, 8), ids=NAMES)
@pytest.mark.parametrize("format_", WRITTEN)
def test_whatever_way_a_day_is_written_it_is_the_one_that_was_meant(format_: str, day: int) -> None:
    for written in WRITTEN[format_]:
        (meeting,) = read(format_, written(day)).meetings
        assert meeting.weekday == day, written.__name__
