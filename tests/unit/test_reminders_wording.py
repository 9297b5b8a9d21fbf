"""The words of every message: they give nothing away, imply nothing about anybody, and never shame."""

import re
from datetime import UTC, datetime
from itertools import product

import pytest

from services.reminders.domain.rules import Rule
from services.reminders.domain.wording import Reader, Words, words
from shared.meetings import ORGANISATIONS

START = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)
NEUTRAL = Reader("Sam", "Europe/London")
NAMED = Reader("Sam", "Europe/London", service="Northside")
REASON = re.compile(
    r"""\b(meeting|group|mutual|aid|fellowship|sponsor|recover|sober|sobriety|clean|abstinen|alcohol|drink|drug|gambl|using
    |substance|treatment|service|clinic|keyworker|worker|counsel|therap|nhs|famalink|client|patient|referral|appointment
    |programme|step|addict|dependen)""",
    re.VERBOSE,
)
USE = re.compile(
    r"\b(recover|sober|sobriety|clean|abstinen|alcohol|drink|drug|gambl|substance|addict|dependen|relapse|treatment)"
)
SHAME = re.compile(r"\b(must|should|miss|fail|forg[eo]t|why|didn't|unfortunately|sorry|disappoint|again|reason|absent)")


def text_of(rule: Rule, reader: Reader) -> str:
    written = words(rule, START, reader)
    return f"{written.subject}\n{written.body}".lower()


@pytest.mark.parametrize("rule", Rule)
def test_a_message_names_neither_organisation_nor_service_nor_reason(rule: Rule) -> None:
    text = text_of(rule, NEUTRAL)
    assert not REASON.findall(text)
    names = {word.lower() for each in ORGANISATIONS.values() for word in (each.label, each.code) if word != "local"}
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]


@pytest.mark.parametrize("rule", Rule)
def test_even_who_may_read_the_services_name_reads_of_no_organisation_and_of_no_ones_use(rule: Rule) -> None:
    text = text_of(rule, NAMED)
    assert "northside" in text
    assert not USE.findall(text)
    assert not [each.label for each in ORGANISATIONS.values() if each.label.lower() in text]


@pytest.mark.parametrize(("rule", "reader"), [*product(Rule, (NEUTRAL, NAMED))])
def test_a_message_never_shames_and_never_asks_for_an_answer(rule: Rule, reader: Reader) -> None:
    text = text_of(rule, reader)
    assert not SHAME.findall(text)
    assert "no answer is expected" in text


@pytest.mark.parametrize("rule", Rule)
def test_the_subject_is_the_same_for_every_message(rule: Rule) -> None:
    assert words(rule, START, NEUTRAL).subject == words(rule, START, NAMED).subject == "A note for you"


@pytest.mark.parametrize("rule", Rule)
def test_neutral_words_do_not_tell_whether_somebody_went(rule: Rule) -> None:
    assert not re.search(r"\b(went|attended|were there)", text_of(rule, NEUTRAL))


def test_day_and_hour_are_the_readers_own() -> None:
    written = words(Rule.MEETING_DAY_BEFORE, START, Reader("Sam", "Pacific/Auckland"))
    assert "tomorrow, Thursday 26 November, at 8:30am" in written.body


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "midnight"), (0, 5, "12:05am"), (9, 0, "9am"), (12, 0, "midday"), (12, 30, "12:30pm"), (19, 30, "7:30pm")],
)
def test_hours_are_written_as_people_say_them(hour: int, minute: int, said: str) -> None:
    start = datetime(2026, 11, 25, hour, minute, tzinfo=UTC)
    assert f"today at {said}." in words(Rule.MEETING_TWO_HOURS, start, NEUTRAL).body


def test_a_name_with_braces_is_a_name() -> None:
    assert words(Rule.DID_YOU_GO, START, Reader("{day}", "Europe/London")).body.startswith("Hello {day},")


def test_the_whole_of_one() -> None:
    assert words(Rule.DID_YOU_GO, START, NEUTRAL) == Words(
        "A note for you",
        "Hello Sam,\n\n"
        "You had a plan for Wednesday 25 November. However it turned out is fine."
        " If you like, say so the next time we talk.\n\n"
        "There is nothing you need to do, and no answer is expected.\n",
    )
