"""What a keyworker can say of each organisation: of all of them, plainly, and as they are."""

import re

import pytest
import textstat

from services.referrals.directory.organisations import ORGANISATIONS, TOPICS, Organisation
from services.referrals.directory.reach import in_reach
from services.referrals.directory.wanted import Near
from shared import meetings
from tests.unit.choosing_builder import indexed, some_meetings

_READING_AGE = 11
"""Years, as of hand-outs: both formulas give American school grades, and grade 1 is age 6."""
_ORDERS = re.compile(r"\b(must|should|ought|has to)\b", re.IGNORECASE)
_SHAMES = re.compile(r"\b(addict\w*|alcoholics?|junk\w+|abus\w+|clean|dirty|fail\w*|denial|weak\w*)\b", re.IGNORECASE)
_EACH = pytest.mark.parametrize("known", ORGANISATIONS.values(), ids=ORGANISATIONS)
HERE = Near(53.95, -4.2, 10)


def told(known: Organisation) -> str:
    return " ".join(text for _, text in known.told())


def test_every_organisation_of_the_directory_has_its_facts() -> None:
    assert set(ORGANISATIONS) == set(meetings.ORGANISATIONS)


@_EACH
def test_each_topic_is_answered_of_each_in_the_same_order(known: Organisation) -> None:
    assert [topic for topic, text in known.told() if text] == list(TOPICS)


@_EACH
def test_a_child_of_eleven_can_read_what_is_said_of_it(known: Organisation) -> None:
    grades = textstat.automated_readability_index(told(known)), textstat.coleman_liau_index(told(known))
    assert max(grades) + 5 <= _READING_AGE


@_EACH
def test_no_sentence_about_it_is_long(known: Organisation) -> None:
    longest = max(re.split(r"(?<=[.?!:;])\s", told(known)), key=lambda said: len(said.split()))
    assert len(longest.split()) <= 25, longest


@_EACH
def test_it_orders_nobody_about_and_shames_nobody(known: Organisation) -> None:
    without_names = told(known).replace("Alcoholics Anonymous", "")
    assert not _ORDERS.findall(without_names)
    assert not _SHAMES.findall(without_names)


@_EACH
def test_ways_of_taking_part_are_those_of_its_kind(known: Organisation) -> None:
    assert (known.ways == "12-step") == known.twelve_step
    assert (known.ways == "smart") == known.code.startswith("smart-")


def test_those_made_for_people_with_a_mental_health_condition_are_known() -> None:
    assert {code for code, known in ORGANISATIONS.items() if known.co_occurring} == {"dra", "dtr"}


def test_listed_are_those_with_a_meeting_in_reach_or_online() -> None:
    listed = some_meetings(
        near={"organisation": "aa", "latitude": 53.95, "longitude": -4.2},
        far={"organisation": "ca", "latitude": 51.5, "longitude": -0.1},
        online={"organisation": "smart-recovery", "format": "online"},
        both={"organisation": "na", "format": "hybrid", "latitude": 53.95, "longitude": -4.21},
    )
    index = indexed(listed)
    found = {reach.organisation.code: (reach.here, reach.online) for reach in in_reach(index, HERE)}
    assert found == {"aa": (1, 0), "na": (1, 1), "smart-recovery": (0, 1)}
    assert {reach.organisation.code for reach in in_reach(index, None)} == {"aa", "ca", "na", "smart-recovery"}
