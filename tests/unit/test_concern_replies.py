"""What a keyworker may answer to a concern: simple words that shame nobody and order nobody about."""

from typing import get_args

import pytest
import textstat

from services.referrals.domain.vocabulary import Concern
from services.referrals.handouts.blocks import BOTH, For, Question
from services.referrals.handouts.replies import REPLIES, to_choose_from
from tests.unit.test_handouts_words import ORDERS, OWN_USE, READING_AGE, SHAMES

FAMILYS = {"boundaries", "enabling", "guilt", "being-found-out"}
OFOWN_USE = {"not-aiming-at-abstinence", "prescribed-medicine"}
EACH = [(whom, one) for whom in BOTH for one in REPLIES[whom].values()]
_EACH = pytest.mark.parametrize(("whom", "one"), EACH, ids=[f"{whom}-{one.concern}" for whom, one in EACH])


def test_each_concern_has_a_reply_at_hand() -> None:
    assert set(REPLIES["self"]) == set(get_args(Concern)) - FAMILYS
    assert set(REPLIES["family"]) == set(get_args(Concern)) - OFOWN_USE


@_EACH
def test_a_reply_never_shames_and_never_says_must(whom: For, one: Question) -> None:
    text = f"{one.asks} {one.answer}"
    assert not ORDERS.findall(text)
    assert not SHAMES.findall(text)
    if whom == "family":
        assert not OWN_USE.findall(text)


@pytest.mark.parametrize("whom", BOTH)
def test_a_child_of_eleven_can_read_the_replies(whom: For) -> None:
    text = " ".join(f"{one.asks} {one.answer}" for one in REPLIES[whom].values())
    grades = textstat.automated_readability_index(text), textstat.coleman_liau_index(text)
    assert max(grades) + 5 <= READING_AGE


@_EACH
def test_no_reply_is_long(whom: For, one: Question) -> None:
    assert len(one.answer.split()) <= 50


@pytest.mark.parametrize("whom", BOTH)
def test_benefits_and_problems_that_people_name_can_be_chosen_from_a_list(whom: For) -> None:
    assert len(to_choose_from("benefits", whom)) >= 8
    assert len(to_choose_from("problems", whom)) >= 10
