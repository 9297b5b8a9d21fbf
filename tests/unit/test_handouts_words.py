"""What the hand-outs say: simply, to everybody, and never as an order or a reproach (3-fama)."""

import re
from typing import get_args

import pytest
import textstat

from services.referrals.domain.vocabulary import Concern
from services.referrals.handouts.blocks import BOTH, For, Handout, Question, words
from services.referrals.handouts.catalogue import HANDOUTS, NUMBERS, WORDINGS
from services.referrals.handouts.content.h06_local_groups import local_groups
from services.referrals.handouts.meeting_cards import blank_cards

OWN_WORDING = {2, 3, 4, 5, 9, 10}
READING_AGE = 11
"""Years: both formulas give American school grades, and grade 1 is age 6. Neither counts syllables: for that textstat
would fetch a dictionary from the internet."""
ORDERS = re.compile(r"\b(must|should|ought|has to|needs to)\b", re.IGNORECASE)
SHAMES = re.compile(
    r"\b(addict\w*|alcoholics?|junk\w+|abuse[rd]?|abusing|clean|dirty|fail\w*|missed|denial|excuse\w*|lapse\w*|relapse\w*"
    r"|weak\w*|blame|lazy|your fault|co-?depend\w*)\b",
    re.IGNORECASE,
)
OWN_USE = re.compile(
    r"\byour (own )?(use|using|drinking|drugs?|gambling|recovery|treatment|urges?|habit)\b"
    r"|\b(when|if) you (drink|use|gamble)\b|\b(stay|get) sober\b|\bmy (drinking|use|recovery|urges)\b",
    re.IGNORECASE,
)
FOR_THE_YOUNG = local_groups(blank_cards(), young=True)
_EACH = pytest.mark.parametrize(
    "handout", [*WORDINGS, FOR_THE_YOUNG], ids=lambda one: f"{one.number}-{'-'.join(one.wording)}"
)


def sentences(handout: Handout) -> str:
    """All of it as running text: a heading is a sentence too."""
    return " ".join(said if said[-1] in ".?!" else f"{said}." for said in words(handout))


def concerns(number: int, whom: For) -> set[str]:
    return {block.concern for block in HANDOUTS[number, whom].blocks if isinstance(block, Question)}


def test_there_are_ten_for_both() -> None:
    assert list(range(1, 11)) == NUMBERS
    assert set(HANDOUTS) == {(number, whom) for number in NUMBERS for whom in BOTH}


@pytest.mark.parametrize("number", range(1, 11))
def test_family_and_friends_have_their_own_wording_where_the_rules_say_so(number: int) -> None:
    differs = HANDOUTS[number, "self"] != HANDOUTS[number, "family"]
    assert differs == (number in OWN_WORDING)
    assert HANDOUTS[number, "self"].title == HANDOUTS[number, "family"].title


@_EACH
def test_a_child_of_eleven_can_read_it(handout: Handout) -> None:
    text = sentences(handout)
    grades = textstat.automated_readability_index(text), textstat.coleman_liau_index(text)
    assert max(grades) + 5 <= READING_AGE


@_EACH
def test_no_sentence_is_long(handout: Handout) -> None:
    longest = max(re.split(r"(?<=[.?!:])\s", sentences(handout)), key=lambda said: len(said.split()))
    assert len(longest.split()) <= 25, longest


@_EACH
def test_it_orders_nobody_about_and_shames_nobody(handout: Handout) -> None:
    text = sentences(handout).replace("Domestic Abuse Helpline", "")
    assert not ORDERS.findall(text)
    assert not SHAMES.findall(text)


@_EACH
def test_what_family_and_friends_read_implies_no_use_of_their_own(handout: Handout) -> None:
    if "family" in handout.wording:
        assert not OWN_USE.findall(sentences(handout))


@pytest.mark.parametrize("whom", BOTH)
def test_hand_outs_3_and_5_answer_what_the_guide_says_people_worry_about(whom: For) -> None:
    guides = get_args(Concern)[:14]
    assert guides[8] == "are-they-for-real"
    assert concerns(5, whom) >= set(guides[:9])
    assert concerns(3, whom) == set(guides[9:])


def test_what_worries_families_is_answered_to_them_alone() -> None:
    theirs = {"boundaries", "enabling", "guilt", "being-found-out"}
    assert concerns(5, "family") >= theirs
    assert concerns(5, "self").isdisjoint(theirs)


@_EACH
def test_a_concern_is_called_as_in_the_vocabulary(handout: Handout) -> None:
    asked = {block.concern for block in handout.blocks if isinstance(block, Question)}
    assert asked <= set(get_args(Concern))


@pytest.mark.parametrize("whom", BOTH)
def test_whoever_writes_a_journal_is_asked_to_keep_to_their_own_story(whom: For) -> None:
    assert "Please do not write down what others told in the group." in sentences(HANDOUTS[10, whom])


@pytest.mark.parametrize("whom", BOTH)
@pytest.mark.parametrize("number", [1, 3])
def test_where_it_is_about_going_somebody_under_18_is_sent_to_groups_for_young_people(number: int, whom: For) -> None:
    assert "If you are under 18, pick a group for young people." in sentences(HANDOUTS[number, whom])


def test_only_who_is_under_18_is_told_that_these_are_groups_for_young_people() -> None:
    told = "Please ask us before you go to any other group."
    assert told in sentences(FOR_THE_YOUNG)
    assert told not in sentences(HANDOUTS[6, "self"])
