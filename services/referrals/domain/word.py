"""What client or keyworker tell of a meeting, before journal has heard it. Which word stands is journal's to say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from services.referrals.domain.answers import Refusal
from services.referrals.domain.commands_attendance import TellWord
from services.referrals.domain.events_attendance import WordTaken
from services.referrals.domain.pathway import Pathway, Word
from services.referrals.domain.rules import rule
from services.referrals.domain.when import in_utc, untimely

EARLY = timedelta(hours=1)
"""As journal has it: who is there to help set up has come."""


@rule("Who says something else of a meeting corrects what they said before.", source="O", effect="keeps")
@rule("Said again, it is no other word; a reason may be added to it.", source="O", effect="keeps")
def take_word(command: TellWord, theirs: Iterable[Pathway]) -> list[WordTaken] | Refusal:
    """`theirs`: all pathways of the client, as journal knows the person only. Nothing when all of it was said before.

    Not a command that others' pages must know of (the ETag): two words never collide, the later corrects the earlier.
    """
    if refusal := _refused(command):
        return refusal
    word = replace(command.word, at=in_utc(command.word.at))
    before = _before(word, theirs)
    if before is None or before.outcome != word.outcome:
        return [WordTaken(at=word.at, word=word, corrects=before.word_id if before else None)]
    if (word.on, word.reason) in ((before.on, before.reason), (None, None)):
        return []
    again = replace(before, on=word.on or before.on, reason=word.reason or before.reason)
    return [WordTaken(at=word.at, word=again)]


@rule("Nothing is said of a meeting that has not begun.", source="sense", effect="refuses", codes=("not-begun",))
@rule("Only who did not go has a reason for it.", source="sense", effect="refuses", codes=("reason-for-going",))
def _refused(command: TellWord) -> Refusal | None:
    word = command.word
    if refusal := untimely(word.at, command.recorded_at, "observedAt"):
        return refusal
    if in_utc(word.at) < command.start - EARLY:
        return Refusal("not-begun", "This meeting has not begun yet.", "outcome")
    if word.reason and word.outcome != "not-attended":
        return Refusal("reason-for-going", "A reason is for a meeting that the client did not go to.", "reason")
    return None


def _before(word: Word, theirs: Iterable[Pathway]) -> Word | None:
    """By the same about the same, the latest."""
    said = [one for pathway in theirs for one in pathway.words_about(word.occurred) if one.by == word.by]
    return max(said, key=lambda one: one.at, default=None)
