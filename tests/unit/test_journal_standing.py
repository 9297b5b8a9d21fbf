"""Which outcome stands: a correction, then known before not known, then by rank, then the latest (3-fama)."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.journal.domain.standing import Standing, Words, standing
from services.journal.domain.words import RANK, Outcome, ReportedBy


@dataclass(frozen=True)
class Word:
    outcome: Outcome
    reported_by: ReportedBy
    corrects: UUID | None = None
    fact_id: UUID = field(default_factory=uuid4)


OUTCOMES: tuple[Outcome, ...] = ("attended", "not-attended", "not-known")
REPORTERS: tuple[ReportedBy, ...] = tuple(RANK)
words = st.builds(Word, st.sampled_from(OUTCOMES), st.sampled_from(REPORTERS))


def test_the_only_word_stands() -> None:
    assert standing([Word("not-attended", "peer")]) == Standing("not-attended", "peer", False)


def test_the_clients_own_word_outranks_an_emitters_whichever_comes_first() -> None:
    client, emitter = Word("attended", "client"), Word("not-attended", "emitter")

    assert standing([client, emitter]) == standing([emitter, client]) == Standing("attended", "client", True)


@pytest.mark.parametrize(
    ("higher", "lower"), [("client", "keyworker"), ("keyworker", "peer"), ("peer", "emitter"), ("client", "emitter")]
)
def test_ranks_are_client_keyworker_peer_emitter(higher: ReportedBy, lower: ReportedBy) -> None:
    assert standing([Word("attended", higher), Word("not-attended", lower)]).decided_by == higher


def test_known_comes_before_not_known_whoever_says_it() -> None:
    assert standing([Word("not-known", "client"), Word("attended", "emitter")]) == Standing(
        "attended", "emitter", False
    )


def test_not_known_is_no_disagreement_and_never_becomes_not_attended() -> None:
    assert standing([Word("not-known", "emitter"), Word("not-known", "client")]) == Standing(
        "not-known", "client", False
    )


def test_among_equals_the_latest_recorded_stands() -> None:
    assert standing([Word("attended", "emitter"), Word("not-attended", "emitter")]).outcome == "not-attended"


def test_a_correction_replaces_what_it_corrects_even_by_not_known() -> None:
    first = Word("attended", "emitter")

    assert standing([first, Word("not-known", "emitter", first.fact_id)]) == Standing("not-known", "emitter", False)


def test_a_correction_of_a_lower_word_leaves_the_higher_one_standing() -> None:
    emitter = Word("attended", "emitter")
    client = Word("not-attended", "client")

    said = standing([emitter, client, Word("not-attended", "emitter", emitter.fact_id)])

    assert said == Standing("not-attended", "client", False)


def test_a_correction_can_be_corrected() -> None:
    first = Word("attended", "emitter")
    second = Word("not-attended", "emitter", first.fact_id)

    assert standing([first, second, Word("attended", "emitter", second.fact_id)]).outcome == "attended"


@given(st.lists(words, min_size=1, max_size=8))
def test_what_stands_is_somebodys_word_and_known_if_anybody_knows(said: list[Word]) -> None:
    found = standing(said)

    assert (found.outcome, found.decided_by) in {(word.outcome, word.reported_by) for word in said}
    if any(word.outcome != "not-known" for word in said):
        assert found.outcome != "not-known"


@given(st.lists(words, min_size=1, max_size=8))
def test_nobodys_not_attended_overrides_the_clients_attended(said: list[Word]) -> None:
    others = [word for word in said if word.reported_by != "client"]

    assert standing([Word("attended", "client"), *others]).outcome == "attended"


@given(st.lists(words, min_size=2, max_size=6), st.randoms())
def test_the_order_of_different_ranks_does_not_matter(said: list[Word], chance: object) -> None:
    of_each = list({word.reported_by: word for word in said}.values())

    assert standing(of_each) == standing(of_each[::-1])


@given(st.data(), st.lists(words, min_size=1, max_size=12))
def test_heard_one_by_one_they_stand_as_all_at_once(data: st.DataObject, said: list[Word]) -> None:
    for at in range(1, len(said)):
        corrects = data.draw(st.none() | st.sampled_from([word.fact_id for word in said[:at]]))
        said[at] = replace(said[at], corrects=corrects)
    heard = Words()
    for count, word in enumerate(said, 1):
        heard.hear(word)
        assert heard.heard == count
        assert heard.stand == by_the_sentence(said[:count])


def by_the_sentence(said: list[Word]) -> Standing:
    """3-fama, word for word."""
    corrected = {word.corrects for word in said}
    valid = [word for word in said if word.fact_id not in corrected]
    decisive = max(enumerate(valid), key=lambda at: (at[1].outcome != "not-known", RANK[at[1].reported_by], at[0]))[1]
    known = {word.outcome for word in valid} - {"not-known"}
    return Standing(decisive.outcome, decisive.reported_by, len(known) > 1)


class Looked(Word):
    """Counts how often anybody asks who said it."""

    times = 0

    def __getattribute__(self, name: str) -> object:
        if name == "reported_by":
            Looked.times += 1
        return super().__getattribute__(name)


def test_the_ten_thousandth_word_about_an_evening_costs_as_much_as_the_tenth() -> None:
    heard, asked = Words(), []
    for number in range(10_000):
        before = Looked.times
        heard.hear(Looked(OUTCOMES[number % 3], REPORTERS[number % 4]))
        assert heard.stand.decided_by == "client" or number < 4
        asked.append(Looked.times - before)
    assert asked[-1] <= asked[10]
    assert max(asked) <= 5
