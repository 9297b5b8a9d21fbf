"""Which outcome stands for one client, meeting and date: the one home of this decision (3-fama).

A correction replaces what it corrects; then known before not known; then the client's own word, keyworker, peer
supporter, emitter; then the latest recorded. Every fact is kept: this only says which one counts.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from uuid import UUID

from services.journal.domain.words import RANK, Outcome, ReportedBy
from shared.rules import rule

_Weight = tuple[bool, int]


class Word(Protocol):
    """What a fact says, as far as precedence asks."""

    @property
    def fact_id(self) -> UUID: ...
    @property
    def outcome(self) -> Outcome: ...
    @property
    def reported_by(self) -> ReportedBy: ...
    @property
    def corrects(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """`decided_by` is whose word it is. `disagreement`: somebody's known outcome that counts less is another one."""

    outcome: Outcome
    decided_by: ReportedBy
    disagreement: bool


@rule("The client's own word outranks an emitter's, whichever comes first.", source="O", effect="keeps")
@rule("Ranks are client, keyworker, peer, emitter.", source="O", effect="keeps")
@rule("Known comes before not known, whoever says it.", source="O", effect="keeps")
@rule("Not known is no disagreement and never becomes not attended.", source="O", effect="keeps")
@rule("Among equals the latest recorded stands.", source="O", effect="keeps")
@rule("A correction replaces what it corrects even by not known.", source="O", effect="keeps")
@rule("Nobody's not attended overrides the client's attended.", source="O", effect="keeps")
def standing(words: Iterable[Word]) -> Standing:
    """Of all facts about one client, meeting and date, in the order in which they were recorded; at least one."""
    return Words(words).stand


class Words:
    """About one client, meeting and date, heard one after the other in the order in which they were recorded.

    Each costs the same however many came before it: an emitter that has lost its head says a thing ten thousand times.
    """

    __slots__ = ("_corrected", "_known", "_of_weight", "heard")

    def __init__(self, words: Iterable[Word] = ()) -> None:
        self.heard = 0
        self._of_weight: dict[_Weight, dict[UUID, Word]] = {}
        self._corrected: set[UUID] = set()
        self._known: Counter[Outcome] = Counter()
        for word in words:
            self.hear(word)

    def hear(self, word: Word) -> None:
        self.heard += 1
        if word.corrects is not None:
            self._take_back(word.corrects)
        if word.fact_id in self._corrected:
            return
        self._of_weight.setdefault(_weight(word), {})[word.fact_id] = word
        self._known[word.outcome] += word.outcome != "not-known"

    @property
    def stand(self) -> Standing:
        """After all of them; at least one."""
        decisive = next(reversed(self._of_weight[max(self._of_weight)].values()))
        if self.heard == 1:
            return _undisputed(decisive.outcome, decisive.reported_by)
        return Standing(decisive.outcome, decisive.reported_by, len(+self._known) > 1)

    def _take_back(self, fact_id: UUID) -> None:
        self._corrected.add(fact_id)
        for weight, alike in self._of_weight.items():
            if word := alike.pop(fact_id, None):
                self._known[word.outcome] -= word.outcome != "not-known"
                if not alike:
                    del self._of_weight[weight]
                return


@cache  # there are twelve, and most words are the only one
def _undisputed(outcome: Outcome, decided_by: ReportedBy) -> Standing:
    return Standing(outcome, decided_by, False)


def _weight(word: Word) -> _Weight:
    return word.outcome != "not-known", RANK[word.reported_by]
