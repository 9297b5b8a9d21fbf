"""Which outcome stands for one client, meeting and date: the one home of this decision (3-fama).

A correction replaces what it corrects; then known before not known; then the client's own word, keyworker, peer
supporter, emitter; then the latest recorded. Every fact is kept: this only says which one counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from uuid import UUID

from services.journal.domain.words import RANK, Outcome, ReportedBy
from shared.rules import rule


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


@rule("The client's own word outranks an emitter's whichever comes first.", source="O", effect="keeps")
@rule("Ranks are client keyworker peer emitter.", source="O", effect="keeps")
@rule("Known comes before not known whoever says it.", source="O", effect="keeps")
@rule("Not known is no disagreement and never becomes not attended.", source="O", effect="keeps")
@rule("Among equals the latest recorded stands.", source="O", effect="keeps")
@rule("A correction replaces what it corrects even by not known.", source="O", effect="keeps")
@rule("Nobody's not attended overrides the client's attended.", source="O", effect="keeps")
def standing(words: Sequence[Word]) -> Standing:
    """Of all facts about one client, meeting and date, in the order in which they were recorded; at least one."""
    if len(words) == 1:
        return _undisputed(words[0].outcome, words[0].reported_by)
    corrected = {word.corrects for word in words}
    valid = [word for word in words if word.fact_id not in corrected]
    decisive = valid[0]
    for word in valid[1:]:
        if _weight(word) >= _weight(decisive):
            decisive = word
    known = {word.outcome for word in valid} - {"not-known"}
    return Standing(decisive.outcome, decisive.reported_by, len(known) > 1)


@cache  # there are twelve, and most words are the only one
def _undisputed(outcome: Outcome, decided_by: ReportedBy) -> Standing:
    return Standing(outcome, decided_by, False)


def _weight(word: Word) -> tuple[bool, int]:
    return word.outcome != "not-known", RANK[word.reported_by]
